// SPDX-License-Identifier: BSD-3-Clause

export {libFiles, type NewLib} from './lib-files.ts';
