// SPDX-License-Identifier: BSD-3-Clause
// Not a byte of a console is lost, however slow whoever reads it is, and however soon the guest ends.

import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, expect, onTestFinished, test} from 'vitest';
import {repository} from '../rig/repository.ts';
import {spawnTool} from '../rig/tool.ts';

const kraftfile = 'spec: v1\nname: talker\nneeds: [console, libc, print]\ntargets: [kvm/x86_64, linuxu/x86_64]\n';
const program = `#include <kraft/console.h>
#include <kraft/print.h>
#include <stdlib.h>

/* With a number: so many bytes, in lines of 64 with their ends. Else what it reads, to the end. */
int main(int argc, char **argv)
{
    int count = argc > 1 ? atoi(argv[1]) : 0;
    char bytes[64];

    for (int done = 0; done < count; done += 64) {
        for (int i = 0; i < 63; i++)
            bytes[i] = (char)('a' + done / 64 % 26);
        bytes[63] = '\\n';
        kr_print_write(bytes, count - done < 64 ? (size_t)(count - done) : 64);
    }
    while (argc <= 1 && !kr_console_input_is(KR_CONSOLE_ENDED))
        kr_print_write(bytes, kr_console_drivers[0]->read(bytes, sizeof(bytes)));
    return kr_console_input_is(KR_CONSOLE_STREAM);
}
`;

/** What the guest says when it is told to say so many bytes. */
function said(count: number): string {
  const byteAt = (at: number): string => (at % 64 === 63 ? '\n' : String.fromCharCode(97 + (Math.floor(at / 64) % 26)));
  return Array.from({length: count}, (_, at) => byteAt(at)).join('');
}

let folder = '';

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'kraft-ts-')));
  writeFileSync(path.join(folder, 'Kraftfile'), kraftfile);
  writeFileSync(path.join(folder, 'main.c'), program);
  for (const platform of ['kvm', 'linuxu']) {
    const built = await spawnTool(['build', '--plat', platform], {cwd: folder});
    expect(built, built.error).toMatchObject({status: 0});
  }
}, 120_000);

afterAll(() => rmSync(folder, {recursive: true, force: true}));

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Reads at its leisure: before the first look at the stream and after each it rests. */
async function readSlowly(child: ChildProcess, rests: readonly number[]): Promise<string> {
  onTestFinished(() => void child.kill('SIGKILL'));
  const {stdout} = child;
  if (stdout === null) throw new Error('no output');
  const left = [...rests];
  let text = '';
  const rest = (): void => {
    const time = left.shift();
    if (time === undefined) return;
    stdout.pause();
    void sleep(time).then(() => stdout.resume());
  };
  stdout.setEncoding('latin1').on('data', (more: string) => {
    text += more;
    rest();
  });
  rest();
  await once(stdout, 'end');
  return text;
}

/** The machine without the tool: its output is a socket that nobody but the test reads. */
async function machine(count: number): Promise<ChildProcess> {
  const printed = await spawnTool(['run', '--print', '--json', '--no-build', '--', `${count}`], {cwd: folder});
  const [program = '', ...words] = JSON.parse(printed.out) as string[];
  return spawn(program, words, {stdio: ['ignore', 'pipe', 'inherit']});
}

test('a guest waits for a reader that rests', {timeout: 60_000}, async () => {
  expect(await readSlowly(await machine(8192), [800, 400, 200, 200, 200])).toBe(said(8192));
});

// A socket takes 278 pieces of one byte; QEMU holds two more, which an exit would take along.
test.each([278, 279, 280])('the last of %i bytes is out before the guest ends', {timeout: 60_000}, async (count) => {
  expect(await readSlowly(await machine(count), [800])).toBe(said(count));
});

test.each(['kvm', 'linuxu'])('%s: the tool passes everything on to a slow reader', {timeout: 60_000}, async (plat) => {
  const count = plat === 'kvm' ? 20_000 : 1_000_000;
  const tool = spawn(
    process.execPath,
    [path.join(repository, 'bin/kraft-ts.mjs'), 'run', '--plat', plat, '--no-build', '--', `${count}`],
    {cwd: folder, stdio: ['ignore', 'pipe', 'ignore']},
  );
  expect(await readSlowly(tool, [1500, 200, 200])).toBe(said(count));
});

test.each(['kvm', 'linuxu'])(
  '%s: input that is there before the guest arrives whole, each byte of it, and then its end',
  {timeout: 60_000},
  async (plat) => {
    const line = Buffer.from(Array.from({length: 20_000}, (_, at) => at)).toString('latin1');
    const tool = spawn(
      process.execPath,
      [path.join(repository, 'bin/kraft-ts.mjs'), 'run', '--plat', plat, '--no-build'],
      {cwd: folder, stdio: ['pipe', 'pipe', 'ignore']},
    );
    const ended = once(tool, 'close');
    tool.stdin.end(line, 'latin1');
    expect(await readSlowly(tool, [])).toBe(line);
    expect(await ended).toEqual([1, null]);
  },
);
