// SPDX-License-Identifier: BSD-3-Clause

import type {Interface} from '../catalog/index.ts';
import {type Change, change} from './change.ts';

/** What the manifest of an interface says otherwise, but for symbols that its header declares: that is compared by itself. */
export function compareInterfaces(
  before: Interface,
  after: Interface,
  {declared}: {readonly declared: ReadonlySet<string>},
): readonly Change[] {
  const {at} = after;
  const changes: Change[] = [];
  if (before.cardinality !== after.cardinality)
    changes.push(change('major', `the cardinality is ${after.cardinality}, and was ${before.cardinality}`, at));
  if (before.contract !== after.contract)
    changes.push(change('major', `the contract is ${after.contract}, and was ${before.contract}`, at));
  if (before.driver !== after.driver)
    changes.push(change('major', `the driver is ${after.driver ?? 'none'}, and was ${before.driver ?? 'none'}`, at));
  const silent = (one: readonly string[], other: readonly string[]): readonly string[] =>
    missing(one, other).filter((symbol) => !declared.has(symbol));
  for (const symbol of silent(before.symbols, after.symbols))
    changes.push(change('major', `${symbol} is no longer a symbol of it`, at));
  for (const symbol of silent(after.symbols, before.symbols)) {
    changes.push(
      change('major', `${symbol} is a new symbol of it, which providers of the older version do not define`, at),
    );
  }
  for (const symbol of silent(before.generated, after.generated))
    changes.push(change('major', `${symbol} is no longer generated`, at));
  for (const symbol of silent(after.generated, before.generated))
    changes.push(change('minor', `${symbol} is generated`, at));
  for (const used of missing(before.uses, after.uses))
    changes.push(change('major', `it no longer uses ${used}, whose header came with it`, at));
  for (const used of missing(after.uses, before.uses)) changes.push(change('minor', `it uses ${used}`, at));
  for (const header of missing(before.headers, after.headers))
    changes.push(change('major', `the header <${header}> is gone`, before.at));
  for (const header of missing(after.headers, before.headers))
    changes.push(change('minor', `the header <${header}> is new`, at));
  return changes;
}

/** What the first has and the second does not. */
export function missing<T>(one: readonly T[], other: readonly T[]): readonly T[] {
  return one.filter((each) => !other.includes(each));
}
