// SPDX-License-Identifier: BSD-3-Clause

export {loadCadical} from './cadical.ts';
export {diagnose} from './diagnose.ts';
export {type Composition, type Difference, difference} from './difference.ts';
export type {Lock, LockedLib, LockedPackage, LockedTarget} from './lock.ts';
export {lockedTarget} from './lock.ts';
export {lockDrift} from './lock-drift.ts';
export {lockSolution, withTarget} from './lock-solution.ts';
export {pose, type Question} from './pose.ts';
export {printDimacs} from './print-dimacs.ts';
export {printDot} from './print-dot.ts';
export {printLock} from './print-lock.ts';
export type {Candidate, Fact, Problem} from './problem.ts';
export {readLock} from './read-lock.ts';
export {lockStillHolds, recall} from './recall.ts';
export {type Change, type Repair, repair} from './repair.ts';
export {openSession, type Pick, type Session, type Standing} from './session.ts';
export type {ChosenLib, Conflict, LevelCost, Reason, Solution, Undecided} from './solution.ts';
export {type Deadline, solve, solveWithin} from './solve.ts';
export {majorOf} from './versions.ts';
export {type Because, why} from './why.ts';
export {type WhyNot, whyNot} from './why-not.ts';
