// SPDX-License-Identifier: BSD-3-Clause

import {basename} from 'node:path';
import {type Diagnostic, type Location, quote} from '../base/index.ts';
import type {Shelf} from './check-catalog.ts';
import type {OpenInterface} from './read-manifest.ts';
import {unknownWord} from './unknown-word.ts';

/** What an interface says, against its folder and the other interfaces. */
export function checkInterface(each: OpenInterface, shelf: Shelf): readonly Diagnostic[] {
  return [
    ...checkAlone(each),
    ...checkUses(each, shelf),
    ...shelf.interfaces.flatMap((other) => checkBeside(each, other)),
  ];
}

function error(at: Location, message: string, more: Pick<Diagnostic, 'help' | 'notes'> = {}): Diagnostic {
  return {severity: 'error', message, at, ...more};
}

function checkAlone({places, ...each}: OpenInterface): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const name = quote(each.name);
  const folder = basename(each.folder);
  if (folder !== each.name && each.origin !== 'package') {
    found.push(
      error(each.at, `The interface ${name} lies in a folder named ${quote(folder)}.`, {
        help: 'Give both the same name.',
      }),
    );
  }
  if (each.cardinality === 'any' && each.driver === undefined) {
    const message = `The interface ${name} has any number of providers, but does not say which struct they export.`;
    found.push(
      error(places.cardinality, message, {help: `Add driver: kr_${each.name.replaceAll(/[-.]/g, '_')}_driver`}),
    );
  }
  if (each.cardinality === 'any' && each.symbols.length > 0) {
    const message = `The interface ${name} has any number of providers, so they cannot all define the same symbols.`;
    found.push(error(places.symbols, message, {help: 'Remove symbols; callers reach a driver through its struct.'}));
  }
  if (each.cardinality === 'one' && each.driver !== undefined) {
    const message = `The interface ${name} has one provider, which is called by its symbols and exports no struct.`;
    found.push(error(places.driver, message, {help: 'Remove driver, or write cardinality: any.'}));
  }
  if (each.contract === 'closed' && each.headers.length === 0 && offersSomething(each)) {
    found.push(
      error(each.at, `The interface ${name} has no header.`, {
        help: `Write include/kraft/${each.name}.h beside the manifest.`,
      }),
    );
  }
  return found;
}

function checkUses({name, uses, places, at}: OpenInterface, shelf: Shelf): readonly Diagnostic[] {
  const known = shelf.interfaces.map((other) => other.name);
  return uses.flatMap((used, index): readonly Diagnostic[] => {
    if (shelf.unread.has(used) || known.includes(used)) return [];
    const {message, help} = unknownWord(
      `The interface ${quote(name)} uses ${quote(used)}, which is not an interface.`,
      used,
      {existing: known, seeAll: 'kraft-ts list shows the interfaces that there are.'},
    );
    return [error(places.uses[index] ?? at, message, help === undefined ? {} : {help})];
  });
}

/** A header or a symbol belongs to one interface; the one that comes later by name is told. */
function checkBeside(each: OpenInterface, other: OpenInterface): readonly Diagnostic[] {
  if (other.name >= each.name) return [];
  const notes = [{message: `The interface ${quote(other.name)} is here.`, at: other.at}];
  const both = `belongs to two interfaces, ${quote(other.name)} and ${quote(each.name)}.`;
  const headers = each.headers.filter((path) => other.headers.includes(path));
  const symbols = each.symbols.filter((symbol) => other.symbols.includes(symbol));
  return [
    ...headers.map((header) => error(each.at, `The header ${header} ${both}`, {notes})),
    ...symbols.map((symbol) => error(each.places.symbols, `The symbol ${symbol} ${both}`, {notes})),
  ];
}

/** A marker, which only says that something is so, needs no header. */
function offersSomething({symbols, driver, generated}: Omit<OpenInterface, 'places'>): boolean {
  return symbols.length > 0 || driver !== undefined || generated.length > 0;
}
