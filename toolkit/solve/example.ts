// SPDX-License-Identifier: BSD-3-Clause

import {
  type InterfaceName,
  interfaceName,
  type LibName,
  type Location,
  libName,
  type SourceText,
  version,
  versionRange,
} from '../base/index.ts';
import type {Catalog, Condition, Exclusion, Interface, Lib, Need, Option, OptionValue} from '../catalog/index.ts';
import type {Goal, InterfaceRequest, LibRequest, OptionSetting, Spec, Target} from '../spec/index.ts';

/** A Kraftfile and a catalog. */
export interface Example {
  readonly spec: Spec;
  readonly catalog: Catalog;
  readonly target: Target;
}

type Mutable<T> = {-readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K]};
type Draft = {
  readonly spec: Mutable<Spec>;
  readonly interfaces: Map<InterfaceName, Interface>;
  readonly libs: Mutable<Lib>[];
  target?: Target;
};

/**
 * A question in the small language of the solver's tests and documents: one statement a line, `#` for comments.
 *
 *     target kvm/x86_64          want web ^1          set web tls = true       need clock ^1
 *     choose alloc = alloc-a     prefer a b           minimize size            one alloc 1.2.0 | any console
 *     budget size 4096
 *     lib web 1.0.0 | platform kvm | arch x86_64, and about the last of them:
 *       provides alloc 1.0.0     option tls boolean false | integer 1..9 = 3 | fast|slow = fast
 *       needs alloc ^1 at-least 2 with zero = true when tls = true, platform = kvm because it hashes
 *       excludes sched-b * when tls = true because …    only-for arch x86_64 arm64
 *       figures size 100 boot 7  recommended            only-by-name
 */
