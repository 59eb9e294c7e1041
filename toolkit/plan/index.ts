// SPDX-License-Identifier: BSD-3-Clause

export type {
  Action,
  AuditAction,
  CombineAction,
  CompileAction,
  CompilerName,
  FetchAction,
  GenerateAction,
  ImageMachine,
  LinkAction,
  Owner,
  Plan,
} from './action.ts';
export {bootTable} from './boot-table.ts';
export {cxxFeatures, cxxHeader} from './cxx-headers.ts';
export {cxxRuntime, cxxSymbols} from './cxx-runtime.ts';
export {driverTables} from './driver-tables.ts';
export type {ImageFacts, Segment, Share, SystemCalls} from './image-facts.ts';
export {optionsHeader} from './options-header.ts';
export {ownFiles} from './own-files.ts';
export type {Places} from './places.ts';
export {toPlace} from './places.ts';
export {type PlanInput, plan} from './plan.ts';
export {rootfsFile} from './rootfs-assembly.ts';
export {rustFlags, rustJoinFlags, rustOptions, rustRuntime, rustStripFlags} from './rust.ts';
export {headerInputs, madeHeaders} from './source-headers.ts';
export {promises, symbolOwners} from './symbols.ts';
