// SPDX-License-Identifier: BSD-3-Clause

export type {Lock, LockedLib, LockedTarget} from './lock.ts';
export {lockedTarget} from './lock.ts';
export {lockSolution, withTarget} from './lock-solution.ts';
export {pose, type Question} from './pose.ts';
export type {Candidate, Fact, Problem} from './problem.ts';
export {printLock} from './print-lock.ts';
export {readLock} from './read-lock.ts';
export {lockStillHolds, recall} from './recall.ts';
export type {ChosenLib, Conflict, LevelCost, Reason, Solution, Undecided} from './solution.ts';
export {solve, solveProblem, solveWithin} from './solve.ts';
