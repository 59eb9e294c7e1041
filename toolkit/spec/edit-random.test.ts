// SPDX-License-Identifier: BSD-3-Clause
// Random Kraftfiles in every style, and random changes: what is meant comes about, and nothing else.

import {expect, test} from 'vitest';
import {Lexer} from 'yaml';
import {interfaceName, libName, versionRange} from '../base/index.ts';
import {type Edit, editKraftfile} from './edit-kraftfile.ts';
import {parseKraftfile} from './parse-kraftfile.ts';

const rounds = 600;

test('an edit does what it says, in few lines, and loses no comment', () => {
  for (let seed = 1; seed <= rounds; seed++) {
    const random = generator(seed);
    const before = randomKraftfile(random);
    const edit = randomEdit(random);
    const after = editKraftfile(before, [edit]) ?? '';
    const story = `seed ${seed}: ${JSON.stringify(edit)}\n${before}\n────\n${after}`;
    const wanted = apply(meaning(before, story), edit);
    expect(meaning(after, story), story).toEqual(wanted);
    expect([...comments(after)].sort(), story).toEqual([...comments(before)].sort());
    expect(editKraftfile(after, [edit]), `twice, ${story}`).toBe(after);
    const isSame = JSON.stringify(wanted) === JSON.stringify(meaning(before, story));
    if (isSame && edit.kind !== 'unset') expect(after, story).toBe(before);
    if (edit.kind.startsWith('un') || edit.kind.startsWith('drop') || Array.isArray('value' in edit && edit.value))
      continue;
    // The line of the value, and perhaps another for its comma or its list's end.
    expect(linesGone(before, after), story).toBeLessThanOrEqual(2);
  }
});

test('what was there comes back when it is set back', () => {
  for (let seed = 1; seed <= rounds; seed++) {
    const random = generator(seed);
    const before = randomKraftfile(random);
    const edit = randomEdit(random);
    const back = inverse(meaning(before, before), edit);
    // What is emptied goes; somebody who wrote `{}` does not get that back.
    if (back === undefined || before.includes('{}')) continue;
    const after = editKraftfile(before, [edit]) ?? '';
    expect(editKraftfile(after, [back]), `seed ${seed}: ${JSON.stringify(edit)}\n${after}`).toBe(before);
  }
});

test('a change of a text that is no Kraftfile is refused or a text, never thrown', () => {
  const pieces = [
    ': ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    ',',
    '\n',
    '  ',
    '#c\n',
    "'",
    '"',
    '|\n',
    'needs',
    'libraries',
    'a',
    '1',
    '? ',
    '&x ',
    '*x',
    '!t ',
    '---\n',
    '\t',
  ];
  for (let seed = 1; seed <= rounds; seed++) {
    const random = generator(seed);
    const text = Array.from({length: 1 + random(14)}, () => pieces[random(pieces.length)]).join('');
    expect(typeof (editKraftfile(text, [randomEdit(random)]) ?? ''), JSON.stringify(text)).toBe('string');
  }
});

type Random = (below: number) => number;

