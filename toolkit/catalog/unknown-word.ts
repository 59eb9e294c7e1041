// SPDX-License-Identifier: BSD-3-Clause

import {didYouMean, listing, quote} from '../base/index.ts';

/**
 * A message about a name that nothing has, and what to do: the name that was meant, those that there are when they are
 * few, or else where to see them.
 */
export function unknownWord(
  message: string,
  word: string,
  {existing, seeAll}: {readonly existing: readonly string[]; readonly seeAll?: string},
): {readonly message: string; readonly help?: string} {
  const names = [...new Set(existing)].sort();
  const meant = didYouMean(word, names);
  if (meant !== undefined) return {message, help: `Did you mean ${quote(meant)}?`};
  if (names.length === 0) return {message};
  if (names.length > 12) return {message, ...(seeAll !== undefined && {help: seeAll})};
  return {message, help: names.length === 1 ? `There is only ${listing(names)}.` : `There are ${listing(names)}.`};
}
