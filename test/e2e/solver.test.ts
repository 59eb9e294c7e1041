// SPDX-License-Identifier: BSD-3-Clause
// What the verbs about the solver say, as transcripts: on a small catalog, so that they do not change with the libs.

import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {appFiles, kraftfile} from '../rig/files.ts';
import {filesOf, testGoldens} from '../rig/golden.ts';
import {temporaryProject} from '../rig/project.ts';
import {readRepositoryFile} from '../rig/repository.ts';
import {spawnTool} from '../rig/tool.ts';
import {openDesk, transcript} from './solver-transcript.ts';

/** The input: files, each under `== path`, the last of them the commands. */
testGoldens(path.join(import.meta.dirname, 'solver-golden'), (input) => {
  const {commands = '', ...files} = filesOf(input);
  return transcript(files, commands.trim().split('\n'));
});

describe('docs/verbs.md', () => {
  const blocks = [...readRepositoryFile('docs/verbs.md').matchAll(/```(yaml|console)\n(.*?)```/gs)];
  let kraftfile = '';
  for (const [, language, text = ''] of blocks) {
    if (language === 'yaml') {
      kraftfile = text;
      continue;
    }
    const lines = text.split('\n').filter((line) => line.startsWith('$ '));
    const given = kraftfile;
    test(`says what comes of ${lines[0]}`, async () => {
      expect(await transcript({Kraftfile: given}, lines)).toBe(text.trimEnd());
    });
  }
});

const small = 'spec: v1\nname: shop\nneeds: [sched]\ntargets: [kvm/x86_64]\n';

test('a change that clashes is not written, and status 1 says so', async () => {
  const desk = openDesk({Kraftfile: small.replace('kvm', 'linuxu')});
  expect((await desk.run('choose console console-uart')).status).toBe(1);
  expect(desk.read('Kraftfile')).toBe(small.replace('kvm', 'linuxu'));
  const json = JSON.parse((await desk.run('choose console console-uart --json')).said);
  expect(json.diagnostics).toHaveLength(1);
  expect(json.repairs.map((repair: {text: string}) => repair.text)).toEqual([
    'Do not choose console-uart for console.',
    'Build for the platform kvm instead of linuxu.',
  ]);
  expect((await desk.run('choose console console-uart --apply 2')).status).toBe(0);
  expect(desk.read('Kraftfile')).toBe(small.replace('targets', 'choose: {console: console-uart}\ntargets'));
});

test('what a repair turns on and off is told where the lock knows what there was', async () => {
  const desk = openDesk({Kraftfile: small});
  expect((await desk.run('solve --update')).status).toBe(0);
  desk.write('Kraftfile', `${small}choose: {console: console-uart}\n`.replace('kvm', 'linuxu'));
  expect((await desk.run('solve')).said).not.toMatch(/ on: /);
  desk.write('Kraftfile', `${small}libraries: {sched-coop: '*', sched-preempt: '*'}\n`);
  const {status, said} = await desk.run('solve');
  expect(status).toBe(1);
  expect(said).toContain(['  1. Do without sched-coop.', '     on:  sched-preempt', '     off: sched-coop'].join('\n'));
});

test('each target counts, unless one is named or has no image anyway', async () => {
  const both = small.replace('[kvm/x86_64]', '[kvm/x86_64, linuxu/x86_64]');
  const desk = openDesk({Kraftfile: both});
  expect((await desk.run('set sched-preempt ^1')).status).toBe(1);
  expect((await desk.run('set sched-preempt ^1 --plat kvm')).status).toBe(0);
  expect((await desk.run('set memory 8M')).status).toBe(0);
  expect(desk.read('Kraftfile')).toContain('memory: 8 MiB\n');
});

test('a file that is right already is left alone, line ends and all', async () => {
  const odd = small.replaceAll('\n', '\r\n').trimEnd();
  const desk = openDesk({Kraftfile: odd});
  expect(await desk.run('set name shop')).toEqual({status: 0, said: 'Kraftfile says so already.\n'});
  expect(desk.read('Kraftfile')).toBe(odd);
});

test('--locked refuses what the lock does not say', async () => {
  const desk = openDesk({Kraftfile: small});
  expect((await desk.run('solve --locked')).said).toBe(
    'error: There is no kraft.lock, and --locked asks for one.\n  help: Run kraft-ts build without --locked, which writes the lock, and keep it with the Kraftfile.\n',
  );
  expect((await desk.run('solve --update')).status).toBe(0);
  expect((await desk.run('solve --locked')).status).toBe(0);
  desk.write('Kraftfile', `${small}minimize: size\n`);
  for (const verb of ['solve', 'build', 'run']) {
    expect(await desk.run(`${verb} --locked`)).toEqual({
      status: 1,
      said: `error: kraft.lock no longer says what goes into the image for kvm/x86_64.
  note: "minimize" of the Kraftfile is not what it was.
  note: alloc-tlsf 1.2.0 is no longer in the image.
  note: alloc-bump 1.0.0 is not in the lock.
  help: Run kraft-ts build without --locked, which writes the lock, and keep it with the Kraftfile.
`,
    });
  }
});

