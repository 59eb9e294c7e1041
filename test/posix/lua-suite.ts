// SPDX-License-Identifier: BSD-3-Clause
// Lua's own test suite, out of a package that has it. fengari, a Lua in JavaScript, ships the suite of 5.3 and more tests, as
// files in which each piece of Lua is a text that a function of Lua's C interface is given. Here they run with stand-ins for
// all that they load, which do nothing but keep that text.

import {cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import vm from 'node:vm';

/** A test of the suite. */
interface SuiteTest {
  /** The file that it is in, and its title; the second of one name ends in ` (2)`. */
  readonly name: string;
  readonly runs: 'Lua' | 'Lua with functions of its own' | 'no Lua';
  readonly text: Uint8Array;
  /** What the text is called in messages; without one, by its first line. */
  readonly chunk?: string;
}

const nothing = new Uint8Array();
const require = createRequire(import.meta.url);
const home = path.join(path.dirname(require.resolve('fengari/package.json')), 'test');

/** What fengari made of the suite's words on C. */
const words = [
  ['jspath', 'cpath'],
  ['[JS]', '[C]'],
  ['what == "J"', 'what == "C"'],
  ['JS stack overflow', 'C stack overflow'],
  ['too many JS levels', 'C stack overflow'],
] as const;

/** Every test of the package, in the order of its files. */
export function suiteTests(): readonly SuiteTest[] {
  const files = ['test-suite', ''].flatMap((below) =>
    readdirSync(path.join(home, below))
      .filter((file) => file.endsWith('.test.js'))
      .sort()
      .map((file) => path.join(below, file)),
  );
  const seen = new Map<string, number>();
  return files.flatMap(testsOf).map((test) => {
    const nth = (seen.get(test.name) ?? 0) + 1;
    seen.set(test.name, nth);
    return nth === 1 ? test : {...test, name: `${test.name} (${nth})`};
  });
}

/**
 * Lays those that run Lua into a folder: `suite/all` has a line for each, `NUMBER<tab>CHUNK<tab>NAME`, `suite/quick` for those
 * that are not `slow`; the text is `suite/NUMBER.lua`. Beside it, in `test/`, are the files that tests read.
 */
export function laySuite(folder: string, slow: ReadonlySet<string>): void {
  const tests = suiteTests().filter(({runs}) => runs === 'Lua');
  mkdirSync(path.join(folder, 'suite'), {recursive: true});
  for (const [number, {text}] of tests.entries()) writeFileSync(path.join(folder, `suite/${number}.lua`), text);
  const lines = tests.map(({name, chunk = ''}, number) => ({line: `${number}\t${chunk}\t${name}\n`, name}));
  writeFileSync(path.join(folder, 'suite/all'), lines.map(({line}) => line).join(''));
  const quick = lines.filter(({name}) => !slow.has(name));
  writeFileSync(path.join(folder, 'suite/quick'), quick.map(({line}) => line).join(''));
  for (const file of ['loadfile-test.lua', 'module-hello.lua']) {
    cpSync(path.join(home, file), path.join(folder, 'test', file));
  }
}

function testsOf(file: string): readonly SuiteTest[] {
  const tests: SuiteTest[] = [];
  const collect = (title: string, body: () => void) => {
    const name = `${file.replace('.test.js', '')}: ${title.replace(/^\[test-suite\] (\w+: )?/, '')}`;
    tests.push({name, ...loadedBy(body)});
  };
  const context = {
    describe: (_title: string, body: () => void) => body(),
    expect: standIn,
    module: {},
    process,
    require: () => lua,
    test: Object.assign(collect, {skip: () => undefined}),
  };
  vm.runInNewContext(readFileSync(path.join(home, file), 'utf8'), context, {filename: file});
  return tests;
}

/** What the test that runs has given to Lua. */
let loaded: Omit<SuiteTest, 'name' | 'runs'> & {functions: boolean};

function loadedBy(body: () => void): Omit<SuiteTest, 'name'> {
  loaded = {text: nothing, functions: false};
  body();
  const {functions, ...given} = loaded;
  if (given.text === nothing) return {...given, runs: 'no Lua'};
  const uses = functions && /\b(T|js)\b/.test(Buffer.from(given.text).toString('latin1'));
  return {...given, runs: uses ? 'Lua with functions of its own' : 'Lua'};
}

function keep(text: unknown, chunk?: string): void {
  // What Lua itself made is a stand-in here.
  if (!(text instanceof Uint8Array)) return;
  if (loaded.text !== nothing) throw new Error('Internal error: a test loads two texts.');
  loaded = {...loaded, text, ...(chunk === undefined ? {} : {chunk})};
}

function encoded(text: string): Uint8Array {
  return Buffer.from(words.reduce((before, [word, inC]) => before.replaceAll(word, inC), text));
}

/** Whatever is asked of it but `known`: a function that answers with one like it, an empty text, and nothing in a list. */
function standIn(known: Readonly<Record<string, unknown>> = {}): unknown {
  const one: object = new Proxy(() => undefined, {
    get: (_target, key) => {
      if (key === Symbol.toPrimitive) return () => '';
      if (key === Symbol.iterator) return () => [].values();
      return typeof key === 'string' && Object.hasOwn(known, key) ? known[key] : one;
    },
    apply: () => one,
  });
  return one;
}

const lua = standIn({
  to_luastring: encoded,
  toByteCode: encoded,
  luaL_loadstring: (_state: unknown, text: unknown) => keep(text),
  luaL_loadbuffer: (_state: unknown, text: unknown, _length: unknown, name: Uint8Array) => keep(text, String(name)),
  luaL_loadfile: (_state: unknown, file: Uint8Array) => keep(readFileSync(path.join(home, '..', String(file)))),
  lua_load: (_state: unknown, read: (state: unknown, data: unknown) => unknown, data: unknown) => keep(read(lua, data)),
  luaopen_tests: () => void (loaded = {...loaded, functions: true}),
  lua_setglobal: () => void (loaded = {...loaded, functions: true}),
});
