// SPDX-License-Identifier: BSD-3-Clause

import type {Digest, InterfaceName, Language, LibName} from '../base/index.ts';

/** Whose code something is: a lib's, the app's, or what the build itself generates for the image. */
export type Owner = LibName | 'app' | 'generated';

/**
 * One step of a build, as data. Paths begin with a place (see `Places`), so that the plan's bytes do not depend on
 * where anything lies.
 */
export type Action = FetchAction | GenerateAction | CompileAction | CombineAction | LinkAction | AuditAction;

export interface FetchAction {
  readonly kind: 'fetch';
  readonly lib: LibName;
  readonly source: string;
  readonly version: string;
  readonly sha256: Digest;
  readonly because: string;
}

export interface GenerateAction {
  readonly kind: 'generate';
  readonly output: string;
  readonly content: string;
  readonly because: string;
}

export interface CompileAction {
  readonly kind: 'compile';
  readonly owner: Owner;
  readonly input: string;
  readonly output: string;
  readonly language: Language;
  /** In Rust, of rustc. */
  readonly flags: readonly string[];
  /** Folders for -I, in order. */
  readonly include: readonly string[];
  /** In Rust: the symbols for which the crate is there, and the file with the lib's options. */
  readonly crate?: {readonly promises: readonly string[]; readonly options?: string};
  readonly because: string;
}

/** Objects of one owner into one relocatable, with every symbol local but those of `keep`. */
export interface CombineAction {
  readonly kind: 'combine';
  readonly owner: Owner;
  readonly inputs: readonly string[];
  /** Objects that are joined too where something in the image wants a symbol that they define, and not even made where not. */
  readonly members?: readonly string[];
  readonly output: string;
  readonly keep: readonly string[];
  readonly because: string;
}

export interface LinkAction {
  readonly kind: 'link';
  readonly inputs: readonly string[];
  readonly script: string;
  /** With symbols and debug information; and the one that boots, without. */
  readonly debugOutput: string;
  readonly output: string;
  readonly flags: readonly string[];
  readonly because: string;
}

/** The third lock: what an owner defines must be what it promises, and what it wants must lie within its needs. */
export interface AuditAction {
  readonly kind: 'audit';
  readonly owner: Owner;
  /** The relocatable that is linked. */
  readonly input: string;
  /** Where the audit looks for who wants what: the owner's objects, each with the file it was compiled from. */
  readonly objects: readonly {readonly output: string; readonly input: string}[];
  /** The file in which needs are declared. */
  readonly manifest: string;
  /** Symbols that it must define, and the interface that promises each; `start` for where an owner is started: main, `starts`, a platform's entry. */
  readonly promises: readonly {readonly symbol: string; readonly interface: InterfaceName | 'start'}[];
  /** Symbols that it may want, sorted. */
  readonly mayWant: readonly string[];
  /** Whether it may keep data for each thread, since somebody in the image makes room for it. */
  readonly threadData: boolean;
  /** Bytes in the image that its author promises to stay within. */
  readonly budget?: {readonly text?: number; readonly data?: number; readonly bss?: number};
  readonly because: string;
}

/** Everything that will be done to make one image, as data: equal inputs give byte-equal plans. */
export interface Plan {
  readonly format: 1;
  readonly name: string;
  readonly platform: LibName;
  readonly arch: LibName;
  /** An image beside the usual one, in a build folder of its own. */
  readonly variant?: 'traced' | 'supposed';
  readonly compiler: CompilerName;
  /** As clang's --target and a cross gcc's prefix. */
  readonly triple: string;
  /** As rustc's --target, where the image has something in Rust. */
  readonly rust?: string;
  /** ELF machine number that every object must have. */
  readonly elfMachine: number;
  /** The file that boots, and the facts about it that a machine needs. */
  readonly image: string;
  readonly machine: ImageMachine;
  readonly actions: readonly Action[];
  /** Every symbol of every interface in the catalog, for the audit's messages. */
  readonly symbolOwners: Readonly<Record<string, InterfaceName>>;
  /** Interfaces whose names are a standard's, which others may define for themselves: libc's. */
  readonly openInterfaces: readonly InterfaceName[];
  /** Every header of every interface, likewise. */
  readonly headerOwners: Readonly<Record<string, InterfaceName>>;
}

export type CompilerName = 'gcc' | 'clang';

/** What the platform, the arch and the Kraftfile say about running the image. */
export interface ImageMachine {
  readonly machines: readonly {
    readonly name: string;
    readonly means: string;
    /** QEMU's -M value, or `process`: the image is a program of the host. */
    readonly qemu?: string;
    readonly arguments: readonly string[];
    readonly virtio?: 'device' | 'pci';
  }[];
  readonly defaultMachine: string;
  /** QEMU's program. */
  readonly qemu: string;
  /** Bytes that the Kraftfile asks for. */
  readonly memory?: number;
  /** Arguments after the app's name. */
  readonly cmd: readonly string[];
  /** Interfaces that a lib of the image provides by driving a virtio device, sorted: what the machine should have. */
  readonly drives: readonly InterfaceName[];
}
