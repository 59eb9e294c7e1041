// SPDX-License-Identifier: BSD-3-Clause
// Programs on musl: as on the host, byte for byte, and Lua from its own source.

import {execFileSync, spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {repository} from '../rig/repository.ts';
import {times} from '../rig/soak.ts';
import {spawnTool, type ToolResult} from '../rig/tool.ts';

const platforms = ['linuxu', 'kvm'];
/** Each compiles the whole of musl once on a machine. */
const compilers = ['gcc', 'clang'].slice(0, times(1, 2));
let folder = '';
let lua: ToolResult | undefined;

const inFolder = (name: string) => path.join(folder, name);

/** The first build on a machine compiles musl; all others find it in the store. */
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'kraft-ts-posix-')));
  const projects = {program: path.join(import.meta.dirname, 'program'), lua: path.join(repository, 'apps/lua')};
  for (const [name, from] of Object.entries(projects))
    cpSync(from, inFolder(name), {recursive: true, filter: (file) => path.basename(file) !== '.kraft'});
  for (const platform of platforms) {
    const built = await spawnTool(['build', '--plat', platform], {cwd: inFolder('program')});
    expect(built, built.error).toMatchObject({status: 0});
    lua = await spawnTool(['build', '--plat', platform], {cwd: inFolder('lua')});
    expect(lua, lua.error).toMatchObject({status: 0});
  }
}, 900_000);

afterAll(() => rmSync(folder, {recursive: true, force: true}));

const run = async (
  project: string,
  platform: string,
  words: readonly string[],
  flags: readonly string[] = [],
): Promise<ToolResult> => {
  const result = await spawnTool(['run', '--plat', platform, ...flags, '--', ...words], {cwd: inFolder(project)});
  return {...result, out: result.out.replaceAll('\r', '')};
};

describe.each(platforms)('on %s', (platform) => {
  test('a C program prints what it prints on the host, byte for byte, and ends as there', async () => {
    const source = path.join(inFolder('program'), 'main.c');
    for (const compiler of compilers) {
      // In which order arguments are evaluated, and what becomes of a malloc that nobody uses, is each compiler's own.
      const host = inFolder(`host-${compiler}`);
      execFileSync(compiler, ['-O2', '-w', '-ffreestanding', '-D_GNU_SOURCE', '-o', host, source, '-lm']);
      const there = spawnSync(host, {encoding: 'utf8'});
      const here = await run('program', platform, ['all'], ['--compiler', compiler]);
      expect(here.out).toBe(there.stdout);
      expect(here.status).toBe(there.status);
    }
  });

  test('a call that is not there says so once, by its name', async () => {
    const {out} = await run('program', platform, ['absent']);
    expect(out.match(/the system call fork \(57\) is not there: ENOSYS, at 0x[0-9a-f]{16}\n/g)).toHaveLength(1);
    expect(out.match(/^fork -1 1$/gm)).toHaveLength(3);
  });

  test('Lua runs a script', async () => {
    const {out, status} = await run('lua', platform, ['-e', 'print("hello from", _VERSION) os.exit(7)']);
    expect(out).toBe('hello from\tLua 5.4\n');
    expect(status).toBe(7);
  });

  test('Lua sorts, formats, collects garbage and catches errors', async () => {
    const script = [
      'local t = {} for i = 1, 20000 do t[i] = (i * 7919) % 20011 end table.sort(t)',
      'print(t[1], t[20000], string.format("%.14g", math.pi))',
      'for i = 1, 50 do local s = {} for j = 1, 1000 do s[j] = tostring(j) end end collectgarbage()',
      'print(select(2, pcall(error, "caught")), io.open("/nowhere"), os.getenv("NOBODY"))',
    ];
    const {out} = await run('lua', platform, ['-e', script.join(' ')]);
    expect(out).toBe('1\t20010\t3.1415926535898\ncaught\tnil\tnil\n');
  });
});

const programs = {
  polling: 'pipes, events, timers, poll, select and epoll',
  local: 'sockets of AF_UNIX',
  signals: 'signals that end waits, timers that send them, and signalfd',
  proc: 'texts of /proc',
  strings: 'functions of strings at every alignment, length and end of a page',
};

