// SPDX-License-Identifier: BSD-3-Clause

import {type Outcome, unreachable} from '../toolkit/engine.ts';
import {exitStatus} from './exit-status.ts';

/** The exit status that an instance's end becomes. */
export function statusOf(outcome: Outcome): number {
  switch (outcome.kind) {
    case 'exited':
      return outcome.status;
    case 'panicked':
    case 'reset':
      return exitStatus.panic;
    case 'timed-out':
      return exitStatus.timeout;
    case 'interrupted':
      return exitStatus.interrupted;
    default:
      return unreachable(outcome);
  }
}
