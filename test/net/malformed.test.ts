// SPDX-License-Identifier: BSD-3-Clause
// Frames that no honest peer sends, through QEMU to a booted apps/http, which goes on serving.

import {spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {repository} from '../rig/repository.ts';
import {spawnTool} from '../rig/tool.ts';
import {arp, at, flag, ipv4, ipv6, mended, patched, ping, ping6, tcp, udp} from './raw-frames.ts';
import {openWire, type Wire} from './raw-wire.ts';

/** A machine whose cores others share may be slow. */
vi.setConfig({testTimeout: 60_000, hookTimeout: 120_000});

const get = 'GET / HTTP/1.1\r\n\r\n';
let folder = '';
let wire: Wire;
let machine: ReturnType<typeof spawn>;
let shown = '';
let port = 20_000;

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'kraft-ts-')));
  const app = join(repository, 'apps/http');
  const kraftfile = readFileSync(join(app, 'Kraftfile'), 'utf8').replace(
    /^libraries: .*$/m,
    "libraries: {netdev-virtio: '*', netstack-lwip: {options: {address: '10.0.2.15/24,10.0.2.2'}}}",
  );
  writeFileSync(join(folder, 'Kraftfile'), kraftfile);
  writeFileSync(join(folder, 'http.c'), readFileSync(join(app, 'http.c')));
  const printed = await spawnTool(['run', '--print', '--json'], {cwd: folder});
  expect(printed, printed.error).toMatchObject({status: 0});
  wire = openWire(join(folder, 'wire'));
  const [program = '', ...words] = JSON.parse(printed.out) as string[];
  machine = spawn(
    program,
    words.map((word) => (word.startsWith('user,id=net') ? wire.netdev : word)),
    {stdio: ['ignore', 'pipe', 'inherit']},
  );
  machine.stdout?.setEncoding('utf8').on('data', (text: string) => void (shown += text));
  await wire.connected;
  while (!shown.includes('listening')) await pause(10);
  await served();
});

afterAll(() => {
  machine.kill('SIGKILL');
  wire.close();
  rmSync(folder, {recursive: true, force: true});
});

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Over a new connection, and on the machine that was booted first. */
async function served(): Promise<void> {
  port += 1;
  expect(await wire.request(port, get)).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*<h1>It boots\.<\/h1>\n$/);
  expect(machine.exitCode).toBe(null);
  expect(shown).toBe('http: listening on port 80\n');
}

/** Numbers that repeat. Marsaglia, "Xorshift RNGs", 2003. */
let random = 2_463_534_242;
function below(limit: number): number {
  random ^= random << 13;
  random ^= random >>> 17;
  random ^= random << 5;
  return (random >>> 0) % limit;
}

const syn = tcp({from: 9999, sequence: 1, flags: flag.syn, options: [2, 4, 5, 0xb4]});
const datagram = udp(68, Buffer.alloc(300));
const sound: readonly Buffer[] = [
  syn,
  datagram,
  ping(56),
  ping6(),
  arp(1),
  tcp({from: 9, sequence: 7, flags: flag.ack, text: get}),
];
const numbers = (count: number): readonly number[] => Array.from({length: count}, (_, index) => index);
const lengths = [0, 1, 7, 8, 19, 20, 39, 40, 1500, 0x7fff, 0x8000, 0xffff];
const asBytes = (value: number): readonly [number, number] => [value >> 8, value & 0xff];

/** Fragments of one datagram: offsets in eights of a byte, sizes, and whether more are said to follow. */
const fragments = (id: number, parts: readonly (readonly [number, number, boolean])[]): readonly Buffer[] =>
  parts.map(([offset, size, more]) =>
    mended(ipv4(17, Buffer.alloc(size, 'f'), {id, fragment: (more ? 0x2000 : 0) | offset})),
  );

const attacks: Readonly<Record<string, readonly Buffer[]>> = {
  'frames cut at every byte': sound.flatMap((frame) =>
    // QEMU takes a frame of no bytes for a card that is full, and waits for ever.
    numbers(Math.min(frame.length, 120)).map((size) => frame.subarray(0, size + 1)),
  ),
  'frames larger than any that may be': [1515, 1519, 2048, 4096, 9000, 65_000].flatMap((size) => [
    Buffer.concat([ping(56), Buffer.alloc(size - 98)]),
    ping(size - 42 > 0xffff - 28 ? 0xffff - 28 : size - 42),
  ]),
  'wrong checksums': sound.flatMap((frame) => [
    patched(frame, at.ip + 10, 0xde, 0xad),
    patched(frame, at.payload + 16, 0xde, 0xad),
    patched(frame, at.payload + 6, 0xbe, 0xef),
    patched(frame, at.payload + 2, 0xbe, 0xef),
  ]),
  'lengths that lie': lengths.flatMap((length) => [
    mended(patched(syn, at.ip + 2, ...asBytes(length))),
    mended(patched(datagram, at.payload + 4, ...asBytes(length))),
    patched(datagram, at.payload + 4, ...asBytes(length)),
    patched(ping6(), at.ip + 4, ...asBytes(length)),
  ]),
  'headers that are none': numbers(16).flatMap((size) => [
    mended(patched(syn, at.ip, 0x40 | size)),
    mended(patched(syn, at.ip, (size << 4) | 5)),
    mended(patched(syn, at.payload + 12, size << 4)),
    patched(arp(1), at.ip, size, 0xff, size, 0xff, size * 17, size * 16),
  ]),
  'options that go on for ever': [
    [2, 0, 0, 0],
    [2, 255, 5, 180],
    [5, 1, 1, 1],
    [3, 3, 255, 1],
    [8, 10, 0, 0],
    [253, 0, 253, 0],
  ].map((options) => tcp({from: 9998, sequence: 1, flags: flag.syn, options})),
  'flags that contradict themselves': numbers(256).map((flags) => tcp({from: 9997, sequence: flags, flags, text: 'x'})),
  'fragments that overlap': [
    ...fragments(1, [
      [0, 64, true],
      [4, 64, true],
      [2, 8, false],
    ]),
    ...fragments(2, [
      [0, 1480, true],
      [1, 8, false],
    ]),
    ...fragments(3, [
      [8, 64, false],
      [0, 128, true],
      [0, 128, true],
    ]),
    ...fragments(4, [
      [0x1fff, 1400, false],
      [0, 8, true],
    ]),
    ...fragments(5, [
      [0, 0, true],
      [0, 1, true],
      [0, 7, false],
    ]),
  ],
  'fragments of what never comes whole': numbers(500).flatMap((id) => fragments(1000 + id, [[10, 800, true]])),
  'headers of IPv6 that lead nowhere': [0, 43, 44, 60, 51, 135].flatMap((next) =>
    [0, 1, 8, 255].map((size) => ipv6(next, Buffer.from([next, size, 0xff, 0xff, 0, 0, 0, 1, 58, 0, 0, 0]))),
  ),
};

test.each(Object.entries(attacks))('goes on serving after %s', async (_, frames) => {
  for (const frame of frames) wire.put(frame);
  await served();
});

test('goes on serving after 6,000 frames with bytes of chance', async () => {
  for (let round = 0; round < 6000; round++) {
    const frame = Buffer.from(sound[below(sound.length)] ?? syn);
    for (let change = 0; change <= below(4); change++) frame[12 + below(frame.length - 12)] = below(256);
    const cut = below(8) === 0 ? frame.subarray(0, 1 + below(frame.length)) : frame;
    wire.put(below(2) === 0 ? mended(cut) : cut);
    if (round % 200 === 199) await pause(5);
  }
  await served();
});
