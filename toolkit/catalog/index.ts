// SPDX-License-Identifier: BSD-3-Clause

export type {Catalog} from './catalog.ts';
export {checkSpec, type Wishes} from './check-spec.ts';
export type {CatalogRoot} from './find-manifests.ts';
export {fitOption, type Misfit, printOptionValue} from './fit-option.ts';
export type {Interface} from './interface.ts';
export {interfaceTable} from './interface-table.ts';
export type {Boot, Compile, Condition, Exclusion, Lib, MachineKind, Need} from './lib.ts';
export {libTable} from './lib-table.ts';
export {loadCatalog} from './load-catalog.ts';
export {loadFolder, type Shelved} from './load-folder.ts';
export {interfaceSchema, libSchema, manifestReference} from './manifest-documents.ts';
export type {Option, OptionValue} from './option.ts';
export type {Source} from './source.ts';
