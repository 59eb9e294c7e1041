// SPDX-License-Identifier: BSD-3-Clause

import type {LibName} from '../base/index.ts';
import type {ImageMachine, Owner} from './action.ts';

/** A part of the image as it is loaded. */
export interface Segment {
  readonly name: string;
  readonly address: number;
  /** Bytes in the file, and in memory. */
  readonly fileSize: number;
  readonly memorySize: number;
  /** As `r-x`. */
  readonly access: string;
}

/** What an owner contributes to the loaded image, in bytes, after unused sections went. */
export interface Share {
  readonly owner: Owner | 'alignment';
  readonly text: number;
  readonly rodata: number;
  readonly data: number;
  readonly bss: number;
  /** What its author promises to stay within; rodata counts as text, as `size` does. */
  readonly budget?: {readonly text?: number; readonly data?: number; readonly bss?: number};
}

/** System calls that an image holds, and who does them. */
export interface SystemCalls {
  readonly owner: Share['owner'];
  /** As the functions that do them are called; older calls are done by newer ones, open by openat. */
  readonly names: readonly string[];
}

/** What was built, as `image.json` beside the image says: enough to run it and to tell of it. */
export interface ImageFacts extends ImageMachine {
  readonly format: 1;
  readonly name: string;
  readonly platform: LibName;
  readonly arch: LibName;
  /** File names in image.json's folder: what boots; and the same with symbols and debug information. */
  readonly image: string;
  readonly debug: string;
  readonly entry: number;
  /** Bytes in memory, all segments. */
  readonly loaded: number;
  readonly segments: readonly Segment[];
  /** Largest first. */
  readonly shares: readonly Share[];
  /** By owner; empty where there is no C library that makes system calls. */
  readonly systemCalls: readonly SystemCalls[];
}
