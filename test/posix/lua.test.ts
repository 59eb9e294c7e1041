// SPDX-License-Identifier: BSD-3-Clause
// Lua runs scripts of its root file system, and its own test suite; they print what they print under the same Lua on the host.

import {execFileSync, spawnSync} from 'node:child_process';
import {cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {repository} from '../rig/repository.ts';
import {times} from '../rig/soak.ts';
import {spawnTool} from '../rig/tool.ts';
import {laySuite, suiteTests} from './lua-suite.ts';

/** With the memory that a stack of a million slots takes until Lua says that it overflows. */
const machine = {kvm: ['-m', '256M'], linuxu: []};
const scripts = path.join(import.meta.dirname, 'lua');
let folder = '';

/** Tests that fill a stack of a million slots: on the emulated machine, seconds each. */
const slow = new Set([
  'test-suite/coroutine: stack overflow',
  'test-suite/errors: error lines in stack overflow',
  'test-suite/errors: several tests that exhaust the Lua stack',
  'test-suite/errors: too many results',
]);

/** Tests that end in an error, on the host too, and why: they were written for 5.3, or to see that error. */
const errors: Readonly<Record<string, string>> = {
  'test-suite/bitwise: testing bitwise operations': 'texts are no operands of bits in 5.4',
  "test-suite/calls: test error in 'print'": 'print calls no global tostring in 5.4',
  'test-suite/calls: testing binary chunks': 'the header of compiled code is another in 5.4',
  'test-suite/closure: testing equality': 'each evaluation makes a closure of its own in 5.4',
  'test-suite/constructs: testing priorities': 'texts are no operands of bits in 5.4',
  'test-suite/db: line hook': 'a loop in one line is one line to the hook in 5.4',
  'test-suite/db: vararg': 'the name of such a local is (vararg) in 5.4',
  'test-suite/db: tests for manipulating non-registered locals (C and Lua temporaries)':
    'the name of such a local is (C temporary) in 5.4',
  'test-suite/db: testing local function information': 'the name of such a local is (temporary) in 5.4',
  'test-suite/db: test tagmethod information': 'the name is index, not __index, in 5.4',
  'test-suite/db: testing debug functions on chunk without debug info':
    'the name of such a local is (temporary) in 5.4',
  'test-suite/errors: upvalues being indexed do not go to the stack':
    'arithmetic on a text is a metamethod, which names no variable, in 5.4',
  'test-suite/errors: float->integer conversions': 'texts are no operands of bits in 5.4',
  'test-suite/goto: goto': 'a label may not repeat one that encloses it in 5.4',
  'test-suite/literals: Error in escape sequences': 'an escape \\u may name a point to 2^31 in 5.4',
  'test-suite/math: testing order (floats can represent all integers)': 'integers have 32 bits in fengari',
  'test-suite/math: avoiding errors at compile time': 'texts are no operands of bits in 5.4',
  'test-suite/math: interval too large': 'no interval is too large for math.random in 5.4',
  'test-suite/strings: errors in format': 'the messages are others in 5.4',
  'test-suite/tpack: testing initial position': 'position 0 is the first one in 5.4',
  'test-suite/utf8: error in initial position for offset': 'the message is another in 5.4',
  'test-suite/utf8: codepoints': 'the message is another in 5.4',
  'lbaselib: error': 'wants the error',
  'lbaselib: error, protected': 'wants the error',
  'lbaselib: assert': 'wants the error',
  'ldebug: luaG_typeerror': 'wants the error',
  'ldebug: luaG_typeerror (2)': 'wants the error',
  'ldebug: luaG_typeerror (3)': 'wants the error',
  'ldebug: luaG_typeerror (4)': 'wants the error',
  'ldebug: luaG_concaterror': 'wants the error',
  'ldebug: luaG_opinterror': 'wants the error',
  'ldebug: luaG_tointerror': 'wants the error',
  'load: loadfile (binary)': 'reads what 5.3 compiled',
  'loadlib: package.loadlib': 'loads a library in JavaScript',
  'ltm: __newindex: with non table': 'wants the error',
};

beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'kraft-ts-lua-')));
  const filter = (file: string) => path.basename(file) !== '.kraft';
  cpSync(path.join(repository, 'apps/lua'), folder, {recursive: true, filter});
  cpSync(scripts, path.join(folder, 'root/scripts'), {recursive: true});
  laySuite(path.join(folder, 'root'), slow);
});

