// SPDX-License-Identifier: BSD-3-Clause

export type {Action, Plan} from "./plan.ts";
