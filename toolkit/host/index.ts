// SPDX-License-Identifier: BSD-3-Clause

export type {
  Encoding,
  FileFacts,
  Host,
  OpenFile,
  ProcessResult,
  RunningProcess,
  RunOptions,
  SpawnOptions,
} from './host.ts';
export {HostError} from './host-error.ts';
export type {MemoryCall, MemoryHost, MemoryHostOptions, MemoryProgram} from './memory-host.ts';
export {memoryHost} from './memory-host.ts';
export {nodeHost} from './node-host.ts';
export {type Port, startThread, thisThread} from './node-thread.ts';
