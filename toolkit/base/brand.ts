// SPDX-License-Identifier: BSD-3-Clause

declare const brand: unique symbol;
type Brand<T, Name extends string> = T & {readonly [brand]: Name};

export type LibName = Brand<string, 'LibName'>;
export type InterfaceName = Brand<string, 'InterfaceName'>;
/** A SHA-256 in 64 lower-case hexadecimal digits. */
export type Digest = Brand<string, 'Digest'>;
/** A version as semver 2.0.0 writes it. */
export type Version = Brand<string, 'Version'>;
/** A range as npm's semver reads it. */
export type VersionRange = Brand<string, 'VersionRange'>;

export const libName = (text: string): LibName => text as LibName;
export const interfaceName = (text: string): InterfaceName => text as InterfaceName;
export const digest = (text: string): Digest => text as Digest;
export const version = (text: string): Version => text as Version;
export const versionRange = (text: string): VersionRange => text as VersionRange;
