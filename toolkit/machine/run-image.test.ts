// SPDX-License-Identifier: BSD-3-Clause

import {expect, it} from 'vitest';
import {libName} from '../base/index.ts';
import {type MemoryHostOptions, type MemoryProgram, memoryHost} from '../host/index.ts';
import type {ImageFacts} from '../plan/index.ts';
import {openImage} from './image.ts';
import {statusOf} from './outcome.ts';
import {type RunEvent, runImage} from './run-image.ts';
import {imageFacts} from './tiny-guest.ts';

const elf = Uint8Array.from([0x7f, 0x45, 0x4c, 0x46]);
const asProcess = {machines: [{name: 'process', means: '', arguments: []}], defaultMachine: 'process'};

function world({
  facts,
  program,
  files,
  ...more
}: MemoryHostOptions & {facts?: Partial<ImageFacts>; program?: MemoryProgram}) {
  return memoryHost({
    files: {...files, '/b/image.json': JSON.stringify(imageFacts(facts)), '/b/tiny.elf': elf, '/b/tiny.debug.elf': elf},
    programs: program === undefined ? {} : {'qemu-system-x86_64': program, '/b/tiny.elf': program},
    ...more,
  });
}

async function run(
  host: ReturnType<typeof memoryHost>,
  options = {},
): Promise<{console: string; events: RunEvent[]; result: unknown}> {
  const events: RunEvent[] = [];
  const image = await openImage(host, '/b');
  if (!image.ok) throw new Error(image.error[0]?.message);
  const result = await runImage(host, image.value, {...options, onEvent: (event) => events.push(event)});
  const console = events
    .map((event) => (event.reason === 'console' ? Buffer.from(event.bytes).toString() : ''))
    .join('');
  return {console, events, result: result.ok ? result.value : result.error};
}

it.each(['/b', '/b/image.json', '/b/tiny.elf', '../b'])('opens an image by %s', async (path) => {
  expect(await openImage(world({}), path)).toMatchObject({
    ok: true,
    value: {path: '/b/tiny.elf', debugPath: '/b/tiny.debug.elf'},
  });
});

it.each([
  ['/nothing', {}, 'Nothing that was built is at /nothing.', 'Build it first: kraft-ts build'],
  ['/b', {'/b/x': ''}, 'Nothing that was built is at /b.', 'Build it first: kraft-ts build'],
  [
    '/b',
    {'/b/image.json': '{'},
    'The file /b/image.json is not one that this version wrote.',
    'Build again: kraft-ts build',
  ],
  [
    '/b',
    {'/b/image.json': '{"format": 2}'},
    'The file /b/image.json is not one that this version wrote.',
    'Build again: kraft-ts build',
  ],
  [
    '/b',
    {'/b/image.json': JSON.stringify(imageFacts())},
    'The image tiny.elf is missing in /b.',
    'Build again: kraft-ts build',
  ],
  [
    '/b',
    {'/b/image.json': JSON.stringify(imageFacts()), '/b/tiny.elf': 'text'},
    'The image /b/tiny.elf is no ELF file.',
    'Build it anew: kraft-ts clean, then kraft-ts build',
  ],
])('says what is wrong with an image at %s in %o', async (path, files, message, help) => {
  expect(await openImage(memoryHost({files: {...files}}), path)).toEqual({
    ok: false,
    error: [{severity: 'error', message, help}],
  });
});

it('tells which accelerator it takes, streams the console, and ends with the app’s status', async () => {
  const host = world({
    program: ({stdout, status}) => {
      stdout('hello\n');
      status(Uint8Array.from([200]));
      return (125 << 1) | 1;
    },
  });
  const {events, console, result} = await run(host);
  expect(console).toBe('hello\n');
  expect(result).toEqual({kind: 'exited', status: 200});
  expect(events.map(({reason}) => reason)).toEqual(['accelerator', 'console', 'exited']);
  expect(host.calls[0]).toEqual(expect.arrayContaining(['-kernel', '/b/tiny.elf', 'socket,id=status,fd=3']));
});

