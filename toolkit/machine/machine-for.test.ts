// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {expect, it} from 'vitest';
import {testGoldens} from '../../test/rig/golden.ts';
import type {Result} from '../base/index.ts';
import type {ImageFacts} from '../plan/index.ts';
import {commandLine} from './command-line.ts';
import {machineFor} from './machine-for.ts';
import {formatSize, parseMemorySize} from './memory-size.ts';
import {parsePortForward} from './port-forward.ts';
import {imageFacts} from './tiny-guest.ts';

interface Case {
  readonly facts?: Partial<ImageFacts>;
  readonly machine?: string;
  readonly memory?: string;
  readonly ports?: readonly string[];
  readonly args?: readonly string[];
  readonly gdb?: number;
  readonly accelerator?: 'kvm' | 'tcg';
}

testGoldens(join(import.meta.dirname, 'golden'), (input) => {
  const {facts, memory, ports = [], accelerator = 'tcg', ...options}: Case = JSON.parse(input);
  const image = {facts: imageFacts(facts), path: '/build/tiny.elf', debugPath: '/build/tiny.debug.elf'};
  const machine = machineFor(image, {
    ...options,
    ports: ports.map((port) => value(parsePortForward(port))),
    ...(memory === undefined ? {} : {memory: value(parseMemorySize(memory))}),
    accelerator,
  });
  if (!machine.ok) return machine.error.map(({message, help}) => `${message}\n  help: ${help ?? '—'}`).join('\n');
  const {statusArgs} = machine.value;
  return `${commandLine(machine.value).replaceAll(' -', '\n  -')}\nand for the status:${statusArgs.join(' ').replaceAll(/(^| )-/g, '\n  -')}`;
});

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error[0]?.message);
  return result.value;
}

it.each([
  ['64M', 64 * 1024 * 1024],
  ['64Mi', 64 * 1024 * 1024],
  ['64 MiB', 64 * 1024 * 1024],
  ['512k', 512 * 1024],
  ['1.5G', 1536 * 1024 * 1024],
  ['64', undefined],
  ['0M', undefined],
  ['-1M', undefined],
  ['lots', undefined],
])('reads the size of memory %s', (text, bytes) => {
  const size = parseMemorySize(text);
  expect(size.ok ? size.value : undefined).toBe(bytes);
  if (!size.ok) expect(size.error[0]?.message).toBe(`Expected a size of memory with its unit, but was '${text}'.`);
});

it.each([
  [1024 ** 3, '1 GiB'],
  [1536 * 1024, '1536 KiB'],
  [5, '5 bytes'],
])('writes the size %i', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text);
});

it.each([
  ['8080:80', {host: 8080, guest: 80, protocol: 'tcp'}],
  ['8080:80/tcp', {host: 8080, guest: 80, protocol: 'tcp'}],
  ['5353:53/udp', {host: 5353, guest: 53, protocol: 'udp'}],
  ['80', undefined],
  ['0:80', undefined],
  ['80:65536', undefined],
  ['80:80/sctp', undefined],
])('reads the ports %s', (text, forward) => {
  const result = parsePortForward(text);
  expect(result.ok ? result.value : undefined).toEqual(forward);
});
