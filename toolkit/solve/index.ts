// SPDX-License-Identifier: BSD-3-Clause

export type {ChosenLib, Conflict, Reason, Solution} from "./solution.ts";
