// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {nodeHost} from '../host/index.ts';
import type {Image} from './image.ts';
import type {MachineOptions} from './machine.ts';
import {machineFor} from './machine-for.ts';
import {type StartOptions, start} from './start.ts';
import {leave, say, tinyGuest} from './tiny-guest.ts';

const host = nodeHost();
let folder: string;
beforeAll(async () => {
  folder = await host.makeTemporaryFolder('kraft-ts-machine-');
});
afterAll(() => host.remove(folder));

let count = 0;
function guest(code: string, differs = {}): Promise<Image> {
  count += 1;
  return tinyGuest(host, {folder: join(folder, String(count)), code, differs});
}

async function boot(
  image: Image,
  options: Omit<MachineOptions, 'volumes'> &
    Omit<Partial<StartOptions>, 'onEvent'> & {onBytes?: (bytes: Uint8Array) => void} = {},
): Promise<{console: string; result: unknown}> {
  const machine = machineFor(image, {...options, accelerator: 'tcg'});
  if (!machine.ok) return {console: '', result: machine.error};
  const chunks: Uint8Array[] = [];
  const result = await start(host, machine.value, {
    timeout: 15_000,
    ...options,
    onEvent: (event) => {
      if (event.reason !== 'console') return;
      chunks.push(event.bytes);
      options.onBytes?.(event.bytes);
    },
  });
  return {console: Buffer.concat(chunks).toString(), result: result.ok ? result.value : result.error};
}

it.each(['small', 'large', 'old'])(
  'boots on the machine %s with 1 MiB, and passes console and status on',
  async (machine) => {
    const image = await guest(`${say('hello\n')}\n${leave(7)}`);
    expect(await boot(image, {machine, memory: 1024 * 1024})).toEqual({
      console: 'hello\n',
      result: {kind: 'exited', status: 7},
    });
  },
);

it.each([
  [leave(0), {kind: 'exited', status: 0}],
  [leave(119), {kind: 'exited', status: 119}],
  [`movw $0x501, %dx; movb $200, %al; outb %al, %dx; ${leave(125)}`, {kind: 'exited', status: 200}],
  [`movw $0x501, %dx; movb $125, %al; outb %al, %dx; ${leave(125)}`, {kind: 'exited', status: 125}],
  [leave(126), {kind: 'panicked'}],
  ['lidt nowhere; int3; .data; nowhere: .long 0, 0; .text', {kind: 'reset'}],
])('takes %s for its outcome', async (code, outcome) => {
  expect((await boot(await guest(code))).result).toEqual(outcome);
});

it('passes bytes on unchanged, and all of them', async () => {
  // As a driver does: waits until the UART takes a byte (line status, bit 5).
  const code = `movl $250000, %ecx
    again: movw $0x3fd, %dx; inb %dx, %al; testb $0x20, %al; jz again
    movw $0x3f8, %dx; movb %cl, %al; outb %al, %dx; loop again; ${leave(0)}`;
  const bytes: number[] = [];
  await boot(await guest(code), {onBytes: (chunk) => bytes.push(...chunk)});
  expect(bytes).toHaveLength(250_000);
  expect(bytes.every((byte, index) => byte === ((250_000 - index) & 0xff))).toBe(true);
});

it('hands arguments to the guest, encoded', async () => {
  const code = `movl 24(%ebx), %esi; movw $0x3f8, %dx; next: lodsb; testb %al, %al; jz done; outb %al, %dx; jmp next; done: ${leave(0)}`;
  const {console} = await boot(await guest(code), {args: ['plain', 'a b%', '', 'é']});
  expect(console).toBe('plain a%20b%25 %00 é');
});

it('gives a guest what it reads, and nothing by default', async () => {
  const code = `movw $0x3fd, %dx; inb %dx, %al; testb $1, %al; jz none; ${leave(1)}; none: ${leave(0)}`;
  expect((await boot(await guest(code))).result).toEqual({kind: 'exited', status: 0});
});

