// SPDX-License-Identifier: BSD-3-Clause

import {type Diagnostic, fail, listing, ok, type Result} from '../base/index.ts';

/** What a Kraftfile may be called, the usual name first. */
export const kraftfileNames = ['Kraftfile', 'Kraftfile.yaml', 'Kraftfile.yml', 'kraft.yaml'] as const;

/** Which of the names in a folder is its Kraftfile. `shown` is the folder as messages name it. */
export function findKraftfile(names: readonly string[], shown: string): Result<string, Diagnostic> {
  const found = kraftfileNames.filter((name) => names.includes(name));
  const [only, ...others] = found;
  if (only === undefined) {
    return fail({
      severity: 'error',
      message: `There is no Kraftfile in ${shown}.`,
      help: 'Write one with kraft-ts init, or name another folder.',
    });
  }
  if (others.length === 0) return ok(only);
  return fail({
    severity: 'error',
    message: `There are several Kraftfiles in ${shown}: ${listing(found)}.`,
    help: `Keep one of them, for example ${only}.`,
  });
}
