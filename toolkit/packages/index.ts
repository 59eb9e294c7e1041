// SPDX-License-Identifier: BSD-3-Clause

export {folderDigest} from './folder-digest.ts';
export {type Installed, installedPackages} from './installed.ts';
export {callNpm, type NpmFailure, npmJson} from './npm.ts';
export {libNameOf, type PackageFacts, readPackageJson} from './package-json.ts';
