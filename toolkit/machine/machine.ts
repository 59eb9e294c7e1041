// SPDX-License-Identifier: BSD-3-Clause

import type {Image} from './image.ts';

/** A port of 127.0.0.1 that leads to one of the guest. */
export interface PortForward {
  readonly host: number;
  readonly guest: number;
  readonly protocol: 'tcp' | 'udp';
}

export type Accelerator = 'kvm' | 'tcg';

/** What the user wants of a machine. */
export interface MachineOptions {
  /** One of the image's machines; absent: its default. */
  readonly machine?: string;
  /** Bytes. */
  readonly memory?: number;
  readonly ports?: readonly PortForward[];
  /** For the app; empty or absent: those that are built in. */
  readonly args?: readonly string[];
  /** Waits for a debugger on this port of 127.0.0.1. */
  readonly gdb?: number;
}

/** The computer that an image will believe in, as the command that makes it. */
export interface Machine {
  /** A program of the host has its own exit status; QEMU's says the guest's in its own way. */
  readonly kind: 'process' | 'qemu';
  readonly image: Image;
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** More arguments for when file descriptor 3 is open, where the guest may say a status that QEMU's cannot. */
  readonly statusArgs: readonly string[];
  readonly ports: readonly PortForward[];
  readonly gdb?: number;
}
