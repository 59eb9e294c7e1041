// SPDX-License-Identifier: BSD-3-Clause
// How an image ends, and what the command's exit status says of it.

import {spawn} from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, onTestFinished, test} from 'vitest';
import {appFiles, libManifest, kraftfile as withKeys} from '../rig/files.ts';
import {temporaryProject} from '../rig/project.ts';
import {repository} from '../rig/repository.ts';
import {freePort, spawnTool, startTool} from '../rig/tool.ts';

const kraftfile =
  'spec: v1\nname: app\nneeds: [libc]\ncmd: [echo, from the Kraftfile]\ntargets: [kvm/x86_64, linuxu/x86_64]\n';

/** Does what its arguments say, so that one build serves every test. */
const program = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static volatile int *volatile nowhere;

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "nothing";
    puts(what);
    if (strcmp(what, "echo") == 0)
        for (int i = 2; i < argc; i++)
            printf("[%s]\\n", argv[i]);
    if (strcmp(what, "crash") == 0)
        return *nowhere;
    if (strcmp(what, "hoard") == 0) {
        unsigned pages = 0;
        while (malloc(4096) != NULL)
            pages++;
        puts(pages > 100 ? "full, after many pages" : "full at once");
    }
    while (strcmp(what, "spin") == 0)
        ;
    return strcmp(what, "exit") == 0 ? atoi(argv[2]) : 0;
}
`;

/** A lib that wants more than there is. */
const greedy = `#include <kraft/alloc.h>
#include <kraft/base.h>

int greedy_start(void);

