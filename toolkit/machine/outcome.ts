// SPDX-License-Identifier: BSD-3-Clause

/** What an instance came to. */
export type Outcome =
  | {readonly kind: 'exited'; readonly status: number}
  | {readonly kind: 'panicked'}
  /** The guest reset or switched off its machine without a word: a fault within the handling of a fault. */
  | {readonly kind: 'reset'}
  | {readonly kind: 'timed-out'}
  | {readonly kind: 'interrupted'};

/** The exit status of `kraft-ts run`: the app's own, or what shells and timeout(1) say in such cases. */
export function statusOf(outcome: Outcome): number {
  switch (outcome.kind) {
    case 'exited':
      return outcome.status;
    case 'panicked':
    case 'reset':
      return 70;
    case 'timed-out':
      return 124;
    case 'interrupted':
      return 130;
  }
}
