// SPDX-License-Identifier: BSD-3-Clause

export {type Choice, chooseAccelerator} from './accelerator.ts';
export {commandLine} from './command-line.ts';
export {type Image, openImage} from './image.ts';
export type {Accelerator, Machine, MachineOptions, PortForward} from './machine.ts';
export {machineFor} from './machine-for.ts';
export {formatSize, parseMemorySize} from './memory-size.ts';
export {type Outcome, statusOf} from './outcome.ts';
export {parsePortForward} from './port-forward.ts';
export {chooseMachine, type RunEvent, type RunImageOptions, runImage} from './run-image.ts';
export {type StartOptions, start} from './start.ts';
export {placeVolumes} from './volumes.ts';