afterAll(() => rmSync(folder, {recursive: true, force: true}));

/** Builds where that is needed, and runs. */
const run = async (platform: keyof typeof machine, words: readonly string[]) => {
  const kraftfile = readFileSync(path.join(repository, 'apps/lua/Kraftfile'), 'utf8');
  writeFileSync(path.join(folder, 'Kraftfile'), kraftfile.replace('linuxu: {options: {', '$&memory: 256 MiB, '));
  const {out, status} = await spawnTool(['run', '--plat', platform, ...machine[platform], '--', ...words], {
    cwd: folder,
  });
  return {out: out.replaceAll('\r', ''), status};
};

/** Lua on the host, from the sources that the image is made of. */
function hostLua(platform: string): string {
  const program = path.join(folder, 'host-lua');
  if (existsSync(program)) return program;
  const commands = path.join(folder, `.kraft/build/${platform}-x86_64/compile_commands.json`);
  const source = /"file": "([^"]+\/)lua\.c"/.exec(readFileSync(commands, 'utf8'))?.[1] ?? '';
  const files = readdirSync(source).filter((name) => name.endsWith('.c') && name !== 'luac.c');
  const flags = ['-O1', '-w', '-DLUA_COMPAT_5_3', '-o', program];
  execFileSync('gcc', [...flags, ...files.map((name) => path.join(source, name)), '-lm']);
  return program;
}

test.each(['kvm', 'linuxu'] as const)(
  'on %s, scripts print what they print on the host, byte for byte',
  async (platform) => {
    expect(await run(platform, [])).toEqual({out: 'hello from Lua 5.4\n', status: 0});
    const here = await run(platform, ['/scripts/all.lua', '/scripts']);
    const there = spawnSync(hostLua(platform), [path.join(scripts, 'all.lua'), scripts], {encoding: 'utf8'});
    expect(there).toMatchObject({status: 7, stderr: ''});
    expect(here).toEqual({out: there.stdout.replaceAll(scripts, '/scripts'), status: 7});
    const reached = JSON.parse(readFileSync(path.join(folder, `.kraft/build/${platform}-x86_64/reached.json`), 'utf8'));
    // Of 1,315 files of musl; were one name found in no source, all would be compiled.
    expect(reached.members.length).toBeGreaterThan(150);
    expect(reached.candidates.length).toBeLessThan(300);
  },
  900_000,
);

test('of the tests of its own suite, those that need no functions of their own in C are run', () => {
  const counts = {Lua: 0, 'Lua with functions of its own': 0, 'no Lua': 0};
  for (const {runs} of suiteTests()) counts[runs] += 1;
  expect(counts).toEqual({Lua: 480, 'Lua with functions of its own': 66, 'no Lua': 43});
});

test.each([
  ['kvm', times('quick', 'all')],
  ['linuxu', 'all'],
] as const)(
  'on %s, its own test suite has the results that it has on the host: %s',
  async (platform, list) => {
    const words = ['scripts/suite.lua', 'suite', list];
    const {out, status} = await run(platform, words);
    const place = {cwd: path.join(folder, 'root'), encoding: 'utf8', env: {TZ: 'UTC0'}} as const;
    const there = spawnSync(hostLua(platform), words, place);
    expect(there).toMatchObject({status: 0, stderr: ''});
    const failed = [...there.stdout.matchAll(/^not ok (.*?): "/gm)].map(([, name]) => name);
    expect(failed).toEqual(Object.keys(errors));
    const passed = [...there.stdout.matchAll(/^ok /gm)];
    expect(passed).toHaveLength(480 - failed.length - (list === 'quick' ? slow.size : 0));
    // With nothing said, musl's locale is C.UTF-8, where the test wants C.
    const [before, after] = [
      'ok loslib: os.setlocale: ',
      'not ok loslib: os.setlocale: "[string \\"...\\"]:3: assertion failed!"',
    ];
    expect(timeless(out)).toBe(timeless(there.stdout).replace(`${before}\n`, `${after}\n`));
    expect(status).toBe(0);
  },
  900_000,
);

/** Without the moment at which the tests ran. */
function timeless(out: string): string {
  return out.replace(/(?<=^ok loslib: os.time: )\d+$/m, 'now');
}
