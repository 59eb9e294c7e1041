// SPDX-License-Identifier: BSD-3-Clause

import type {InterfaceName} from '../base/index.ts';
import type {AuditAction} from '../plan/index.ts';
import type {Elf} from './elf.ts';

/** What the third lock finds wrong with an owner. */
export type Finding =
  | {readonly kind: 'wants'; readonly symbol: string}
  | {readonly kind: 'lacks'; readonly symbol: string; readonly interface: InterfaceName | 'start'}
  | {readonly kind: 'leaks'; readonly symbol: string; readonly interface: InterfaceName}
  | {readonly kind: 'constructor' | 'thread-data'; readonly section: string}
  | {readonly kind: 'other-arch'; readonly machine: number};

export interface AuditContext {
  readonly elfMachine: number;
  readonly symbolOwners: Readonly<Record<string, InterfaceName>>;
  readonly openInterfaces: readonly InterfaceName[];
  /** Where an image takes of the owner what it reaches: of what the owner promises, that which is not there to be reached. */
  readonly unmet?: ReadonlySet<string>;
}

/** Compares what an owner's objects, joined but with all their symbols, define and want with what they may. */
export function auditOwner(
  action: AuditAction,
  elf: Elf,
  {elfMachine, symbolOwners, openInterfaces, unmet}: AuditContext,
): readonly Finding[] {
  if (elf.machine !== elfMachine) return [{kind: 'other-arch', machine: elf.machine}];
  const promised = new Set(action.promises.map(({symbol}) => symbol));
  const mayWant = new Set([...action.mayWant, ...linkersOwn]);
  const shared = elf.symbols.filter(({binding, name}) => binding !== 'local' && name !== '');
  const defined = new Set(shared.filter(({place}) => place !== 'undefined').map(({name}) => name));
  const wanted = shared.filter(({place, name}) => place === 'undefined' && !mayWant.has(name));

  const lacks = action.promises.filter(({symbol}) => !defined.has(symbol) && unmet?.has(symbol) !== false);
  const leaks = [...defined].flatMap((symbol) => {
    const owner = Object.hasOwn(symbolOwners, symbol) ? symbolOwners[symbol] : undefined;
    const free = owner === undefined || openInterfaces.includes(owner) || promised.has(symbol);
    return free ? [] : [{kind: 'leaks', symbol, interface: owner} as const];
  });
  return [
    ...lacks.map((one) => ({kind: 'lacks', ...one}) as const),
    ...sections(elf).filter(({kind}) => kind !== 'thread-data' || !action.threadData),
    ...wanted.map(({name}) => ({kind: 'wants', symbol: name}) as const).sort(bySymbol),
    ...leaks.sort(bySymbol),
  ];
}

/** What position-independent code refers to, and the linker makes. */
export const linkersOwn = ['_GLOBAL_OFFSET_TABLE_'];

/** Sections that would be in the image with nobody to act upon them. */
export function unfitSection(name: string): 'constructor' | 'thread-data' | undefined {
  if (/^\.(?:preinit_array|init_array|fini_array|ctors|dtors)(?:\.|$)/.test(name)) return 'constructor';
  if (/^\.(?:tdata|tbss)(?:\.|$)/.test(name)) return 'thread-data';
  return undefined;
}

/** The first of each kind: one is enough to refuse the owner. */
function sections(elf: Elf): readonly Finding[] {
  const kinds = ['constructor', 'thread-data'] as const;
  return kinds.flatMap((kind) => {
    const section = elf.sections.find((name) => unfitSection(name) === kind);
    return section === undefined ? [] : [{kind, section}];
  });
}

function bySymbol(one: {readonly symbol: string}, other: {readonly symbol: string}): number {
  return one.symbol < other.symbol ? -1 : 1;
}
