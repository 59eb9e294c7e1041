// SPDX-License-Identifier: BSD-3-Clause

export {readElf} from './elf.ts';
export {type ElfSection, readSections} from './elf-sections.ts';
export type {BuildEvent} from './events.ts';
export {buildFolder, type Execution, execute} from './execute.ts';
export {findToolchain, type ToolchainRequest} from './find-toolchain.ts';
export {listFiles} from './list-files.ts';
export {overBudget} from './over-budget.ts';
export {type Shrunk, shrinkKept} from './shrink-kept.ts';
export type {Toolchain} from './toolchain.ts';
