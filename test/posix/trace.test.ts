// SPDX-License-Identifier: BSD-3-Clause
// `run --trace syscalls` prints what strace prints of the same program on Linux, and leaves all else as it was.
// UPDATE_GOLDEN=1 asks strace anew.

import {execFileSync} from 'node:child_process';
import {cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {readRepositoryFile, repositoryFiles} from '../rig/repository.ts';
import {spawnTool} from '../rig/tool.ts';

const platforms = ['linuxu', 'kvm'];
const golden = path.join(import.meta.dirname, 'trace/as-strace.txt');
let folder = '';

beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'kraft-ts-trace-')));
  cpSync(path.join(import.meta.dirname, 'trace'), folder, {recursive: true});
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, `${stracedHere()}\n`);
});

afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** From one write to no file to the other. */
function compared(text: string): string {
  return /^write\(-1, "begin"[\s\S]*^write\(-1, "end".*$/m.exec(text)?.[0] ?? text;
}

function stracedHere(): string {
  const program = path.join(folder, 'on-host');
  const empty = path.join(folder, 'empty');
  const trace = path.join(folder, 'strace.txt');
  mkdirSync(empty);
  execFileSync('gcc', ['-O2', '-w', '-D_GNU_SOURCE', '-pthread', '-o', program, path.join(folder, 'main.c')]);
  execFileSync('strace', ['-o', trace, program], {cwd: empty});
  return compared(readFileSync(trace, 'utf8'));
}

const run = (words: readonly string[]) => spawnTool(['run', ...words], {cwd: folder});

describe.each(platforms)('on %s', (platform) => {
  const image = (variant: string) => path.join(folder, `.kraft/build/${platform}-x86_64${variant}/trace.elf`);

  test('each call is shown as strace shows it, byte for byte, beside the output of the app', async () => {
    const {out, error, status} = await run(['--plat', platform, '--trace', 'syscalls']);
    expect(`${compared(error)}\n`).toBe(readFileSync(golden, 'utf8'));
    expect(error).toMatch(/^exit_group\(0\) {27}= \?\n\+\+\+ exited with 0 \+\+\+$/m);
    expect({out: out.replaceAll('\r', ''), status}).toEqual({out: 'out\n', status: 0});
  }, 300_000);

  test('a call that waits is seen at once, and its end when another thread has spoken meanwhile', async () => {
    const {out, error, status} = await run(['--plat', platform, '--trace', 'syscalls', '--', 'threads']);
    const lines = [
      /^\[pid {5}2\] read\(3, {2}<unfinished ...>$/m,
      /^\[pid {5}1\] write\(4, "go", 2\) {11}= 2$/m,
      /^\[pid {5}2\] <... read resumed>"go", 10\) = 2$/m,
      /^\[pid {5}2\] exit\(0\) {21}= \?$/m,
      /^\[pid {5}1\] exit_group\(3\) {15}= \?$/m,
    ];
    for (const line of lines) expect(error).toMatch(line);
    expect({out: out.replaceAll('\r', ''), status}).toEqual({out: 'joined\n', status: 3});
  }, 300_000);

  test('the image that is not traced is what it would be without, and so is its lock', async () => {
    const before = await spawnTool(['build', '--plat', platform], {cwd: folder});
    expect(before, before.error).toMatchObject({status: 0});
    const [bytes, lock] = [readFileSync(image('')), readFileSync(path.join(folder, 'kraft.lock'))];
    await run(['--plat', platform, '--trace', 'syscalls', '--locked']);
    expect(readFileSync(image('')).equals(bytes)).toBe(true);
    expect(readFileSync(path.join(folder, 'kraft.lock')).equals(lock)).toBe(true);
    const symbols = (file: string) => execFileSync('nm', [file.replace(/elf$/, 'debug.elf')], {encoding: 'utf8'});
    expect(symbols(image(''))).not.toContain('__wrap_kr_syscall');
    expect(symbols(image('-traced'))).toContain(' __wrap_kr_syscall_getpid\n');
  }, 300_000);
});

test('what cannot be traced is told', async () => {
  const unknown = await run(['--plat', 'linuxu', '--trace', 'syscall']);
  expect(unknown.status).toBe(1);
  expect(unknown.error).toContain(
    'error: Nothing that could be traced is called "syscall".\n  help: There is syscalls.',
  );
  const plain = path.join(folder, 'plain');
  mkdirSync(plain);
  writeFileSync(path.join(plain, 'Kraftfile'), 'spec: v1\nname: plain\nneeds: [print]\ntargets: [linuxu/x86_64]\n');
  writeFileSync(path.join(plain, 'main.c'), 'int main(void) { return 0; }\n');
  const none = await spawnTool(['run', '--trace', 'syscalls'], {cwd: plain});
  expect(none.status).toBe(1);
  expect(none.error).toContain('error: The image plain has no syscalls to trace.');
  expect(existsSync(path.join(plain, 'kraft.lock'))).toBe(false);
});

test('the table of the tracer has every call of every concern', () => {
  const rows = [...readRepositoryFile('libs/syscall-tracer/src/calls.h').matchAll(/^ {4}CALL\((\w+), /gm)].map(
    ([, name]) => name,
  );
  const symbols = repositoryFiles()
    .filter((file) => /^libs\/interfaces\/syscall-[^/]+\/interface\.yaml$/.test(file))
    .flatMap((file) => [...readRepositoryFile(file).matchAll(/^ {2}- kr_syscall_(\w+)$/gm)].map(([, name]) => name));
  expect([...rows, 'clone'].sort()).toEqual(symbols.sort());
});
