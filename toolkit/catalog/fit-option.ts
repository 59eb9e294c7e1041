// SPDX-License-Identifier: BSD-3-Clause

import {
  alternatives,
  didYouMean,
  fail,
  ok,
  parseSize,
  printSize,
  quote,
  type Result,
  unreachable,
} from '../base/index.ts';
import type {Option, OptionValue} from './option.ts';

/** Why a value does not fit an option: the rest of `Expected …, but was …`, and what to do. */
export interface Misfit {
  readonly message: string;
  readonly help?: string;
}

/** A value as somebody wrote it, as the value of an option: sizes in bytes. Or why it cannot be. */
export function fitOption(option: Option, written: OptionValue): Result<OptionValue, Misfit> {
  switch (option.type) {
    case 'boolean':
      return typeof written === 'boolean' ? ok(written) : misfit('true or false', written);
    case 'integer':
      return fitNumber(option, numberOf(written), written);
    case 'size':
      return fitNumber(option, typeof written === 'string' ? parseSize(written) : numberOf(written), written);
    case 'enumeration': {
      if (option.values.includes(String(written))) return ok(String(written));
      const meant = typeof written === 'string' ? didYouMean(written, option.values) : undefined;
      return misfit(
        alternatives(option.values),
        written,
        meant === undefined ? undefined : `Did you mean ${quote(meant)}?`,
      );
    }
    case 'string':
      return ok(String(written));
    default:
      return unreachable(option);
  }
}

/** The value of an option as one writes it. */
export function printOptionValue(option: Option, value: OptionValue): string {
  return option.type === 'size' && typeof value === 'number' ? printSize(value) : String(value);
}

function fitNumber(
  option: Option & {type: 'integer' | 'size'},
  value: number | undefined,
  written: OptionValue,
): Result<OptionValue, Misfit> {
  const [low, high] = option.range;
  const ends = `from ${printOptionValue(option, low)} to ${printOptionValue(option, high)}`;
  const expects = option.type === 'size' ? `a size ${ends}` : `a whole number ${ends}`;
  if (value !== undefined && Number.isSafeInteger(value) && value >= low && value <= high) return ok(value);
  return misfit(expects, written);
}

function numberOf(written: OptionValue): number | undefined {
  return typeof written === 'number' ? written : undefined;
}

function misfit(expects: string, written: OptionValue, help?: string): Result<never, Misfit> {
  const was = typeof written === 'string' ? quote(written) : String(written);
  return fail({message: `Expected ${expects}, but was ${was}.`, ...(help !== undefined && {help})});
}
