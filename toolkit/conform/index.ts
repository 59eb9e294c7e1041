// SPDX-License-Identifier: BSD-3-Clause

export {programFor} from './program.ts';
export {needsOf, type Suite, suitesOf, whiteBoxOf} from './suites.ts';
export {hostedTables} from './tables.ts';
export {type Case, readTap} from './tap.ts';
export {type Ended, type Fault, runTrial, type Trial} from './trial.ts';
export {type Compiler, openWorkbench, type Settings, type Workbench} from './workbench.ts';
