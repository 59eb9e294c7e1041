// SPDX-License-Identifier: BSD-3-Clause

export {interfaceFiles} from './interface-files.ts';
export {libFiles, type NewLanguage, type NewLib} from './lib-files.ts';