test.each(platforms.flatMap((platform) => Object.entries(programs).map((one) => [platform, ...one] as const)))(
  'on %s, %s: %s are as on the host',
  async (platform, name) => {
    const project = inFolder(name);
    cpSync(path.join(import.meta.dirname, name), project, {recursive: true});
    const program = inFolder(`${name}-on-host`);
    execFileSync('gcc', ['-O2', '-w', '-D_GNU_SOURCE', '-pthread', '-o', program, path.join(project, 'main.c')]);
    const there = spawnSync(program, {encoding: 'utf8'});
    const here = await run(name, platform, []);
    expect(here.out).toBe(there.stdout);
    expect(here.status).toBe(there.status);
  },
  120_000,
);

/** Runs a program of test/posix over a scheduler, and on the host; returns the project. */
async function asOnHost(name: string, {sched, platform}: {sched: string; platform: string}): Promise<void> {
  const project = inFolder(`${name}-${sched}`);
  cpSync(path.join(import.meta.dirname, name), project, {recursive: true});
  const kraftfile = path.join(project, 'Kraftfile');
  writeFileSync(kraftfile, readFileSync(kraftfile, 'utf8').replace('choose: {', `choose: {sched: ${sched}, `));
  const program = inFolder(`${name}-on-host`);
  execFileSync('gcc', ['-O2', '-w', '-D_GNU_SOURCE', '-pthread', '-o', program, path.join(project, 'main.c')]);
  const there = spawnSync(program, {encoding: 'utf8'});
  const here = await run(path.basename(project), platform, []);
  expect(here.out).toBe(there.stdout);
  expect(here.status).toBe(there.status);
}

describe.each(['sched-coop', 'sched-preempt'])('threads of %s', (sched) => {
  test.each(platforms)(
    'on %s are as on the host',
    async (platform) => {
      await asOnHost('threads', {sched, platform});
      const project = `threads-${sched}`;
      for (const words of [['overflow'], ['overflow', 'again']]) {
        const over = await run(project, platform, words);
        expect(over.out).toMatch(/^panic: cpu: write to the guard page of memory mapped without access at 0x/m);
      }
      expect((await run(project, platform, ['exhaust'])).out).toBe('exhaust 1 1\n');
    },
    120_000,
  );

  test.each(platforms)(
    'on %s are cancelled as on the host',
    (platform) => asOnHost('cancel', {sched, platform}),
    120_000,
  );
});

test.each(platforms)(
  'on %s, signals and cancellation reach threads that compute, as on the host',
  (platform) => asOnHost('computing', {sched: 'sched-preempt', platform}),
  120_000,
);

test('a family of sockets that is not there is told once, with what to need', async () => {
  const project = inFolder('family');
  const kraftfile = 'spec: v1\nname: family\nneeds: [libc, sockets]\nchoose: {libc: libc-musl}\n';
  const source = `#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
int main(void)
{
    for (int i = 0; i < 2; i++)
        if (socket(AF_INET, SOCK_STREAM, 0) < 0)
            printf("%d\\n", errno == EAFNOSUPPORT);
    printf("%d\\n", socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
    return 0;
}
`;
  mkdirSync(project);
  writeFileSync(path.join(project, 'Kraftfile'), `${kraftfile}targets: [linuxu/x86_64]\n`);
  writeFileSync(path.join(project, 'main.c'), source);
  const {out} = await run('family', 'linuxu', []);
  const lines = out.split('\n').sort();
  expect(lines).toEqual([
    '',
    '1',
    '1',
    '1',
    "syscall-sockets-vfs: there are no sockets of AF_INET: EAFNOSUPPORT. The Kraftfile can need 'internet'.",
  ]);
}, 120_000);

