// SPDX-License-Identifier: BSD-3-Clause

import type {Host} from '../host/index.ts';

/** Milliseconds for which a search may keep others waiting. */
const turn = 50;

/** How long to search, and when to let others have their turn. */
export interface Patience {
  readonly stop: () => boolean;
  readonly rest: () => boolean;
  readonly pause: () => Promise<void>;
}

/** Until `stop` says so; signals and keys are heard on the way, between two turns of the event loop. */
export function patient({now}: Pick<Host, 'now'>, stop: () => boolean): Patience {
  let rested = now();
  return {
    stop,
    rest: () => now() - rested > turn,
    pause: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      rested = now();
    },
  };
}
