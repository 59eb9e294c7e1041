// SPDX-License-Identifier: BSD-3-Clause

/**
 * Settings for a suite that judges in which order threads run: on a busy build machine the usual slice may end at
 * any instruction, and the order is then another, rightly. Only the suite of preemption keeps the usual slice.
 */
export function unhurried(suite: string): Readonly<Record<string, Readonly<Record<string, number>>>> {
  return suite === 'preemption' ? {} : {'sched-preempt': {'time-slice': 1000}};
}