test('what is absent is told by its first call, with what to need', async () => {
  const project = inFolder('absent');
  const kraftfile = 'spec: v1\nname: absent\nneeds: [libc]\nchoose: {libc: libc-musl}\ntargets: [linuxu/x86_64]\n';
  const source = `#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
int main(void)
{
    int files[2];
    timer_t timer;
    for (int i = 0; i < 2; i++) {
        printf("%d", pipe(files));
        printf(" %d\\n", errno == ENOSYS);
        printf("%d", socketpair(AF_UNIX, SOCK_STREAM, 0, files));
        printf(" %d\\n", errno == ENOSYS);
        printf("%d", timer_create(CLOCK_REALTIME, NULL, &timer));
        printf(" %d\\n", errno == ENOSYS);
    }
    return 0;
}
`;
  mkdirSync(project);
  writeFileSync(path.join(project, 'Kraftfile'), kraftfile);
  writeFileSync(path.join(project, 'main.c'), source);
  const {out} = await run('absent', 'linuxu', []);
  const lines = out.split('\n').filter((line) => line !== '');
  expect(lines.filter((line) => line === '-1 1')).toHaveLength(6);
  expect(lines.filter((line) => line !== '-1 1')).toEqual([
    "syscall-polling-none: pipe is not there: ENOSYS. The Kraftfile can need 'polling'.",
    "syscall-sockets-none: socketpair is not there: ENOSYS. The Kraftfile can need 'sockets'.",
    "syscall-timers-none: timer_create is not there: ENOSYS. The Kraftfile can need 'timers'.",
  ]);
}, 120_000);

test.each(platforms)(
  'on %s, memory is as on the host, and runs out without harm',
  async (platform) => {
    const project = inFolder('memory');
    cpSync(path.join(import.meta.dirname, 'memory'), project, {recursive: true});
    const program = inFolder('memory-on-host');
    execFileSync('gcc', ['-O2', '-w', '-D_GNU_SOURCE', '-o', program, path.join(project, 'main.c')]);
    const there = spawnSync(program, {encoding: 'utf8'});
    expect((await run('memory', platform, ['as', 'there'])).out).toBe(there.stdout);
    expect(await run('memory', platform, ['exhaust'])).toMatchObject({
      out: 'exhaust 1 0\nexhaust 1 0\nagain 1 1\n',
      status: 0,
    });
  },
  120_000,
);

test('files on the file layer are as on the host', async () => {
  const project = inFolder('files');
  cpSync(path.join(import.meta.dirname, 'files'), project, {recursive: true});
  const program = inFolder('files-on-host');
  execFileSync('gcc', ['-O2', '-w', '-D_GNU_SOURCE', '-o', program, path.join(project, 'main.c')]);
  const there = spawnSync(program, [inFolder('empty')], {encoding: 'utf8'});
  const here = await spawnTool(['build'], {cwd: project}).then(() => run('files', 'linuxu', ['/empty']));
  expect(here.out).toBe(there.stdout);
  expect(here.status).toBe(there.status);
}, 120_000);

describe('the image', () => {
  const image = () => path.join(inFolder('program'), '.kraft/build/kvm-x86_64/program.debug.elf');

  test('another image does not compile musl again', () => {
    expect(`${lua?.out}${lua?.error}`).not.toContain('compile libc-musl');
  });

  test('has the calls that the program reaches, and no others', () => {
    const symbols = execFileSync('nm', [image()], {encoding: 'utf8'});
    expect(symbols).toContain(' kr_syscall_getppid\n');
    expect(symbols).not.toContain(' kr_syscall_renameat\n');
    expect(symbols).not.toContain(' libc_musl_call_any\n');
  });

  test('getppid takes at most 12 instructions, the call of it included', () => {
    const count = ['getppid', 'kr_syscall_getppid'].reduce((sum, symbol) => sum + instructionsOf(image(), symbol), 1);
    expect(count).toBeLessThanOrEqual(12);
  });
});

/** Of a function without jumps. */
function instructionsOf(file: string, symbol: string): number {
  const text = execFileSync('objdump', ['-d', `--disassemble=${symbol}`, file], {encoding: 'utf8'});
  const lines = text.split('\n').filter((line) => /^ +[0-9a-f]+:\t/.test(line));
  expect(lines.join('\n')).not.toMatch(/\tj\w+ /);
  return lines.length;
}
