// SPDX-License-Identifier: BSD-3-Clause

import type {Host} from '../host/index.ts';
import {readElf} from './elf.ts';
import type {ObjectSymbols} from './reach.ts';

/** The symbols of an object file as it was when it was read. */
export interface SeenObject extends ObjectSymbols {
  readonly modified: number;
  readonly size: number;
}

/** Reads those files that are there, anew only those that have changed since `seen`. */
export async function objectSymbols(
  host: Host,
  {files, seen}: {files: Iterable<string>; seen: ReadonlyMap<string, SeenObject>},
): Promise<ReadonlyMap<string, SeenObject>> {
  const found = await Promise.all(
    [...files].map(async (file): Promise<readonly (readonly [string, SeenObject])[]> => {
      const facts = await host.facts(file);
      if (facts === undefined) return [];
      const before = seen.get(file);
      if (before !== undefined && before.modified === facts.modified && before.size === facts.size) {
        return [[file, before]];
      }
      const {modified, size} = facts;
      return [[file, {modified, size, ...symbolsIn((await host.readBytes(file)) ?? new Uint8Array())}]];
    }),
  );
  return new Map(found.flat());
}

/** Of what is no ELF file: none. The audit says so. */
function symbolsIn(bytes: Uint8Array): ObjectSymbols {
  const shared = (readElf(bytes)?.symbols ?? []).filter(({binding, name}) => binding !== 'local' && name !== '');
  return {
    defines: shared.flatMap(({name, place}) => (place === 'undefined' ? [] : [name])),
    wants: shared.flatMap(({name, place, binding}) => (place === 'undefined' && binding === 'global' ? [name] : [])),
  };
}