int greedy_start(void)
{
    return kr_alloc_allocate((size_t)1 << 40) == NULL ? -KR_ENOMEM : 0;
}
`;

let folder = '';

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'kraft-ts-')));
  writeFileSync(path.join(folder, 'Kraftfile'), kraftfile);
  writeFileSync(path.join(folder, 'main.c'), program);
  for (const platform of ['kvm', 'linuxu']) await spawnTool(['build', '--plat', platform], {cwd: folder});
});

afterAll(() => rmSync(folder, {recursive: true, force: true}));

const run = (words: readonly string[]) => spawnTool(['run', ...words], {cwd: folder});

describe.each(['kvm', 'linuxu'])('on %s', (platform) => {
  const on = ['--plat', platform];

  test.each([0, 7, 119, 120, 125, 126, 255])("the app's exit status %i becomes the command's", async (status) => {
    expect((await run([...on, '--', 'exit', String(status)])).status).toBe(status);
  });

  test('arguments after -- reach the app, blanks, quotes and all', async () => {
    const words = ['a b', "it's", '"x"', '100%', '--flag', 'ü'];
    const {out} = await run([...on, '--', 'echo', ...words]);
    expect(out.replaceAll('\r', '')).toBe(`echo\n${words.map((word) => `[${word}]\n`).join('')}`);
  });

  test("the Kraftfile's cmd counts where the command line names none", async () => {
    expect((await run(on)).out.replaceAll('\r', '')).toBe('echo\n[from the Kraftfile]\n');
  });

  test('a panic says who and what and where, and has a status of its own', async () => {
    const {status, out} = await run([...on, '--', 'crash']);
    expect(status).toBe(70);
    expect(out).toMatch(/^panic: [a-z0-9-]+: /m);
    expect(out).toMatch(/^ {2}at main \(main\.c:\d+\)/m);
  });

  test('an endless app ends with --timeout', async () => {
    const {status, error} = await run([...on, '--timeout', '0.5', '--', 'spin']);
    expect(status).toBe(124);
    expect(error).toContain('Stopped after 0.5 s, as --timeout says.\n');
  });

  test('Ctrl-C ends the guest and leaves nothing behind', async () => {
    const tool = startTool(['run', ...on, '--', 'spin'], {cwd: folder});
    await tool.waitFor('spin');
    const [guest] = childrenOf(tool.process.pid ?? 0);
    expect(guest).toBeDefined();
    tool.process.kill('SIGINT');
    expect((await tool.ended).status).toBe(130);
    expect(readProc(guest ?? 0, 'cmdline')).toBeUndefined();
  });

  test('a tool that is killed takes its guest along', async () => {
    const tool = startTool(['run', ...on, '--', 'spin'], {cwd: folder});
    await tool.waitFor('spin');
    const [guest] = childrenOf(tool.process.pid ?? 0);
    expect(readProc(guest ?? 0, 'stat')).toBeDefined();
    tool.process.kill('SIGKILL');
    await tool.ended;
    const lives = (): boolean => readProc(guest ?? 0, 'stat')?.includes(') Z') === false;
    for (let turn = 0; turn < 100 && lives(); turn++) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(lives()).toBe(false);
  });
});

test('an app that takes all memory is told so, and goes on', async () => {
  const {status, out} = await run(['-m', '4M', '--', 'hoard']);
  expect({status, out: out.replaceAll('\r', '')}).toEqual({status: 0, out: 'hoard\nfull, after many pages\n'});
});

test('a lib that gets too little memory to start is named', {timeout: 60_000}, async () => {
  const {folder} = temporaryProject({
    ...appFiles({Kraftfile: withKeys("libraries: {greedy: '*'}\ntargets: [kvm/x86_64, linuxu/x86_64]\n")}),
    'libs/greedy/lib.yaml': libManifest('greedy', 'needs: {alloc: ^1}\nstarts: greedy_start\n'),
    'libs/greedy/src/greedy.c': greedy,
  });
  for (const platform of ['kvm', 'linuxu']) {
    const {status, out} = await spawnTool(['run', '--plat', platform], {cwd: folder});
    expect({status, first: out.split(/\r?\n/)[0]}).toEqual({
      status: 70,
      first: 'panic: greedy: does not start: too little memory; give the machine more (error -12)',
    });
  }
});

test('--print prints a command for a shell, and runs nothing', async () => {
  const {status, out} = await run(['--print', '-m', '8M', '--', 'x y']);
  expect(status).toBe(0);
  expect(out).toMatch(/^qemu-system-\w+ .* -m 8M .*-append x%20y\n$/);
  expect(JSON.parse((await run(['--print', '-m', '8M', '--json'])).out)).toContain('8M');
});

test('--gdb waits for a debugger, and says how to attach it', async () => {
  const port = await freePort();
  const {status, error} = await run(['--gdb', '--gdb-port', String(port), '--timeout', '0.5']);
  expect(status).toBe(124);
  expect(error).toMatch(
    new RegExp(`^Waiting for a debugger: gdb \\S+\\.debug\\.elf -ex 'target remote :${port}'$`, 'm'),
  );
});

test('--gdb says nothing of waiting where there is no machine to debug', async () => {
  const {status, error} = await run(['--plat', 'linuxu', '--gdb']);
  expect(status).toBe(1);
  expect(error.replaceAll(folder, 'PROJECT')).toBe(
    'error: The image app is a program of this system, without a machine to debug it through.\n  help: gdb PROJECT/.kraft/build/linuxu-x86_64/app.elf\n',
  );
});

test.each(['microvm', 'q35', 'pc'])('the machine %s boots it', async (machine) => {
  expect((await run(['--machine', machine, '--', 'exit', '9'])).status).toBe(9);
});

test('the machine that the Kraftfile names boots it', async () => {
  const own = temporaryProject(appFiles({Kraftfile: `${kraftfile}machine: q35\n`, 'main.c': program}));
  const {status, error} = await spawnTool(['run', '--', 'exit', '8'], {cwd: own.folder});
  expect(status, error).toBe(8);
  const printed = await spawnTool(['run', '--no-build', '--print'], {cwd: own.folder});
  expect(printed.out).toMatch(/ -M q35[ ,]/);
});

test('with --json the output is the outcome alone, and the console goes to the error stream', async () => {
  const {out, error} = await run(['--json', '--', 'exit', '3']);
  expect(JSON.parse(out)).toEqual({kind: 'exited', status: 3});
  expect(error).toContain('exit');
});

test.each([
  ['check', []],
  ['run', ['--', 'spin']],
])('%s says so when its output cannot be written, and leaves nothing behind', async (verb, words) => {
  const full = openSync('/dev/full', 'w');
  onTestFinished(() => closeSync(full));
  const tool = spawn(process.execPath, [path.join(repository, 'bin/kraft-ts.mjs'), verb, '-C', folder, ...words], {
    stdio: ['ignore', full, 'pipe'],
  });
  let error = '';
  tool.stderr?.on('data', (chunk: Buffer) => void (error += chunk.toString()));
  const status = await new Promise((resolve) => tool.on('close', resolve));
  expect({status, error: error.replace(/^TCG, because .*\n/m, '')}).toEqual({
    status: 1,
    error: 'error: The output cannot be written: ENOSPC: no space left on device, write.\n',
  });
  expect(childrenOf(1).filter((pid) => readProc(pid, 'cmdline')?.includes(folder) === true)).toEqual([]);
});

test('whoever reads the output may stop reading', async () => {
  const tool = startTool(['list', '--json'], {cwd: folder});
  tool.process.stdout.destroy();
  expect((await tool.ended).error).toBe('');
});

/** Processes of this system, by /proc. */
function childrenOf(parent: number): readonly number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return all.filter((pid) => readProc(pid, 'stat')?.split(') ').at(-1)?.split(' ')[1] === String(parent));
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}