it('turns the addresses of a panic into functions and lines', async () => {
  const address = 'movl $inner + 1, %ebx; call hexadecimal';
  const code = `movl $0x20000, %esp; ${say('before\npanic: cpu: on purpose\n  at 0x')}
    ${address}
    ${say('\n  at 0x0000000000000001\n')}
    ${leave(126)}
    hexadecimal: movl $8, %ecx; ${say('00000000')}
    digit: roll $4, %ebx; movl %ebx, %eax; andl $15, %eax; movb digits(%eax), %al; movw $0x3f8, %dx; outb %al, %dx; loop digit; ret
    .globl inner
    .type inner, @function
    inner: nop; nop; ret
    .size inner, . - inner
    .data
    digits: .ascii "0123456789abcdef"`;
  const {console, result} = await boot(await guest(code));
  expect(result).toEqual({kind: 'panicked'});
  expect(console).toMatch(
    /^before\npanic: cpu: on purpose\n {2}at inner \(.*guest\.S:\d+\)\n {2}at 0x0000000000000001\n$/,
  );
});

it('ends a guest that takes too long', async () => {
  const began = Date.now();
  expect((await boot(await guest(`${say('on')}\nhlt; jmp .`), {timeout: 400})).result).toEqual({kind: 'timed-out'});
  expect(Date.now() - began).toBeLessThan(5000);
});

it('ends a guest when it is interrupted, and leaves no process behind', async () => {
  const image = await guest(`${say('on')}\nhlt; jmp .`);
  const stop = new AbortController();
  const machine = machineFor(image, {accelerator: 'tcg'});
  if (!machine.ok) throw new Error('no machine');
  const outcome = await start(host, machine.value, {signal: stop.signal, onEvent: () => stop.abort()});
  expect(outcome).toEqual({ok: true, value: {kind: 'interrupted'}});
  expect(await host.run('pgrep', ['-f', image.path])).toMatchObject({exitCode: 1});
});

it('forwards ports, and says who has one that is taken', async () => {
  const image = await guest(`${say('on')}\nhlt; jmp .`, {drives: ['netdev', 'entropy']});
  const {createServer} = await import('node:net');
  const server = createServer();
  const port = await new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : 0);
    }),
  );
  const forward = {ports: [{host: port, guest: 80, protocol: 'tcp'}]} as const;
  expect((await boot(image, forward)).result).toEqual([
    {
      severity: 'error',
      message: expect.stringMatching(
        new RegExp(`^Port ${port} of this machine is in use by \\S.* \\(process ${process.pid}\\)\\.$`),
      ),
      help: `End that with 'kill ${process.pid}', or take another: -p ${port + 1}:80`,
    },
  ]);
  await new Promise((resolve) => server.close(resolve));
  for (const machine of ['small', 'large', 'old']) {
    const stop = new AbortController();
    let free = true;
    let asked = false;
    const onBytes = (): void => {
      if (asked) return;
      asked = true;
      void host.portIsFree(port).then((answer) => {
        free = answer;
        stop.abort();
      });
    };
    expect((await boot(image, {...forward, machine, signal: stop.signal, onBytes})).result).toEqual({
      kind: 'interrupted',
    });
    expect(free).toBe(false);
  }
});

it('says what QEMU says when it dies on its own', async () => {
  const image = await guest(leave(0), {machines: [{name: 'small', means: '', qemu: 'no-such-machine', arguments: []}]});
  expect((await boot(image)).result).toEqual([
    {severity: 'error', message: expect.stringContaining('unsupported machine type')},
  ]);
});

it('says so when the image is for another arch', async () => {
  const image = await guest(leave(0));
  const elf = (await host.readBytes(image.path)) ?? new Uint8Array();
  await host.writeFile(
    image.path,
    elf.map((byte, index) => (index === 18 ? 183 : byte)),
  ); // e_machine
  expect((await boot(image)).result).toEqual([
    {
      severity: 'error',
      message: `The image ${image.path} is not one that the machine small can boot.`,
      notes: [{message: 'qemu-system-x86_64 says: Error while loading elf kernel.'}],
      help: 'Build it anew: kraft-ts clean, then kraft-ts build',
    },
  ]);
});

it('says which package brings a QEMU that is missing', async () => {
  const image = await guest(leave(0), {qemu: 'qemu-system-pdp_11'});
  expect((await boot(image)).result).toEqual([
    {
      severity: 'error',
      message: 'The program qemu-system-pdp_11, which makes the machine, is missing.',
      help: 'sudo apt-get install -y qemu-system-pdp-11',
    },
  ]);
});
