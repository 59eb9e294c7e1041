// SPDX-License-Identifier: BSD-3-Clause

import {spawnSync} from 'node:child_process';
import {describe, expect, test} from 'vitest';
import {temporaryProject} from '../test/rig/project.ts';
import {runTool} from '../test/rig/tool.ts';
import {verbs} from './verbs.ts';

const kraftfile = 'spec: v1\nname: shop\nneeds: [libc]\n';

describe('the command line', () => {
  test.each([
    ['a verb that is nearly one', ['biuld'], 'error: Unknown verb "biuld".\n  help: Did you mean "build"?\n'],
    ['a verb that is none', ['frobnicate'], 'error: Unknown verb "frobnicate".\n  help: See kraft-ts --help.\n'],
    [
      'a flag that is nearly one',
      ['run', '--tmeout', '3'],
      'error: Unknown flag --tmeout.\n  help: Did you mean --timeout?\n',
    ],
    ['a flag that is none', ['check', '--xyzzy'], 'error: Unknown flag --xyzzy.\n  help: See kraft-ts check --help.\n'],
    ['a short flag that is none', ['check', '-z'], 'error: Unknown flag -z.\n  help: See kraft-ts check --help.\n'],
    ['a value that is missing', ['run', '--machine'], 'error: --machine needs a value: --machine NAME.\n'],
    [
      'a flag where a value belongs',
      ['run', '--machine', '--print'],
      'error: --machine needs a value: --machine NAME.\n',
    ],
    ['a value where none belongs', ['check', '--json=yes'], 'error: --json takes no value, but has "yes".\n'],
    [
      'a value that is not to be had',
      ['run', '--accel', 'kmv'],
      'error: Expected auto, kvm or tcg for --accel, but was "kmv".\n  help: Did you mean "kvm"?\n',
    ],
    [
      'an argument too many',
      ['run', 'hello'],
      'error: Unexpected argument "hello".\n  help: Arguments for the app stand after --.\n',
    ],
    [
      'an argument too few',
      ['why'],
      'error: NAME is missing: A lib, platform, arch or interface.\n  help: See kraft-ts why --help.\n',
    ],
    [
      'a verb of two words without the second',
      ['lib'],
      'error: lib is the first of two words.\n  help: There is new, test, bench, measure, check, pack, publish, compare or import.\n',
    ],
    [
      'a second word that is nearly one',
      ['lib', 'compair'],
      'error: Unknown verb "lib compair".\n  help: Did you mean "lib compare"?\n',
    ],
    [
      'a size that is none',
      ['clean', '--shrink', '500M'],
      'error: Expected a size such as "500 MiB" for --shrink, but was "500M".\n  help: Did you mean "500 MiB"?\n',
    ],
    [
      'a flag with two values',
      ['lib', 'new', 'x-mine', '--provides', 'alloc', '--provides', 'sched'],
      'error: --provides has two values: "alloc" and "sched".\n  help: Say which one.\n',
    ],
    ['words after -- that nobody reads', ['check', '--', 'x'], 'error: kraft-ts check takes nothing after --.\n'],
  ])('%s', async (_, words, message) => {
    const end = words.indexOf('--');
    const cut = end === -1 ? words.length : end;
    const result = await runTool([...words.slice(0, cut), ...words.slice(cut)], temporaryProject().folder);
    expect(result).toEqual({status: 2, out: '', error: message});
  });

  test('-C may stand before the verb', async () => {
    const {folder} = temporaryProject({Kraftfile: kraftfile});
    const result = await runTool(['-C', folder, 'check'], '/');
    expect(result.status).toBe(0);
  });
});

describe('help', () => {
  test('the overview has a line for each verb', async () => {
    const {status, out} = await runTool(['--help'], '/');
    expect(status).toBe(0);
    for (const {name, summary} of verbs)
      expect(out).toMatch(new RegExp(`^  ${name} +${summary.replace(/[.]/g, '\\.')}$`, 'm'));
  });

  test.each(verbs.map((verb) => [verb.name, verb] as const))(
    '%s --help names every flag, status and example',
    async (name, verb) => {
      const {status, out} = await runTool([...name.split(' '), '--help'], '/');
      expect(status).toBe(0);
      for (const flag of Object.keys(verb.flags)) expect(out).toContain(`--${flag}`);
      expect(out).toMatch(/^ {2}130 {2,}Ctrl-C\.$/m);
      expect(out.slice(out.indexOf('Examples:')).match(/^ {2}\$ kraft-ts /gm)?.length).toBe(verb.examples.length);
      expect(out).not.toMatch(/\{[a-z]+\}(?! )/);
      expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(130);
      expect(await runTool(['help', ...name.split(' ')], '/')).toEqual({status, out, error: ''});
    },
  );
});

describe('completion', () => {
  test('bash completes verbs, flags and values', async () => {
    const {out} = await runTool(['completion', 'bash'], '/');
    expect(complete(out, ['bu'])).toEqual(['build']);
    expect(complete(out, ['run', '--acc'])).toEqual(['--accel']);
    expect(complete(out, ['run', '--accel', 't'])).toEqual(['tcg']);
    expect(complete(out, ['-C', '/tmp', 'che'])).toEqual(['check']);
    expect(complete(out, ['completion', 'f'])).toEqual(['fish']);
    expect(complete(out, ['menu'])).toEqual(['menuconfig']);
    expect(complete(out, ['li'])).toEqual(['list', 'lib']);
    expect(complete(out, ['lib', 'comp'])).toEqual(['compare']);
    expect(complete(out, ['lib', 'compare', '--comp'])).toEqual(['--compiler']);
  });

  test.each(['zsh', 'fish'])('%s has every verb and flag', async (shell) => {
    const {status, out} = await runTool(['completion', shell], '/');
    expect(status).toBe(0);
    for (const {name, flags} of verbs) {
      for (const word of name.split(' ')) expect(out).toContain(word);
      for (const flag of Object.keys(flags)) expect(out).toContain(flag);
    }
  });

  test('another shell is refused', async () => {
    const result = await runTool(['completion', 'tcsh'], '/');
    expect(result).toEqual({status: 2, out: '', error: 'error: Expected bash, zsh or fish, but was "tcsh".\n'});
  });
});

/** What bash would offer after these words. */
function complete(script: string, words: readonly string[]): readonly string[] {
  const asked = `${script}\nCOMP_WORDS=(kraft-ts ${words.join(' ')}); COMP_CWORD=${words.length}\n_kraft_ts 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return spawnSync('bash', ['-c', asked], {encoding: 'utf8'}).stdout.trim().split('\n');
}