it.each([
  [{kind: 'exited', status: 3}, 3],
  [{kind: 'panicked'}, 70],
  [{kind: 'reset'}, 70],
  [{kind: 'timed-out'}, 124],
  [{kind: 'interrupted'}, 130],
] as const)('makes of %o the status %i', (outcome, status) => {
  expect(statusOf(outcome)).toBe(status);
});

it.each([
  ['qemu-system-x86_64: -device x: no such device\n', 1, 'qemu-system-x86_64 says: -device x: no such device.'],
  ['qemu-system-x86_64:\n -device x: no such device\n', 1, 'qemu-system-x86_64 says: -device x: no such device.'],
  ['qemu: out of memory\n', 1, 'qemu-system-x86_64 says: out of memory.'],
  ['', 2, 'qemu-system-x86_64 says: ended with status 2.'],
])('takes %j and %i for a failure of QEMU', async (complaint, exitCode, message) => {
  const program: MemoryProgram = ({stderr}) => {
    stderr(complaint);
    return exitCode;
  };
  expect((await run(world({program}))).result).toEqual([{severity: 'error', message}]);
});

it.each([
  "-netdev user,id=net,hostfwd=tcp:127.0.0.1:8080-:80: Could not set up host forwarding rule 'tcp:127.0.0.1:8080-:80'",
  '-gdb tcp:127.0.0.1:8080: Failed to find an available port: Address already in use',
])('says which port was taken between the look and the start, when QEMU says %s', async (complaint) => {
  const program: MemoryProgram = () => ({exitCode: 1, stderr: `qemu-system-x86_64: ${complaint}\n`});
  const message = 'Port 8080 of this machine was taken just now.';
  const notes = [{message: `qemu-system-x86_64 says: ${complaint}.`}];
  expect((await run(world({program}))).result).toEqual([{severity: 'error', message, notes}]);
});

it.each([
  "-device virtio-9p-device,fsdev=v0,mount_tag=v0: cannot initialize fsdev 'v0': failed to open '/srv/x': Permission denied",
  "-drive if=none,id=v0,file=/srv/x,format=raw: Could not open '/srv/x': Permission denied",
])('says what the account may not open, when QEMU says %s', async (complaint) => {
  const program: MemoryProgram = () => ({exitCode: 1, stderr: `qemu-system-x86_64: ${complaint}\n`});
  const notes = [{message: `qemu-system-x86_64 says: ${complaint}.`}];
  const message = 'This account may not open /srv/x.';
  expect((await run(world({program}))).result).toEqual([{severity: 'error', message, notes}]);
});

it.each([
  'Could not access KVM kernel module: No such file or directory; failed to initialize kvm: No such file or directory',
  "error: failed to set MSR 0x10a to 0x69; ../target/i386/kvm/kvm.c:3183: kvm_buf_set_msrs: Assertion `ret == n' failed",
])('says that it is KVM that fails, and what to take instead, when QEMU says %s', async (complaint) => {
  const program: MemoryProgram = () => ({exitCode: 1, stderr: `qemu-system-x86_64: ${complaint}\n`});
  const host = world({program, files: {'/dev/kvm': ''}});
  expect((await run(host, {accelerator: 'kvm'})).result).toEqual([
    {
      severity: 'error',
      message: 'The KVM of this machine cannot execute the guest.',
      notes: [{message: `qemu-system-x86_64 says: ${complaint}.`}],
      help: 'Leave the choice to --accel auto, or take --accel tcg.',
    },
  ]);
});

it('takes status 1 with a warning for success', async () => {
  const program: MemoryProgram = () => ({exitCode: 1, stderr: 'qemu-system-x86_64: warning: TCG lacks a feature\n'});
  expect((await run(world({program}))).result).toEqual({kind: 'exited', status: 0});
});

it('kills what does not end when told to', async () => {
  const host = world({program: ({killed}) => killed.then(() => 0)});
  expect((await run(host, {timeout: 1000})).result).toEqual({kind: 'timed-out'});
});

