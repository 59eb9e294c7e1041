// SPDX-License-Identifier: BSD-3-Clause

export type {LeftOut} from './choose-files.ts';
export {examineLibrary, type Findings} from './examine.ts';
export {type Origin, parseOrigin} from './origin.ts';
export {interfaceYaml, type Library, libYaml} from './write-manifest.ts';
