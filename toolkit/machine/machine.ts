// SPDX-License-Identifier: BSD-3-Clause

import type {Volume} from '../spec/index.ts';
import type {Image} from './image.ts';

/** A port of 127.0.0.1 that leads to one of the guest. */
export interface PortForward {
  readonly host: number;
  readonly guest: number;
  readonly protocol: 'tcp' | 'udp';
}

/** A volume, and where it lies on the host, absolute. */
export interface PlacedVolume extends Volume {
  readonly path: string;
}

/** A volume that is there. */
export interface AttachedVolume extends PlacedVolume {
  /** Whether files there can have extended attributes, in which owners and modes are kept that the host's user cannot give. */
  readonly attributes: boolean;
}

export type Accelerator = 'kvm' | 'tcg';

/** What the user wants of a machine. */
export interface MachineOptions {
  /** One of the image's machines; absent: its default. */
  readonly machine?: string;
  /** Bytes. */
  readonly memory?: number;
  readonly ports?: readonly PortForward[];
  readonly volumes?: readonly PlacedVolume[];
  /** For the app; empty or absent: those that are built in. */
  readonly args?: readonly string[];
  /** Waits for a debugger on this port of 127.0.0.1. */
  readonly gdb?: number;
  /** What the guest reads from its console, and is told the end of; absent: nothing that a machine of its own would tell of. */
  readonly input?: 'terminal' | 'stream';
  /** Whether the guest has something to say beside its console. */
  readonly traced?: boolean;
}

/** The computer that an image will believe in, as the command that makes it. */
export interface Machine {
  /** A program of the host has its own exit status; QEMU's says the guest's in its own way. */
  readonly kind: 'process' | 'qemu';
  readonly image: Image;
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /**
   * More arguments for when file descriptor 3 is open, where the guest may say a status that QEMU's cannot; and, if it is
   * traced, 4, where the trace goes. A program of the host writes that to its standard error.
   */
  readonly statusArgs: readonly string[];
  readonly traced: boolean;
  readonly ports: readonly PortForward[];
  readonly gdb?: number;
  readonly input?: 'terminal' | 'stream';
}
