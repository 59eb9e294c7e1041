// SPDX-License-Identifier: BSD-3-Clause

export type {FileFacts, Host, ProcessResult, RunningProcess, RunOptions, SpawnOptions} from "./host.ts";
export {HostError} from "./host-error.ts";
