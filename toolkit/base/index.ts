// SPDX-License-Identifier: BSD-3-Clause

export type {Digest, InterfaceName, LibName, Version, VersionRange} from './brand.ts';
export {digest, interfaceName, libName, version, versionRange} from './brand.ts';
export type {Diagnostic} from './diagnostic.ts';
export type {Located, Location, SourceText} from './location.ts';
export type {Result} from './result.ts';
export {fail, ok} from './result.ts';
