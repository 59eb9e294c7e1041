// SPDX-License-Identifier: BSD-3-Clause

import {type Diagnostic, fail, ok, type Result} from '../base/index.ts';
import type {ImageFacts} from '../plan/index.ts';
import type {Image} from './image.ts';
import type {Accelerator, AttachedVolume, Machine, MachineOptions} from './machine.ts';
import {formatSize} from './memory-size.ts';
import {qemuArguments, statusArguments, traceArguments} from './qemu-arguments.ts';

const usualMemory = 64 * 1024 * 1024;

/** The machine for an image: checks what the user wants against what the image can, and writes the command. */
export function machineFor(
  image: Image,
  options: Omit<MachineOptions, 'volumes'> & {
    readonly accelerator: Accelerator;
    readonly volumes?: readonly AttachedVolume[];
  },
): Result<Machine> {
  const {facts} = image;
  const name = options.machine ?? facts.defaultMachine;
  const kind = facts.machines.find((one) => one.name === name);
  if (kind === undefined) {
    const names = facts.machines.map((one) => one.name).join(', ');
    return fail([
      {
        severity: 'error',
        message: `The platform ${facts.platform} has no machine '${name}'.`,
        help: `It has: ${names}.`,
      },
    ]);
  }
  const ports = options.ports ?? [];
  const args = options.args ?? [];
  const gdb = options.gdb === undefined ? {} : {gdb: options.gdb};
  const input = options.input === undefined ? {} : {input: options.input};
  const volumes = options.volumes ?? [];
  const traced = options.traced ?? false;
  const wrong = [...checkPorts(facts, ports), ...checkVolumes(facts, volumes)];
  if (kind.qemu === undefined || kind.qemu === 'process') {
    wrong.push(...checkProcess(image, options));
    if (wrong.length > 0) return fail(wrong);
    return ok({kind: 'process', image, name, program: image.path, args, statusArgs: [], traced, ports: [], ...input});
  }
  const memory = options.memory ?? facts.memory ?? usualMemory;
  wrong.push(...checkMemory(facts, memory));
  if (wrong.length > 0) return fail(wrong);
  const qemu = qemuArguments({
    facts,
    path: image.path,
    machine: {...kind, qemu: kind.qemu},
    memory,
    ports,
    volumes,
    args,
    accelerator: options.accelerator,
    ...gdb,
    ...input,
  });
  const statusArgs = traced ? [...statusArguments, ...traceArguments] : statusArguments;
  return ok({kind: 'qemu', image, name, program: facts.qemu, args: qemu, statusArgs, traced, ports, ...gdb, ...input});
}

function* checkPorts(facts: ImageFacts, ports: MachineOptions['ports'] & {}): Generator<Diagnostic> {
  const first = ports[0];
  if (first !== undefined && !facts.drives.some((name) => name === 'netdev')) {
    yield {
      severity: 'error',
      message: `The image ${facts.name} has no driver of a network card: port ${first.host} would lead nowhere.`,
      help: "Let the app need an interface that brings the network, such as 'netstack'.",
    };
  }
  const seen = new Set<string>();
  for (const {host, protocol} of ports) {
    const one = `${host}/${protocol}`;
    if (seen.has(one)) yield {severity: 'error', message: `The port ${one} of this machine is forwarded twice.`};
    seen.add(one);
  }
}

/** Each kind of volume has an interface, which its devices' drivers provide. */
function* checkVolumes(facts: ImageFacts, volumes: readonly AttachedVolume[]): Generator<Diagnostic> {
  const driver = {folder: 'volume-folder', disk: 'blkdev'} as const;
  const unseen = volumes.find(({kind}) => !facts.drives.some((name) => name === driver[kind]));
  if (unseen === undefined) return;
  const {host, guest, kind} = unseen;
  const what = kind === 'folder' ? 'folders of the host' : 'disk images';
  yield {
    severity: 'error',
    message: `The image ${facts.name} cannot mount ${what}: it would not see the volume ${host}.`,
    help: `Write volumes: ['${host}:${guest}'] into the Kraftfile.`,
  };
}

/** What the image occupies is the least; what the guest needs on top, it says itself when it has too little. */
function* checkMemory(facts: ImageFacts, memory: number): Generator<Diagnostic> {
  const mebibyte = 1024 * 1024;
  const end = Math.max(0, ...facts.segments.map(({address, memorySize}) => address + memorySize));
  if (memory >= Math.max(end, mebibyte)) return;
  const least = Math.max(1, Math.ceil(end / mebibyte));
  yield {
    severity: 'error',
    message: `The image ${facts.name} needs at least ${least} MiB of memory to be loaded, but was given ${formatSize(memory)}.`,
    help: `-m ${least}M`,
  };
}

function* checkProcess({facts, path}: Image, options: MachineOptions): Generator<Diagnostic> {
  if (options.gdb !== undefined) {
    yield {
      severity: 'error',
      message: `The image ${facts.name} is a program of this system, without a machine to debug it through.`,
      help: `gdb ${path}`,
    };
  }
  if (options.memory !== undefined) {
    yield {
      severity: 'error',
      message: `The image ${facts.name} is a program of this system: it has no machine whose memory could be set.`,
    };
  }
}
