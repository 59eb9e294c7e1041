// SPDX-License-Identifier: BSD-3-Clause

import {
  type Diagnostic,
  didYouMean,
  fail,
  type InterfaceName,
  interfaceName,
  type LibName,
  libName,
  ok,
  quote,
  type Result,
  respellSize,
  versionRange,
} from '../base/index.ts';
import type {Catalog, Option} from '../catalog/index.ts';
import {type Budgeted, budgeted, type Edit} from '../spec/index.ts';

/** Keys of a Kraftfile that are set as a whole; the others entry by entry. */
const lists = ['sources', 'include', 'flags', 'prefer', 'minimize', 'volumes', 'targets', 'needs'];
const words = ['name', 'cmd', 'rootfs', 'machine', 'memory'];

/** Those others, and how one sets what is in them. */
const entryByEntry: Readonly<Record<string, string>> = {
  libraries: 'kraft-ts set LIB RANGE asks for one lib.',
  choose: 'kraft-ts choose INTERFACE LIB chooses one.',
  budget: 'kraft-ts set budget.size SIZE and kraft-ts set budget.memory SIZE set its parts.',
  env: 'Write it into the Kraftfile.',
  labels: 'Write it into the Kraftfile.',
  spec: 'Its value is always v1.',
};

/** What a name stands for on the command line. */
export type Named =
  | {readonly kind: 'key'; readonly key: string}
  | {readonly kind: 'budget'; readonly of: Budgeted}
  | {readonly kind: 'option'; readonly lib: LibName; readonly option: string}
  | {readonly kind: 'lib'; readonly lib: LibName}
  | {readonly kind: 'interface'; readonly interface: InterfaceName};

/** `set NAME VALUE` as a change of the Kraftfile. Whether the value fits is for the Kraftfile's own check to say. */
export function settingOf(catalog: Catalog, name: string, value: string): Result<Edit> {
  const named = nameIn(catalog, name);
  if (!named.ok) return named;
  switch (named.value.kind) {
    case 'key': {
      const {key} = named.value;
      if (words.includes(key)) return ok({kind: 'set', key, value: key === 'memory' ? spelled(value) : value});
      const items = value.split(/[\s,]+/).filter((item) => item !== '');
      return items.length === 0 ? fail([nothingFor(name)]) : ok({kind: 'set', key, value: items});
    }
    case 'budget':
      return ok({kind: 'set', key: 'budget', entry: named.value.of, value: spelled(value)});
    case 'option': {
      const {lib, option} = named.value;
      return ok({kind: 'set-option', lib, option, value: typed(optionOf(catalog, lib, option), value)});
    }
    case 'lib':
      return ok({kind: 'want', lib: named.value.lib, version: versionRange(value)});
    case 'interface':
      return ok({kind: 'choose', interface: named.value.interface, lib: libName(value)});
  }
}

/** `unset NAME`: back to what is so by itself. */
export function unsettingOf(catalog: Catalog, name: string): Result<readonly Edit[]> {
  if (name === 'budget') return ok([{kind: 'unset', key: name}]);
  const named = nameIn(catalog, name);
  if (!named.ok) return named;
  switch (named.value.kind) {
    case 'key':
      return ok([{kind: 'unset', key: named.value.key}]);
    case 'budget':
      return ok([{kind: 'unset', key: 'budget', entry: named.value.of}]);
    case 'option':
      return ok([{kind: 'unset-option', lib: named.value.lib, option: named.value.option}]);
    case 'lib':
      return ok([{kind: 'drop', lib: named.value.lib}]);
    case 'interface':
      return ok([
        {kind: 'unchoose', interface: named.value.interface},
        {kind: 'drop-need', interface: named.value.interface},
      ]);
  }
}

/** `choose INTERFACE LIB`. */
export function choiceOf(catalog: Catalog, wanted: string, lib: string): Result<Edit> {
  const wrong = [
    unknownAmong(wanted, interfacesOf(catalog), `There is no interface ${quote(wanted)}.`),
    unknownAmong(lib, libsOf(catalog), `There is no lib ${quote(lib)}.`),
  ].filter((diagnostic) => diagnostic !== undefined);
  if (wrong.length > 0) return fail(wrong);
  return ok({kind: 'choose', interface: interfaceName(wanted), lib: libName(lib)});
}

/** A name of the command line as what it is: a key, `LIB.OPTION`, a lib or an interface. */
export function nameIn(catalog: Catalog, name: string): Result<Named> {
  if ([...lists, ...words].includes(name)) return ok({kind: 'key', key: name});
  const of = budgeted.find((each) => name === `budget.${each}`);
  if (of !== undefined) return ok({kind: 'budget', of});
  const help = entryByEntry[name];
  if (help !== undefined)
    return fail([{severity: 'error', message: `The key ${quote(name)} is not set as a whole.`, help}]);
  const libs = libsOf(catalog);
  if (libs.includes(name)) return ok({kind: 'lib', lib: libName(name)});
  const dot = name.lastIndexOf('.');
  const lib = name.slice(0, Math.max(0, dot));
  if (dot !== -1) {
    const unknown = unknownAmong(lib, libs, `There is no lib ${quote(lib)}.`);
    return unknown === undefined
      ? ok({kind: 'option', lib: libName(lib), option: name.slice(dot + 1)})
      : fail([unknown]);
  }
  const interfaces = interfacesOf(catalog);
  if (interfaces.includes(name)) return ok({kind: 'interface', interface: interfaceName(name)});
  const owners = catalog.libs.filter((each) => each.options.some((option) => option.name === name));
  const [owner] = owners;
  if (owner !== undefined) {
    const message = `${quote(name)} is an option of a lib: say of which.`;
    return fail([{severity: 'error', message, help: `For example: ${owner.name}.${name}`}]);
  }
  const message = `There is no key, lib or interface ${quote(name)}.`;
  const unknown = unknownAmong(name, [...lists, ...words, ...libs, ...interfaces], message);
  return fail(unknown === undefined ? [] : [unknown]);
}

export function unknownAmong(name: string, known: readonly string[], message: string): Diagnostic | undefined {
  if (known.includes(name)) return undefined;
  const near = didYouMean(name, known);
  const help = near === undefined ? 'kraft-ts list shows what there is.' : `Did you mean ${quote(near)}?`;
  return {severity: 'error', message, help};
}

function nothingFor(name: string): Diagnostic {
  const message = `Expected something for ${quote(name)}, but there is nothing.`;
  return {severity: 'error', message, help: `kraft-ts unset ${name} takes it away.`};
}

function libsOf(catalog: Catalog): readonly string[] {
  return [...new Set(catalog.libs.filter((lib) => lib.kind === 'lib').map((lib) => lib.name))];
}

function interfacesOf(catalog: Catalog): readonly string[] {
  return [...new Set(catalog.interfaces.map((each) => each.name))];
}

function optionOf(catalog: Catalog, lib: LibName, name: string): Option | undefined {
  return catalog.libs
    .filter((each) => each.name === lib)
    .flatMap((each) => each.options)
    .find((each) => each.name === name);
}

/** A word of the command line as the option would be written in YAML. */
function typed(option: Option | undefined, value: string): boolean | number | string {
  if (option?.type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  if ((option?.type === 'integer' || option?.type === 'size') && /^-?(?:0|[1-9][0-9]{0,14})$/.test(value))
    return Number(value);
  return option?.type === 'size' ? spelled(value) : value;
}

/** `8M` is written `8 MiB`. */
function spelled(value: string): string {
  return respellSize(value) ?? value;
}