test('--json, --dot and --dimacs are for programs', async () => {
  const desk = openDesk({Kraftfile: small});
  const whatIf = JSON.parse((await desk.run('solve --if +netstack --json')).said);
  expect(whatIf.difference.added.map((lib: {name: string}) => lib.name)).toEqual(['netstack-tiny']);
  expect(whatIf.after.libs).toBe(whatIf.before.libs + 1);
  const drawn = spawnSync('dot', ['-Tplain'], {input: (await desk.run('solve --dot')).said, encoding: 'utf8'});
  expect(drawn.error, 'Graphviz, which scripts/setup.sh --test installs').toBeUndefined();
  expect(drawn.stderr).toBe('');
  expect(drawn.stdout).toMatch(/^edge "?sched-coop"? "?alloc-tlsf"? .* alloc /m);
  expect((await desk.run('solve --dimacs')).said).toMatch(/\np cnf \d+ \d+\n/);
  expect(JSON.parse((await desk.run('set memory 8M --json')).said).lines).toEqual([
    {kind: 'added', line: 4, text: 'memory: 8 MiB'},
  ]);
});

test('a deadline that is over at once finds nothing, and says so', async () => {
  expect(await openDesk({Kraftfile: small}).run('solve --deadline 0.001')).toEqual({
    status: 1,
    said: 'error: Nothing was found within 0.001 s: neither an image nor that there is none.\n  help: Give it more time, or leave --deadline out.\n',
  });
});

test('a file that changes while it is looked at is left as it then is', async () => {
  const desk = openDesk({Kraftfile: small});
  const after = `${small}# by somebody else\n`;
  const meanwhile = desk.whenAskedAgain('Kraftfile', () => desk.write('Kraftfile', after));
  expect(await meanwhile.run('set memory 8M')).toEqual({
    status: 1,
    said: 'error: Kraftfile was changed by somebody else meanwhile. Nothing was written.\n  help: Look at it, and run the command again.\n',
  });
  expect(desk.read('Kraftfile')).toBe(after);
});

test('what if agrees with a real build', {timeout: 240_000}, async () => {
  const {folder} = temporaryProject(appFiles({Kraftfile: kraftfile('targets: [kvm/x86_64]\n')}));
  const tell = async (words: readonly string[]) => {
    const result = await spawnTool([...words, '--json'], {cwd: folder});
    expect(result.status, result.out + result.error).toBe(0);
    return JSON.parse(result.out);
  };
  const namesOf = (libs: readonly {name: string}[]): readonly string[] => libs.map((lib) => lib.name);
  const fileBytes = (facts: {segments: readonly {fileSize: number}[]}): number =>
    facts.segments.reduce((sum, {fileSize}) => sum + fileSize, 0);

  const first = await tell(['build']);
  const before = namesOf((await tell(['solve'])).libs);
  const thought = await tell(['solve', '--if', 'minimize=size']);
  const {difference, built} = await tell(['solve', '--if', 'minimize=size', '--build']);
  expect(difference).toEqual(thought.difference);
  expect(difference.added.length).toBeGreaterThan(0);
  expect(built.before).toEqual(first.facts);
  expect(await tell(['solve'])).toMatchObject({libs: before.map((name) => ({name}))}); // nothing was written
  const own = path.join(folder, '.kraft/build/kvm-x86_64/image.json');
  expect(JSON.parse(readFileSync(own, 'utf8'))).toEqual(first.facts); // `run` boots what the Kraftfile says
  // With one image built, what libs add is all that is estimated.
  expect(Math.abs(thought.before.size - fileBytes(first.facts))).toBeLessThan(64);
  expect(Math.abs(thought.after.size - fileBytes(built.after))).toBeLessThan(fileBytes(first.facts) / 8);

  await tell(['set', 'minimize', 'size']);
  expect((await tell(['build'])).facts).toEqual(built.after);
  const promised = [
    ...before.filter((name) => !namesOf(difference.removed).includes(name)),
    ...namesOf(difference.added),
  ].sort();
  const locked = parse(readFileSync(path.join(folder, 'kraft.lock'), 'utf8')).targets['kvm/x86_64'].libs;
  expect(Object.keys(locked).sort()).toEqual(promised);
  const owners: readonly string[] = built.after.shares.map((share: {owner: string}) => share.owner);
  const rest = ['app', 'generated', 'alignment'];
  expect(owners.filter((owner) => !rest.includes(owner)).sort()).toEqual(
    promised.filter((name) => owners.includes(name)),
  );

  const calls = await spawnTool(['solve', '--if', 'libc=libc-musl', '--build'], {cwd: folder});
  expect(calls.out).toMatch(/^size {4}[\d.]+ KiB → [\d.]+ KiB \(\+[\d.]+ KiB\)$/m);
  expect(calls.out).toMatch(/^calls {3}0 → \d+ system calls\n {6}\+ .*\bset_tid_address\b/m);
});

