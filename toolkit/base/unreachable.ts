// SPDX-License-Identifier: BSD-3-Clause

/** Ends a `switch` over a union: reaching it is our mistake, and the type checker says so first. */
export function unreachable(value: never): never {
  throw new Error(`Internal error: unexpected ${JSON.stringify(value)}`);
}
