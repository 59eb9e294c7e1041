// SPDX-License-Identifier: BSD-3-Clause

import type {Diagnostic} from './base/index.ts';

/** Something that happened, for a reporter to find words for. Bytes, where there are figures. */
export type Event =
  | {readonly type: 'diagnostic'; readonly diagnostic: Diagnostic}
  | {
      readonly type: 'fetch';
      readonly reason: 'start' | 'progress' | 'done';
      readonly source: string;
      readonly received: number;
      readonly total?: number;
    }
  | {
      readonly type: 'build';
      readonly reason: 'progress';
      readonly done: number;
      readonly total: number;
      readonly step: string;
    }
  | {readonly type: 'build'; readonly reason: 'output'; readonly text: string}
  | {readonly type: 'test'; readonly reason: 'start'; readonly suite: string; readonly on: string}
  | {readonly type: 'run'; readonly reason: 'accelerator'; readonly text: string}
  | {readonly type: 'run'; readonly reason: 'debugger'; readonly text: string}
  | {readonly type: 'run'; readonly reason: 'console' | 'trace'; readonly bytes: Uint8Array};