function generator(seed: number): Random {
  let state = Math.imul(seed, 2654435761) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[random(values.length)];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

const libs = ['a', 'b-x', 'c.y'];
const interfaces = ['alloc', 'clock', 'sched'];
const options = ['x', 'size-of', 'mode'];
const ranges = ['^1', '*', '>=1 <3', '1.2'];
const values = [true, false, 0, 64, 'fast', '64 KiB', 'a: b', '# no', ''];
const goals = ['size', 'boot', 'memory'];

function some<T>(random: Random, all: readonly T[]): readonly T[] {
  return all.filter(() => random(2) === 0);
}

function randomEdit(random: Random): Edit {
  const lib = libName(pick(random, libs));
  const name = interfaceName(pick(random, interfaces));
  const version = random(2) === 0 ? {} : {version: versionRange(pick(random, ranges))};
  const edits: readonly Edit[] = [
    {kind: 'set', key: 'memory', value: pick(random, ['8 MiB', '64 KiB'])},
    {kind: 'set', key: 'name', value: pick(random, ['app', 'shop'])},
    {kind: 'set', key: 'minimize', value: [pick(random, goals)]},
    {kind: 'set', key: 'minimize', value: ['memory', 'size']},
    {kind: 'set', key: 'prefer', value: [...some(random, ['b-x', 'c.y']), 'a']},
    {kind: 'unset', key: pick(random, ['memory', 'minimize', 'choose', 'libraries', 'needs', 'prefer'])},
    {kind: 'set', key: 'budget', entry: pick(random, ['size', 'memory']), value: pick(random, ['8 MiB', '64 KiB'])},
    {kind: 'unset', key: 'budget', entry: pick(random, ['size', 'memory'])},
    {kind: 'want', lib, ...version},
    {kind: 'drop', lib},
    {kind: 'set-option', lib, option: pick(random, options), value: pick(random, values)},
    {kind: 'unset-option', lib, option: pick(random, options)},
    {kind: 'choose', interface: name, lib},
    {kind: 'unchoose', interface: name},
    {kind: 'need', interface: name},
    {kind: 'drop-need', interface: name},
    {
      kind: 'retarget',
      from: {platform: libName('p'), arch: libName('m')},
      to: {platform: libName(pick(random, ['q', 'r'])), arch: libName('m')},
    },
  ];
  return pick(random, edits);
}

/** A Kraftfile in a style of its own: block or flow, over lines or not, with comments and odd line ends. */
function randomKraftfile(random: Random): string {
  let comment = 0;
  const remark = (): string => (random(4) === 0 ? ` # ${(comment += 1)}` : '');
  const line = (indent: string): string =>
    random(5) === 0 ? `${indent}# ${(comment += 1)}\n` : random(8) === 0 ? '\n' : '';
  const scalar = (value: unknown): string => {
    const text = String(value);
    if (typeof value !== 'string') return text;
    if (/^[a-z][a-zA-Z0-9/.-]*$|^\^1$|^[0-9]+ [A-Z]/.test(text) && random(3) > 0) return text;
    return random(2) === 0 || text.startsWith('#') || /^$|\^/.test(text) ? `'${text}'` : `'${text}'`;
  };
  const list = (key: string, items: readonly string[]): string => {
    if (items.length === 0) return '';
    const style = random(4);
    if (style === 0) return `${key}: [${items.join(', ')}]${remark()}\n`;
    if (style === 1) return `${key}: [${remark()}\n${items.map((item) => `  ${item},${remark()}\n`).join('')}]\n`;
    const indent = style === 2 ? '' : '  ';
    return `${key}:${remark()}\n${items.map((item) => `${line(indent)}${indent}- ${item}${remark()}\n`).join('')}`;
  };
  const map = (key: string, entries: readonly (readonly [string, string])[]): string => {
    if (entries.length === 0) return random(6) === 0 ? `${key}: {}${remark()}\n` : '';
    const flow = entries.map(([name, value]) => `${name}: ${value}`);
    const style = random(4);
    if (style === 0) return `${key}: {${flow.join(', ')}}${remark()}\n`;
    if (style === 1) {
      const ends = random(2) === 0 ? '\n}' : '}';
      return `${key}: {\n${flow.map((entry, index) => `  ${entry}${index + 1 < flow.length ? `,${remark()}\n` : ends}`).join('')}${remark()}\n`;
    }
    return `${key}:${remark()}\n${flow.map((entry) => `${line('   ')}   ${entry}${remark()}\n`).join('')}`;
  };
  const lib = (): string => {
    const chosen = some(random, options).map((option) => `${option}: ${scalar(pick(random, values))}`);
    const version = scalar(pick(random, ranges.slice(0, 3)));
    if (chosen.length === 0) return random(2) === 0 ? version : `{version: ${version}}`;
    return `{${[...some(random, [`version: ${version}`]), `options: {${chosen.join(', ')}}`].join(', ')}}`;
  };
  const blockLib = (name: string): string => {
    const chosen = some(random, options).map(
      (option) => `      ${option}: ${scalar(pick(random, values))}${remark()}\n`,
    );
    const version = `    version: ${scalar(pick(random, ranges.slice(0, 3)))}${remark()}\n`;
    return `  ${name}:${remark()}\n${version}${chosen.length === 0 ? '' : `    options:${remark()}\n${chosen.join('')}`}${line('    ')}`;
  };
  const wanted = some(random, libs);
  const parts = [
    random(2) === 0 ? `name: ${scalar('app')}${remark()}\n` : '',
    random(2) === 0
      ? list('needs', some(random, interfaces))
      : map(
          'needs',
          some(random, interfaces).map((name) => [name, scalar(pick(random, ranges.slice(0, 3)))] as const),
        ),
    wanted.length > 0 && random(2) === 0
      ? `libraries:\n${wanted.map(blockLib).join('')}`
      : map(
          'libraries',
          wanted.map((name) => [name, lib()] as const),
        ),
    map(
      'choose',
      some(random, interfaces).map((name) => [name, pick(random, libs)] as const),
    ),
    list('prefer', some(random, libs)),
    random(2) === 0 ? list('minimize', some(random, goals)) : `minimize: ${pick(random, goals)}${remark()}\n`,
    random(2) === 0 ? `memory: ${scalar('64 MiB')}${remark()}\n` : '',
    map('budget', some(random, [['size', "'1 MiB'"] as const, ['memory', "'2 MiB'"] as const])),
    list('targets', [pick(random, ['p/m', '{platform: p, architecture: m}']), ...some(random, ['q/m'])]),
  ];
  const text = `${line('')}spec: v1${remark()}\n${parts.map((part) => `${part}${line('')}`).join('')}`;
  const ended = random(4) === 0 ? text.trimEnd() : text;
  return random(5) === 0 ? ended.replaceAll('\n', '\r\n') : ended;
}

/** What a Kraftfile says, without the places where it says it. */
interface Meaning {
  readonly keys: Readonly<Record<string, unknown>>;
  readonly needs: Readonly<Record<string, string>>;
  readonly libraries: Readonly<Record<string, {readonly version: string; readonly options: Record<string, unknown>}>>;
  readonly choose: Readonly<Record<string, string>>;
  readonly budget: Readonly<Record<string, number>>;
  readonly targets: readonly string[];
}

function meaning(text: string, story: string): Meaning {
  const checked = parseKraftfile({path: 'Kraftfile', text}, '/project/Kraftfile');
  // An emptied map is how some of these Kraftfiles begin.
  if (!checked.ok) throw new Error(`${checked.error.map((one) => one.message).join('\n')}\n${story}`);
  const spec = checked.value;
  const own = <T>(rows: readonly (readonly [string, T])[]): Record<string, T> =>
    Object.fromEntries([...rows].sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    keys: {
      name: spec.name.value,
      memory: spec.memory?.value,
      prefer: spec.prefer.map((each) => each.value),
      minimize: spec.minimize.map((each) => each.value),
    },
    needs: own(spec.needs.map((each) => [each.name, each.version])),
    libraries: own(
      spec.libraries.map((each) => [
        each.name,
        {version: each.version, options: own(each.options.map((one) => [one.name, one.value]))},
      ]),
    ),
    choose: own(spec.choose.map((each) => [each.interface.value, each.provider.value])),
    budget: own(Object.entries(spec.budget ?? {}).map(([of, most]) => [of, most.value])),
    targets: spec.targets.map((each) => `${each.platform}/${each.arch}`),
  };
}

const bytes: Readonly<Record<string, number>> = {'8 MiB': 8388608, '64 KiB': 65536};

function apply(before: Meaning, edit: Edit): Meaning {
  const own = <T>(map: Readonly<Record<string, T>>, name: string, value: NoInfer<T> | undefined): Record<string, T> => {
    const rows = [...Object.entries(map).filter(([key]) => key !== name)];
    if (value !== undefined) rows.push([name, value]);
    return Object.fromEntries(rows.sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  const lib = 'lib' in edit ? before.libraries[edit.lib] : undefined;
  switch (edit.kind) {
    case 'set':
      if (edit.entry !== undefined)
        return {...before, budget: own(before.budget, edit.entry, bytes[String(edit.value)])};
      return {
        ...before,
        keys: {...before.keys, [edit.key]: edit.key === 'memory' ? bytes[String(edit.value)] : edit.value},
      };
    case 'unset': {
      if (edit.entry !== undefined) return {...before, budget: own(before.budget, edit.entry, undefined)};
      const empty = {memory: undefined, minimize: [], prefer: []};
      if (edit.key in empty) return {...before, keys: {...before.keys, [edit.key]: empty[edit.key as 'memory']}};
      return {...before, [edit.key]: {}};
    }
    case 'want':
      return {
        ...before,
        libraries: own(before.libraries, edit.lib, {
          options: {},
          ...lib,
          version: edit.version ?? lib?.version ?? '*',
        }),
      };
    case 'drop':
      return {...before, libraries: own(before.libraries, edit.lib, undefined)};
    case 'set-option':
      return {
        ...before,
        libraries: own(before.libraries, edit.lib, {
          version: lib?.version ?? '*',
          options: own(lib?.options ?? {}, edit.option, edit.value),
        }),
      };
    case 'unset-option':
      return lib === undefined
        ? before
        : {
            ...before,
            libraries: own(before.libraries, edit.lib, {...lib, options: own(lib.options, edit.option, undefined)}),
          };
    case 'choose':
      return {...before, choose: own(before.choose, edit.interface, edit.lib)};
    case 'unchoose':
      return {...before, choose: own(before.choose, edit.interface, undefined)};
    case 'need':
      return {...before, needs: own(before.needs, edit.interface, edit.version ?? before.needs[edit.interface] ?? '*')};
    case 'drop-need':
      return {...before, needs: own(before.needs, edit.interface, undefined)};
    case 'retarget': {
      const [from, to] = [`${edit.from.platform}/${edit.from.arch}`, `${edit.to.platform}/${edit.to.arch}`];
      const targets = before.targets.includes(to)
        ? before.targets.filter((each) => each !== from)
        : before.targets.map((each) => (each === from ? to : each));
      return {...before, targets};
    }
    default:
      throw new Error('another kind of edit');
  }
}

/** The edit that sets back what one sets, where something was set before. */
function inverse(before: Meaning, edit: Edit): Edit | undefined {
  if (edit.kind === 'choose') {
    const was = before.choose[edit.interface];
    return was === undefined ? {kind: 'unchoose', interface: edit.interface} : {...edit, lib: libName(was)};
  }
  if (edit.kind === 'set' && edit.key === 'memory')
    return before.keys.memory === undefined ? {kind: 'unset', key: 'memory'} : {...edit, value: '64 MiB'};
  if (edit.kind === 'need' && before.needs[edit.interface] === undefined)
    return {kind: 'drop-need', interface: edit.interface};
  if (edit.kind === 'want' && before.libraries[edit.lib] === undefined) return {kind: 'drop', lib: edit.lib};
  if (edit.kind !== 'set-option') return undefined;
  const lib = before.libraries[edit.lib];
  const was = lib?.options[edit.option];
  if (typeof was !== 'string' || !/^[a-z]+$/.test(was) || !/^(?:fast|64 KiB)$/.test(String(edit.value)))
    return undefined;
  return {...edit, value: was};
}

function comments(text: string): readonly string[] {
  const found: string[] = [];
  let isScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme.startsWith('#') && !isScalar) found.push(lexeme);
    isScalar = lexeme === '\u001f';
  }
  return found;
}

/** How many of the lines before are not there afterwards. */
function linesGone(before: string, after: string): number {
  const left = after.split(/\r?\n/);
  return before.split(/\r?\n/).filter((line) => {
    const at = left.indexOf(line);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  }).length;
}
