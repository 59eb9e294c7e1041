// SPDX-License-Identifier: BSD-3-Clause

import type {InterfaceName, LibName, Located, Location, Version, VersionRange} from '../base/index.ts';
import type {Option, OptionValue} from './option.ts';
import type {Source} from './source.ts';

/**
 * When a need, exclusion or requirement counts. All that is given must hold; absent: always. Values are those of
 * the lib's own options, sizes in bytes.
 */
export interface Condition {
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly arch?: LibName;
  readonly platform?: LibName;
}

/** A lib's need of an interface. */
export interface Need {
  readonly interface: InterfaceName;
  readonly version: VersionRange;
  /** Providers wanted at least; 1 for a `one` interface. */
  readonly atLeast: number;
  readonly because?: string;
  readonly when?: Condition;
  /** What the provider's options must be, as written: `fitOption` with the provider's option gives the value. */
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly at: Location;
}

export interface Exclusion {
  readonly lib: LibName;
  readonly version: VersionRange;
  readonly because?: string;
  readonly when?: Condition;
  readonly at: Location;
}

/** A machine that a platform can boot on. */
export interface MachineKind {
  readonly name: string;
  readonly means: string;
  readonly at: Location;
  /** 'process': the image is a program of the host. Otherwise QEMU's -M value. */
  readonly qemu?: string;
  /** More QEMU arguments, always. */
  readonly arguments: readonly string[];
  /** How a virtio device is named there: `virtio-net-device` (mmio) or `virtio-net-pci`. */
  readonly virtio?: 'device' | 'pci';
}

/** How a platform's image is laid out and started. */
export interface Boot {
  readonly machines: readonly MachineKind[];
  readonly defaultMachine: string;
  /** The ELF entry symbol. */
  readonly entry: string;
  /** First address of the image. */
  readonly base: number;
  /** A linker script template in the platform's folder; absent: the built-in one. */
  readonly script?: string;
  readonly compileFlags: readonly string[];
  readonly linkFlags: readonly string[];
}

/** How an arch compiles. */
export interface Compile {
  /** As in `cpu-linux-gnu`: clang's --target, and the prefix of a cross gcc. */
  readonly triple: string;
  readonly flags: readonly string[];
  readonly linkFlags: readonly string[];
  /** Symbols that the compiler may refer to in any file: memcpy, __stack_chk_fail. */
  readonly symbols: readonly string[];
  /** As rustc's --target; absent: there is no Rust for it. */
  readonly rust?: string;
  /** ELF machine number, e_machine. */
  readonly elfMachine: number;
  /** QEMU's program. */
  readonly qemu: string;
}

/**
 * A micro-library as its manifest says, checked. A platform is a lib with `boot`, an arch a lib with `compile`.
 */
export interface Lib {
  readonly kind: 'lib' | 'platform' | 'arch';
  readonly name: LibName;
  readonly version: Version;
  readonly summary: string;
  readonly license: string;
  readonly category?: string;
  readonly provides: readonly {readonly interface: InterfaceName; readonly version: Version; readonly at: Location}[];
  readonly needs: readonly Need[];
  readonly excludes: readonly Exclusion[];
  readonly options: readonly Option[];
  /** Arches and platforms it is for; absent: all. */
  readonly arches?: Located<readonly LibName[]>;
  readonly platforms?: Located<readonly LibName[]>;
  /** Chosen only where the Kraftfile names it, as fakes are; manifest key `only-by-name: true`. */
  readonly onlyByName?: boolean;
  /** The provider to take where neither the Kraftfile nor a figure decides; manifest key `recommended: true`. */
  readonly recommended?: boolean;
  /** Symbol called once, after everything that it needs has started. */
  readonly starts?: string;
  /** Symbol called when the instance ends, before everything that it needs has ended. */
  readonly ends?: string;
  /** Symbol called where the app's main would be; it calls main as `__real_main`. */
  readonly main?: string;
  /** Interfaces of cardinality `one` whose calls come to it first: it defines `__wrap_f` for each function f of theirs. */
  readonly wraps?: readonly {readonly interface: InterfaceName; readonly at: Location}[];
  /** What `run --trace` calls the calls that it prints; it is in an image only then. */
  readonly traces?: string;
  /** For an open interface (libc): the symbols that it offers. */
  readonly exports: readonly string[];
  /** Suites of its interfaces that it need not pass, and why. */
  readonly exempt?: Readonly<Record<string, string>>;
  /** More compiler flags for the lib's own files. */
  readonly flags: readonly string[];
  /** Bytes, as promised by the author; the audit measures. */
  readonly budget: {readonly text?: number; readonly data?: number; readonly bss?: number};
  /** The figures last measured, which `minimize` weighs. Bytes, instructions, counts. */
  readonly measured: {
    readonly size?: number;
    readonly memory?: number;
    readonly boot?: number;
    readonly surface?: number;
  };
  readonly sources: readonly Source[];
  readonly boot?: Boot;
  readonly compile?: Compile;
  /** The lib's folder, absolute. */
  readonly folder: string;
  /** Its C and assembly files, relative to the folder, sorted: `src/**`, before the arch's replacements. */
  readonly files: readonly string[];
  /** Headers under `include/`, relative to it, sorted: those of an open interface. */
  readonly headers?: readonly string[];
  /** Which catalog it came from. */
  readonly origin: 'bundled' | 'project' | 'package';
  /** Of its name in the manifest. */
  readonly at: Location;
}
