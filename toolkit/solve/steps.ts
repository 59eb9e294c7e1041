// SPDX-License-Identifier: BSD-3-Clause

/** Work that rests now and then: each step ends where something else may be done before it goes on. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** All steps without a rest. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** All steps, with time for others between them. */
export async function inTurns<T>(steps: Steps<T>, pause: (() => Promise<void>) | undefined): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await pause?.();
  }
}
