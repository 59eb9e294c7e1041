// SPDX-License-Identifier: BSD-3-Clause

import {basename} from 'node:path';
import {type Diagnostic, quote} from '../base/index.ts';
import type {Shelf} from './check-catalog.ts';
import type {Interface} from './interface.ts';
import {unknownWord} from './unknown-word.ts';

/** What an interface says, against its folder and the other interfaces. */
export function checkInterface(each: Interface, shelf: Shelf): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const report = (message: string, help?: string, notes?: Diagnostic['notes']): void => {
    found.push({
      severity: 'error',
      message,
      at: each.at,
      ...(help !== undefined && {help}),
      ...(notes !== undefined && {notes}),
    });
  };
  const name = quote(each.name);
  if (basename(each.folder) !== each.name) {
    report(`The interface ${name} lies in a folder named ${quote(basename(each.folder))}.`, 'Give both the same name.');
  }
  if (each.cardinality === 'any' && each.driver === undefined) {
    report(
      `The interface ${name} has any number of providers, but does not say which struct they export.`,
      `Add driver: kr_${snake(each.name)}_driver`,
    );
  }
  if (each.cardinality === 'any' && each.symbols.length > 0) {
    report(
      `The interface ${name} has any number of providers, so they cannot all define the same symbols.`,
      'Remove symbols; callers reach a driver through its struct.',
    );
  }
  if (each.cardinality === 'one' && each.driver !== undefined) {
    report(
      `The interface ${name} has one provider, which is called by its symbols and exports no struct.`,
      'Remove driver, or write cardinality: any.',
    );
  }
  if (each.contract === 'closed' && each.headers.length === 0 && offersSomething(each)) {
    report(`The interface ${name} has no header.`, `Write include/kraft/${each.name}.h beside the manifest.`);
  }
  for (const used of each.uses) {
    if (shelf.unread.has(used) || shelf.interfaces.some((other) => other.name === used)) continue;
    const {message, help} = unknownWord(
      `The interface ${name} uses ${quote(used)}, which is not an interface.`,
      used,
      shelf.interfaces.map((other) => other.name),
    );
    report(message, help);
  }
  for (const other of shelf.interfaces) {
    if (other.name >= each.name) continue;
    const notes = [{message: `The interface ${quote(other.name)} is here.`, at: other.at}];
    for (const header of each.headers.filter((path) => other.headers.includes(path))) {
      report(`The header ${header} belongs to two interfaces, ${quote(other.name)} and ${name}.`, undefined, notes);
    }
    for (const symbol of each.symbols.filter((word) => other.symbols.includes(word))) {
      report(`The symbol ${symbol} belongs to two interfaces, ${quote(other.name)} and ${name}.`, undefined, notes);
    }
  }
  return found;
}

/** A marker, which only says that something is so, needs no header. */
function offersSomething({symbols, driver, generated}: Interface): boolean {
  return symbols.length > 0 || driver !== undefined || generated.length > 0;
}

function snake(name: string): string {
  return name.replaceAll(/[-.]/g, '_');
}