const mistakes: Readonly<Record<string, readonly [command: string, status: number, said: string]>> = {
  'a wish that is none': [
    'solve --if sched',
    1,
    'error: Expected +LIB, -LIB or NAME=VALUE for --if, but was "sched".\n',
  ],
  'an unknown lib in a wish': [
    'solve --if +netstack-tyni',
    1,
    'error: There is no key, lib or interface "netstack-tyni".\n  help: Did you mean "netstack-tiny"?\n',
  ],
  'no wish': ['solve --if', 2, 'error: --if needs a value: --if WISH.\n'],
  'nothing to build': [
    'solve --build',
    2,
    'error: --build is for what would be otherwise, but there is no --if.\n  help: Add --if WISH, or run kraft-ts build.\n',
  ],
  'a repair without a number': [
    'solve --apply first',
    2,
    'error: Expected the number of a repair for --apply, but was "first".\n',
  ],
  'a deadline without a number': [
    'solve --deadline soon',
    2,
    'error: Expected seconds for --deadline, but was "soon".\n',
  ],
  'an unknown key': [
    'set memroy 8M',
    1,
    'error: There is no key, lib or interface "memroy".\n  help: Did you mean "memory"?\n',
  ],
  'a key that is set entry by entry': [
    'unset libraries',
    1,
    'error: The key "libraries" is not set as a whole.\n  help: kraft-ts set LIB RANGE asks for one lib.\n',
  ],
  'an option without its lib': [
    'set tcp-connections 8',
    1,
    'error: "tcp-connections" is an option of a lib: say of which.\n  help: For example: netstack-tiny.tcp-connections\n',
  ],
  'an option of an unknown lib': [
    'set netstack-tyni.mode fast',
    1,
    'error: There is no lib "netstack-tyni".\n  help: Did you mean "netstack-tiny"?\n',
  ],
  'an unknown option': [
    'set netstack-tiny.mod fast',
    1,
    `Kraftfile:4:39: error: The lib "netstack-tiny" has no option "mod".
  4 | libraries: {netstack-tiny: {options: {mod: fast}}}
    |                                       ~~~
  help: Did you mean "mode"?
`,
  ],
  'a value that is too large': [
    'set netstack-tiny.tcp-connections 1000',
    1,
    `Kraftfile:4:56: error: Expected a whole number from 1 to 256, but was 1000.
  4 | libraries: {netstack-tiny: {options: {tcp-connections: 1000}}}
    |                                                        ~~~~
  note: tcp-connections: TCP connections open at once. (libs/netstack-tiny/lib.yaml:12:3)
  12 |   tcp-connections: {type: integer, range: [1, 256], default: 16, means: TCP connections open at once.}
     |   ~~~~~~~~~~~~~~~
`,
  ],
  'too little memory': [
    'set memory 1K',
    1,
    `Kraftfile:4:9: error: Expected a size of at least 64 KiB, but was "1 KiB".
  4 | memory: 1 KiB
    |         ~~~~~
`,
  ],
  'an unknown goal': [
    'set minimize sise',
    1,
    `Kraftfile:4:11: error: Expected one of size, boot, surface or memory, but was "sise".
  4 | minimize: sise
    |           ~~~~
  help: Did you mean "size"?
`,
  ],
  'an unknown interface': [
    'choose shced sched-coop',
    1,
    'error: There is no interface "shced".\n  help: Did you mean "sched"?\n',
  ],
  'a lib that does not provide it': [
    'choose sched alloc-bump',
    1,
    `Kraftfile:4:17: error: The lib "alloc-bump" does not provide "sched".
  4 | choose: {sched: alloc-bump}
    |                 ~~~~~~~~~~
  note: alloc-bump provides alloc. (libs/alloc-bump/lib.yaml:1:7)
  1 | name: alloc-bump
    |       ~~~~~~~~~~
  help: sched-coop and sched-preempt do.
`,
  ],
  'an unknown lib to explain': [
    'why-not sched-prempt',
    1,
    'error: The catalog has no "sched-prempt".\n  help: Did you mean "sched-preempt"?\n',
  ],
};

test.each(Object.entries(mistakes))('%s', async (_, [line, status, said]) => {
  const desk = openDesk({Kraftfile: small});
  expect(await desk.run(line)).toEqual({status, said});
  expect(desk.read('Kraftfile')).toBe(small);
});
