// SPDX-License-Identifier: BSD-3-Clause

export type {Goal, InterfaceRequest, LibRequest, OptionSetting, Spec, Target} from "./spec.ts";
