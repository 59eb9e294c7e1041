// SPDX-License-Identifier: BSD-3-Clause

import {type InterfaceView, type LibView, listing, type OptionView, printSize} from '../../toolkit/engine.ts';
import type {CatalogIndex} from '../model/catalog-index.ts';
import {imageNow, standings} from '../model/now.ts';
import {printed} from '../model/rows/options.ts';
import type {State, Thing} from '../model/state.ts';
import {type Line, padTo, paragraph, span} from './line.ts';

/** What a thing means, who provides it, what it needs and who needs it, and where it is declared. */
export function helpText(state: State, thing: Thing, columns: number): readonly Line[] {
  const {catalog} = state;
  if (catalog === 'loading') return [[span('The catalog is being read …', 'dim')]];
  const {name} = thing;
  switch (thing.kind) {
    case 'lib': {
      const lib = catalog.libs.get(name);
      return lib === undefined ? [] : libHelp(state, catalog, {lib, columns});
    }
    case 'interface': {
      const found = catalog.interfaces.get(name);
      return found === undefined ? [] : interfaceHelp(state, catalog, {of: found, columns});
    }
    case 'option': {
      const dot = name.lastIndexOf('.');
      const option = catalog.libs.get(name.slice(0, dot))?.options.find((each) => each.name === name.slice(dot + 1));
      return option === undefined ? [] : optionHelp(option, columns);
    }
    case 'target':
      return paragraph(
        'What the image is built for: a platform, which says how to boot and on which machines, and an arch, which says how to compile. The first target of the Kraftfile is built unless another is asked for.',
        {columns},
      );
    case 'goal':
      return paragraph(
        'Where several libs would do, those are taken that keep this small: the most important goal first. What a lib measured counts, else what its manifest promises.',
        {columns},
      );
    case 'memory':
      return paragraph('How much memory the machine has when the image runs; kraft-ts run -m replaces it.', {columns});
  }
}

interface Of<T> {
  readonly columns: number;
  readonly of: T;
}

function libHelp(
  state: State,
  catalog: CatalogIndex,
  {lib, columns}: {readonly lib: LibView; readonly columns: number},
): readonly Line[] {
  const {asked, in: isIn, locked} = standings(state)(lib);
  const words = asked ? 'The Kraftfile asks for it.' : isIn ? 'It is in the image.' : 'It is not in the image.';
  const users = lib.provides.flatMap((name) => catalog.users.get(name) ?? []).map(({name}) => name);
  const fact = facts(columns);
  return [
    ...paragraph(lib.summary, {columns, tone: 'strong'}),
    ...paragraph(`${words}${locked ? ' That cannot be otherwise now: w says why.' : ''}`, {columns}),
    [],
    ...fact('version', listing(lib.versions)),
    ...fact('category', lib.category),
    ...fact('license', lib.license),
    ...fact('provides', listing(lib.provides)),
    ...lib.needs.flatMap((need, index) =>
      fact(
        index === 0 ? 'needs' : '',
        `${need.interface}${need.maybe ? ', at times' : ''}${need.because === undefined ? '' : `: ${need.because}`}`,
      ),
    ),
    ...lib.excludes.flatMap((each, index) =>
      fact(index === 0 ? 'not with' : '', `${each.lib}${each.because === undefined ? '' : `: ${each.because}`}`),
    ),
    ...fact('used by', listing([...new Set(users)])),
    ...fact('options', listing(lib.options.map(({name}) => name))),
    ...fact('declared', lib.place),
  ];
}

function interfaceHelp(state: State, catalog: CatalogIndex, {of: wanted, columns}: Of<InterfaceView>): readonly Line[] {
  const fact = facts(columns);
  const inside = imageNow(state)?.providers[wanted.name] ?? [];
  return [
    ...paragraph(wanted.summary, {columns, tone: 'strong'}),
    ...paragraph(
      wanted.cardinality === 'one'
        ? 'An image has exactly one provider, if anything needs it.'
        : 'An image may have any number of providers.',
      {columns},
    ),
    [],
    ...fact('version', wanted.version),
    ...fact('now', inside.length === 0 ? 'nobody; nothing needs it' : listing(inside)),
    ...fact('providers', listing((catalog.providers.get(wanted.name) ?? []).map(({name}) => name))),
    ...fact('needed by', listing((catalog.users.get(wanted.name) ?? []).map(({name}) => name))),
    ...fact('declared', wanted.place),
  ];
}

function optionHelp(option: OptionView, columns: number): readonly Line[] {
  const fact = facts(columns);
  return [
    ...paragraph(option.means, {columns, tone: 'strong'}),
    [],
    ...fact('type', typeWords(option)),
    ...fact('default', option.type === 'boolean' ? (option.default ? 'on' : 'off') : printed(option, option.default)),
    ...fact('declared', option.place),
  ];
}

export function typeWords(option: OptionView): string {
  switch (option.type) {
    case 'boolean':
      return 'on or off';
    case 'integer':
      return `a whole number from ${option.range[0]} to ${option.range[1]}`;
    case 'size':
      return `a size from ${printSize(option.range[0])} to ${printSize(option.range[1])}`;
    case 'enumeration':
      return `one of ${listing(option.values, 'or')}`;
    case 'string':
      return 'text';
  }
}

/** Lines `name  value`; none where there is no value. */
function facts(columns: number): (name: string, value: string) => readonly Line[] {
  return (name, value) =>
    value === '' ? [] : paragraph(value, {columns, lead: padTo(name, 11), indent: ' '.repeat(11)});
}
