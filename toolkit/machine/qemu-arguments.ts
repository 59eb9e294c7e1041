// SPDX-License-Identifier: BSD-3-Clause

import type {ImageFacts} from '../plan/index.ts';
import {encodeArguments} from './encode-arguments.ts';
import type {Accelerator, AttachedVolume, PortForward} from './machine.ts';

/** What QEMU is told of one machine. */
export interface QemuMachine {
  readonly facts: ImageFacts;
  readonly path: string;
  readonly machine: ImageFacts['machines'][number] & {readonly qemu: string};
  /** Bytes. */
  readonly memory: number;
  readonly ports: readonly PortForward[];
  readonly volumes: readonly AttachedVolume[];
  readonly args: readonly string[];
  readonly accelerator: Accelerator;
  readonly gdb?: number;
  readonly input?: 'terminal' | 'stream';
}

/**
 * QEMU's arguments. An empty machine is built up from nothing (-nodefaults, no user's configuration) so that it is the
 * same everywhere and starts fast; what was tried for speed is in docs/qemu.md.
 */
export function qemuArguments({
  facts,
  path,
  machine,
  memory,
  ports,
  volumes,
  args,
  accelerator,
  gdb,
  input,
}: QemuMachine): readonly string[] {
  const words = [
    ...(args.length === 0 ? [] : [encodeArguments(args)]),
    ...volumes.map(mountParameter),
    ...(input === undefined ? [] : [`kraft.input=${input}`]),
  ];
  return [
    ...['-M', machine.qemu, '-accel', accelerator, '-cpu', 'max', ...barriers(accelerator), '-m', memorySize(memory)],
    ...['-nodefaults', '-no-user-config', '-no-reboot', '-display', 'none'],
    ...['-chardev', consoleDevice(machine.arguments), '-serial', 'chardev:console'],
    ...['-device', 'isa-debug-exit,iobase=0xf4,iosize=4'],
    ...machine.arguments,
    ...(machine.virtio === undefined ? [] : devices({facts, ports, volumes, bus: machine.virtio})),
    ...(gdb === undefined ? [] : ['-gdb', `tcp:127.0.0.1:${gdb}`, '-S']),
    ...['-kernel', path],
    ...(words.length === 0 ? [] : ['-append', words.join(' ')]),
  ];
}

/**
 * QEMU before 8.1 leaves out the guest's memory barriers where the machine can have one CPU only, although its devices
 * run in other threads: a virtqueue's notification gets lost. Room for a second CPU keeps them (docs/qemu.md).
 */
function barriers(accelerator: Accelerator): readonly string[] {
  return accelerator === 'tcg' ? ['-smp', '1,maxcpus=2'] : [];
}

/** A platform's own arguments may join another device to the console; then Ctrl-A is QEMU's, and no byte like others. */
function consoleDevice(others: readonly string[]): string {
  const shared = others.some((argument) => /\bchardev[=:]console\b/.test(argument));
  return `stdio,id=console${shared ? ',mux=on' : ''}`;
}

/** The largest unit that says it whole; QEMU takes no part of a KiB. */
function memorySize(bytes: number): string {
  const kibibytes = Math.ceil(bytes / 1024);
  return kibibytes % 1024 === 0 ? `${kibibytes / 1024}M` : `${kibibytes}K`;
}

/** The devices that the image has drivers for, and no others: each costs QEMU time and the guest memory. */
function devices({
  facts,
  ports,
  volumes,
  bus,
}: {
  readonly facts: ImageFacts;
  readonly ports: readonly PortForward[];
  readonly volumes: readonly AttachedVolume[];
  readonly bus: 'device' | 'pci';
}): readonly string[] {
  const device = (name: string, properties = ''): readonly string[] =>
    bus === 'device'
      ? ['-device', `virtio-${name}-device${properties}`]
      : ['-device', `virtio-${name}-pci,disable-legacy=on${properties}`];
  const forwards = ports.map(({host, guest, protocol}) => `,hostfwd=${protocol}:127.0.0.1:${host}-:${guest}`);
  // A card's option ROM is for booting from the network.
  const rom = bus === 'pci' ? ',romfile=' : '';
  const wanted = [
    ...(facts.drives.some((name) => name === 'netdev')
      ? ['-netdev', `user,id=net${forwards.join('')}`, ...device('net', `,netdev=net${rom}`)]
      : []),
    ...(facts.drives.some((name) => name === 'entropy') ? device('rng') : []),
    ...volumes.flatMap((volume, index) => {
      const tag = tagOf(index);
      return volume.kind === 'folder'
        ? ['-fsdev', folderBackend(volume, tag), ...device('9p', `,fsdev=${tag},mount_tag=${tag}`)]
        : ['-drive', diskBackend(volume, tag), ...device('blk', `,drive=${tag},serial=${tag}`)];
    }),
  ];
  if (wanted.length === 0 || bus === 'pci') return wanted;
  return ['-global', 'virtio-mmio.force-legacy=false', ...wanted];
}

/** By which a guest knows a volume's device. */
function tagOf(index: number): string {
  return `v${index}`;
}

/**
 * Owners, modes and links are kept in attributes of the host's files where these can have some: the guest can make
 * what the host's user could not, and nothing on the host takes it for real.
 */
function folderBackend({path, attributes, readOnly}: AttachedVolume, id: string): string {
  const model = attributes ? 'mapped-xattr' : 'none';
  return `local,id=${id},path=${path.replaceAll(',', ',,')},security_model=${model}${readOnly ? ',readonly=on' : ''}`;
}

/**
 * A flush of the guest's is one of the host's; nobody else may write to the file meanwhile. What the host cannot do
 * is the guest's error: by itself QEMU would stop the machine, for good, where the host's disk is full.
 */
function diskBackend({path, readOnly}: AttachedVolume, id: string): string {
  const access = readOnly ? ',readonly=on' : ',discard=unmap';
  return `if=none,id=${id},file=${path.replaceAll(',', ',,')},format=raw,cache=writeback,werror=report,rerror=report${access}`;
}

/** The word of the command line that tells the guest where a volume goes. */
function mountParameter({kind, guest, readOnly}: AttachedVolume, index: number): string {
  const type = kind === 'folder' ? '9p' : 'disk';
  return `kraft.volume=${encodeArguments([`${type}:${tagOf(index)}:${guest}${readOnly ? ':ro' : ''}`])}`;
}

/** The guest writes a byte to port 0x501 when its exit status does not fit QEMU's. */
export const statusArguments: readonly string[] = [
  ...['-chardev', 'socket,id=status,fd=3'],
  ...['-device', 'isa-debugcon,iobase=0x501,chardev=status'],
];

/** What a guest says of itself to port 0x502, beside its console. */
export const traceArguments: readonly string[] = [
  ...['-chardev', 'socket,id=trace,fd=4'],
  ...['-device', 'isa-debugcon,iobase=0x502,chardev=trace'],
];