it('symbolises a panic once, after the console has ended', async () => {
  const answer = `0x000000000001000f\nfail\n/build/project/app.c:7\n0x0000000000010020\nhelper\n/build/kit/libs/x/x.c:20\nmain\n/build/store/${'0a'.repeat(32)}/a.c:30 (discriminator 2)\n0x00000000000000ff\n??\n??:0\n`;
  const program: MemoryProgram = ({stdout}) => {
    for (const part of [
      'ok\npan',
      'ic: app: no\n  at 0x0000000000010',
      '010\n  at 0x0000000000010021\n  at 0x0000000000000100\nend\n',
    ])
      stdout(part);
    return (126 << 1) | 1;
  };
  const host = world({programs: {'qemu-system-x86_64': program, addr2line: () => ({stdout: answer})}});
  const {console, result} = await run(host);
  expect(result).toEqual({kind: 'panicked'});
  expect(console).toBe(
    'ok\npanic: app: no\n  at fail (app.c:7)\n  at helper (libs/x/x.c:20)\n  at main (a.c:30)\n  at 0x0000000000000100\nend\n',
  );
  expect(host.calls.slice(1)).toEqual([
    ['addr2line', '-f', '-i', '-a', '-e', '/b/tiny.debug.elf', '0x1000f', '0x10020', '0xff'],
  ]);
});

it('takes the first address of an exception for the instruction itself', async () => {
  const program: MemoryProgram = ({stdout}) => {
    stdout('panic: cpu: read of page zero\n  at 0x0000000000010010\n  at 0x0000000000010010\n');
    return (126 << 1) | 1;
  };
  const host = world({programs: {'qemu-system-x86_64': program, addr2line: () => 1}});
  expect((await run(host)).console).toContain('  at 0x0000000000010010\n  at 0x0000000000010010\n');
  expect(host.calls[1]?.slice(-2)).toEqual(['0x10010', '0x1000f']);
});

it('runs a program of this system as it is, with its own status', async () => {
  const program: MemoryProgram = ({args, stderr}) => {
    stderr(args.join('|'));
    return 77;
  };
  const {console, events, result} = await run(world({facts: asProcess, program}), {args: ['a b', '%']});
  expect({console, result}).toEqual({console: 'a b|%', result: {kind: 'exited', status: 77}});
  expect(events.map(({reason}) => reason)).toEqual(['console', 'exited']);
});

it('refuses a program of another system', async () => {
  const {result} = await run(world({facts: {...asProcess, arch: libName('vax')}, program: () => 0}));
  expect(result).toEqual([
    {
      severity: 'error',
      message: 'The image tiny is a program for vax, but this machine is x86_64.',
      help: 'Build it for this machine, or for a platform that QEMU can be.',
    },
  ]);
});

it('says who has a port', async () => {
  const facts = {drives: ['netdev' as ImageFacts['drives'][number]]};
  const ports = [
    {host: 8080, guest: 80, protocol: 'tcp'},
    {host: 80, guest: 80, protocol: 'tcp'},
    {host: 53, guest: 53, protocol: 'udp'},
  ];
  const table =
    '  sl  local_address rem_address   st\n   0: 0100007F:1F90 00000000:0000 0A 0:0 00:0 0 0 0 4242 1\n   1: 0100007F:0035 00000000:0000 07 0:0 00:0 0 0 0 77 1\n';
  const host = world({facts, program: () => 0, busyPorts: [8080, 80, 53]});
  await host.writeFile('/proc/net/tcp', table);
  await host.writeFile('/proc/net/udp', table);
  await host.symlink('socket:[4242]', '/proc/321/fd/5');
  await host.writeFile('/proc/321/cmdline', '/usr/sbin/httpd\0-f\0');
  expect((await run(host, {ports})).result).toEqual([
    {
      severity: 'error',
      message: 'Port 8080 of this machine is in use by httpd (process 321).',
      help: "End that with 'kill 321', or take another: -p 8081:80",
    },
    {
      severity: 'error',
      message: 'Port 80 of this machine may be opened by root only.',
      help: 'Take another: -p 8080:80',
    },
    {severity: 'error', message: 'Port 53/udp of this machine is in use.', help: 'Take another: -p 54:53/udp'},
  ]);
});
