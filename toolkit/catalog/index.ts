// SPDX-License-Identifier: BSD-3-Clause

export type {Catalog} from "./catalog.ts";
export type {Interface} from "./interface.ts";
export type {Boot, Compile, Condition, Exclusion, Lib, MachineKind, Need} from "./lib.ts";
export type {Option, OptionValue} from "./option.ts";
export type {Source} from "./source.ts";
