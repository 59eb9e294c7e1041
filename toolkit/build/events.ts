// SPDX-License-Identifier: BSD-3-Clause

/** What happens while a plan is executed, for a reporter to find words for. */
export type BuildEvent =
  | {
      readonly type: 'build';
      readonly reason: 'progress';
      readonly done: number;
      readonly total: number;
      readonly step: string;
    }
  | {readonly type: 'build'; readonly reason: 'output'; readonly text: string};
