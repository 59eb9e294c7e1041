// SPDX-License-Identifier: BSD-3-Clause

import type {Digest} from '../base/index.ts';

/** What one thing in an image is, and whose. */
export interface Part {
  /** Unique in the bill. */
  readonly id: string;
  readonly kind: 'image' | 'app' | 'lib' | 'platform' | 'arch' | 'source';
  readonly name: string;
  readonly version?: string;
  readonly summary?: string;
  /** As its manifest says it; absent: nobody says. */
  readonly license?: string;
  /** Of a source's archive. */
  readonly sha256?: Digest;
  /** Where the archive can be had. */
  readonly download?: string;
  /** A package URL, https://github.com/package-url/purl-spec. */
  readonly purl?: string;
  /** Facts that no standard has a place for: options, interfaces. */
  readonly properties: readonly (readonly [string, string])[];
}

/** How two parts belong together. */
export interface Relation {
  readonly from: string;
  /** `contains`: the image has it. `needs`: it calls it. `made of`: third-party code that is compiled into it. */
  readonly kind: 'contains' | 'needs' | 'made of';
  readonly to: string;
}

/** Everything that an image is made of, before a format is chosen. Sorted, so that equal images have equal bills. */
export interface Bill {
  readonly name: string;
  readonly target: string;
  /** Of the toolkit. */
  readonly tool: {readonly name: string; readonly version: string};
  /** Of everything that the bill says. */
  readonly digest: Digest;
  /** The image first. */
  readonly parts: readonly Part[];
  readonly relations: readonly Relation[];
}