export function readExample(text: string, path = 'example'): Example {
  const source: SourceText = {path, text};
  const start: Location = {source, offset: 0, length: 0};
  const draft: Draft = {spec: emptySpec(start), interfaces: new Map(), libs: []};
  let offset = 0;
  for (const line of text.split('\n')) {
    const statement = line.replace(/(^|\s)#.*$/, '').trim();
    const at: Location = {source, offset: offset + line.indexOf(statement), length: statement.length};
    offset += line.length + 1;
    if (statement !== '') read(draft, statement, at);
  }
  const target = draft.target ?? {platform: libName('kvm'), arch: libName('x86_64'), at: start};
  declareInterfaces(draft, start);
  const interfaces = [...draft.interfaces.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {spec: {...draft.spec, targets: [target]}, catalog: {interfaces, libs: draft.libs}, target};
}

function read(draft: Draft, statement: string, at: Location): void {
  const [verb = '', rest = ''] = split(statement, ' ');
  const [first = '', second = '*'] = split(rest, ' ');
  const {spec} = draft;
  const lib = draft.libs.at(-1);
  switch (verb) {
    case 'target': {
      const [platform = '', arch = ''] = rest.split('/');
      draft.target = {platform: libName(platform), arch: libName(arch), at};
      return;
    }
    case 'want':
      spec.libraries.push({name: libName(first), version: versionRange(second), options: [], at} satisfies LibRequest);
      return;
    case 'need':
      spec.needs.push({name: interfaceName(first), version: versionRange(second), at} satisfies InterfaceRequest);
      return;
    case 'set': {
      const setting = Object.entries(readOptions(second)).map(
        ([name, value]): OptionSetting => ({name, value, nameAt: at, at}),
      );
      spec.libraries = spec.libraries.map((request) =>
        request.name === first ? {...request, options: [...request.options, ...setting]} : request,
      );
      return;
    }
    case 'choose': {
      const [name = '', provider = ''] = rest.split(/\s*=\s*/);
      spec.choose.push({interface: {value: interfaceName(name), at}, provider: {value: libName(provider), at}});
      return;
    }
    case 'prefer':
      spec.prefer.push(...rest.split(' ').map((name) => ({value: libName(name), at})));
      return;
    case 'minimize':
      spec.minimize.push(...rest.split(' ').map((goal) => ({value: goal as Goal, at})));
      return;
    case 'budget':
      spec.budget = {...spec.budget, [first]: {value: Number(second), at}};
      return;
    case 'one':
    case 'any':
      declare(draft, {name: interfaceName(first), cardinality: verb, at, version: second === '*' ? '1.0.0' : second});
      return;
    case 'lib':
    case 'platform':
    case 'arch':
      draft.libs.push(emptyLib({kind: verb, name: libName(first), version: second === '*' ? '1.0.0' : second, at}));
      return;
    default:
      if (lib === undefined) throw new Error(`No lib to which this belongs: ${statement}`);
      readAbout(lib, {verb, rest, at});
  }
}

function readAbout(lib: Mutable<Lib>, {verb, rest, at}: {verb: string; rest: string; at: Location}): void {
  const [first = '', second = ''] = split(rest, ' ');
  switch (verb) {
    case 'provides':
      lib.provides.push({interface: interfaceName(first), version: version(second === '' ? '1.0.0' : second), at});
      return;
    case 'needs':
    case 'excludes': {
      const parts = clausesOf(rest);
      const [name = '', range = '*'] = (parts.get('') ?? '').split(' ').filter((word) => word !== '');
      const shared = {
        version: versionRange((parts.get('') ?? '').trim().split(' ').slice(1).join(' ') || range),
        at,
        ...(parts.has('because') ? {because: parts.get('because') ?? ''} : {}),
        ...(parts.has('when') ? {when: readCondition(parts.get('when') ?? '')} : {}),
      };
      if (verb === 'excludes') lib.excludes.push({lib: libName(name), ...shared} satisfies Exclusion);
      else
        lib.needs.push({
          interface: interfaceName(name),
          atLeast: Number(parts.get('at-least') ?? 1),
          options: readOptions(parts.get('with') ?? ''),
          ...shared,
        } satisfies Need);
      return;
    }
    case 'option':
      lib.options.push(readOption(first, second, at));
      return;
    case 'only-for':
      lib[first === 'arch' ? 'arches' : 'platforms'] = {value: second.split(' ').map(libName), at};
      return;
    case 'figures': {
      const words = rest.split(' ');
      lib.measured = Object.fromEntries(
        words.flatMap((word, index) => (index % 2 === 0 ? [[word, Number(words[index + 1])]] : [])),
      );
      return;
    }
    case 'recommended':
      lib.recommended = true;
      return;
    case 'only-by-name':
      lib.onlyByName = true;
      return;
    default:
      throw new Error(`Unknown statement: ${verb} ${rest}`);
  }
}

function split(text: string, separator: string): [string, string?] {
  const index = text.indexOf(separator);
  return index === -1 ? [text] : [text.slice(0, index), text.slice(index + 1).trim()];
}

/** `alloc ^1 with a = 1 when b = 2 because …`, by its words; what comes first under ''. */
function clausesOf(text: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  const because = text.split(/\bbecause /);
  if (because[1] !== undefined) parts.set('because', because.slice(1).join('because ').trim());
  const pieces = ` ${because[0] ?? ''}`.split(/\s(at-least|with|when)\s/);
  parts.set('', (pieces[0] ?? '').trim());
  for (let index = 1; index < pieces.length; index += 2)
    parts.set(pieces[index] ?? '', (pieces[index + 1] ?? '').trim());
  return parts;
}

function readCondition(text: string): Condition {
  const {arch, platform, ...options} = readOptions(text);
  return {
    options,
    ...(arch === undefined ? {} : {arch: libName(String(arch))}),
    ...(platform === undefined ? {} : {platform: libName(String(platform))}),
  };
}

function readOptions(text: string): Readonly<Record<string, OptionValue>> {
  const parts = text.split(',').filter((part) => part.trim() !== '');
  return Object.fromEntries(
    parts.map((part) => {
      const [name = '', value = ''] = part.split('=').map((word) => word.trim());
      return [name, readValue(value)];
    }),
  );
}

function readValue(text: string): OptionValue {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+$/.test(text) ? Number(text) : text;
}

function readOption(name: string, text: string, at: Location): Option {
  const shared = {name, means: `${name}.`, at};
  const [type = '', given = ''] = text.split(/[\s=]+(?=\S*$)/);
  if (type === 'boolean') return {...shared, type, default: given === 'true'};
  const range = /^integer (-?\d+)\.\.(-?\d+)/.exec(type);
  if (range !== null)
    return {...shared, type: 'integer', range: [Number(range[1]), Number(range[2])], default: Number(given)};
  if (type === 'string') return {...shared, type, default: given};
  return {...shared, type: 'enumeration', values: type.trim().split('|'), default: given};
}

function declare(
  draft: Draft,
  {
    name,
    cardinality,
    at,
    version: at0,
  }: {name: InterfaceName; cardinality: 'one' | 'any'; at: Location; version: string},
): void {
  draft.interfaces.set(name, {
    name,
    version: version(at0),
    summary: `${name}.`,
    cardinality,
    contract: 'closed',
    symbols: [],
    generated: [],
    uses: [],
    folder: `/${name}`,
    headers: [],
    at,
  });
}

/** What nobody declared is an interface for one provider. */
function declareInterfaces(draft: Draft, at: Location): void {
  const names = [
    ...draft.spec.needs.map((need) => need.name),
    ...draft.libs.flatMap((lib) => [...lib.provides, ...lib.needs].map((part) => part.interface)),
  ];
  for (const name of names)
    if (!draft.interfaces.has(name)) declare(draft, {name, cardinality: 'one', at, version: '1.0.0'});
}

function emptySpec(at: Location): Mutable<Spec> {
  return {
    path: '/example/Kraftfile',
    folder: '/example',
    name: {value: 'example', at},
    sources: [],
    include: [],
    flags: [],
    cmd: [],
    env: {},
    labels: {},
    needs: [],
    libraries: [],
    choose: [],
    prefer: [],
    minimize: [],
    volumes: [],
    targets: [],
  };
}

function emptyLib({
  kind,
  name,
  version: text,
  at,
}: {
  kind: Lib['kind'];
  name: LibName;
  version: string;
  at: Location;
}): Mutable<Lib> {
  return {
    kind,
    name,
    version: version(text),
    summary: `${name}.`,
    license: 'BSD-3-Clause',
    provides: [],
    needs: [],
    excludes: [],
    options: [],
    exports: [],
    flags: [],
    budget: {},
    measured: {},
    sources: [],
    folder: `/${name}`,
    files: [],
    origin: 'bundled',
    at,
  };
}
