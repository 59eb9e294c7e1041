// SPDX-License-Identifier: BSD-3-Clause

import type {InterfaceName, LibName, Located, Location, VersionRange} from '../base/index.ts';
import type {Volume} from './volume.ts';

export type Goal = 'size' | 'boot' | 'surface' | 'memory';

/** What an image may have at most. */
export const budgeted = ['size', 'memory'] as const satisfies readonly Goal[];
export type Budgeted = (typeof budgeted)[number];

/** A value of an option as written; its lib's manifest says whether it fits. */
export interface OptionSetting {
  readonly name: string;
  readonly value: boolean | number | string;
  readonly nameAt: Location;
  readonly at: Location;
}

export interface LibRequest {
  readonly name: LibName;
  readonly version: VersionRange;
  readonly options: readonly OptionSetting[];
  /** Of the name. */
  readonly at: Location;
}

export interface InterfaceRequest {
  readonly name: InterfaceName;
  readonly version: VersionRange;
  readonly at: Location;
}

export interface Target {
  readonly platform: LibName;
  readonly arch: LibName;
  readonly at: Location;
}

/** A Kraftfile that has been checked. Keys are described in docs/kraftfile.md. */
export interface Spec {
  /** The Kraftfile, absolute; and its folder. */
  readonly path: string;
  readonly folder: string;
  readonly name: Located<string>;
  /** Globs of C and assembly files, relative to the folder. */
  readonly sources: readonly Located<string>[];
  /** Folders of headers, relative. */
  readonly include: readonly Located<string>[];
  /** More compiler flags for the app's files. */
  readonly flags: readonly Located<string>[];
  readonly cmd: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** Interfaces that the app's code uses. */
  readonly needs: readonly InterfaceRequest[];
  /** Libs wanted by name, with options. */
  readonly libraries: readonly LibRequest[];
  /** Interface → provider. */
  readonly choose: readonly {readonly interface: Located<InterfaceName>; readonly provider: Located<LibName>}[];
  readonly prefer: readonly Located<LibName>[];
  readonly minimize: readonly Located<Goal>[];
  /** Bytes. */
  readonly budget?: {readonly [B in Budgeted]?: Located<number>};
  readonly rootfs?: Located<string>;
  readonly volumes: readonly Located<Volume>[];
  readonly targets: readonly Target[];
  /** For targets whose platform has a machine of this name. */
  readonly machine?: Located<string>;
  /** Bytes. */
  readonly memory?: Located<number>;
}
