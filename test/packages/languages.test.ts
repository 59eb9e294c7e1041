// SPDX-License-Identifier: BSD-3-Clause
// What docs/languages.md does not show: what is refused, every stub, and that images come out alike.

import {spawnSync} from 'node:child_process';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {beforeAll, describe, expect, test, vi} from 'vitest';
import {cxxHeader} from '../../toolkit/plan/index.ts';
import {libFiles} from '../../toolkit/scaffold/index.ts';
import {openBench} from '../conformance/bench.ts';
import {temporaryProject} from '../rig/project.ts';
import {repository} from '../rig/repository.ts';
import {runTool} from '../rig/tool.ts';
import {stepsOf} from './document.ts';

/** Images are built, beside other tests. */
vi.setConfig({testTimeout: 180_000});

/** Files of docs/languages.md, in its order. */
const shown = stepsOf('docs/languages.md').flatMap((step) => (step.kind === 'write' ? [step] : []));
const textOf = (file: string): string => shown.find((step) => step.file === file)?.text ?? '';

const kraftfile = (needs: string): string => `spec: v1\nname: shop\nneeds: [${needs}]\ntargets: [linuxu/x86_64]\n`;
const coin = 'name: entropy-coin\nversion: 0.1.0\nsummary: It.\nlicense: MIT\nprovides: {entropy: 1.0.0}\n';

/** What a build of these files says. */
async function refusalOf(files: Readonly<Record<string, string>>): Promise<string> {
  const {folder} = temporaryProject(files);
  const {status, error} = await runTool(['build'], folder);
  expect(status).toBe(1);
  return error.replaceAll(`${folder}/`, '');
}

describe('refused, in a sentence', () => {
  test('what an image has nobody for', async () => {
    const said = await refusalOf({
      Kraftfile: `${kraftfile('entropy')}choose: {entropy: entropy-coin}\n`,
      'main.cpp': 'int main() { return 0; }\n',
      'constructor.cpp': 'int made();\nint one = made();\nint made() { return 1; }\n',
      'new.cpp': 'int *volatile two;\nvoid more() { two = new int; }\n',
      'streams.cpp': 'namespace std { struct ios_base { ios_base(); }; }\nvoid some() { std::ios_base one; }\n',
      'libs/entropy-coin/lib.yaml': coin,
      'libs/entropy-coin/src/coin.cpp': 'int kr_entropy_fill(void *, unsigned long) { return 0; }\n',
    });
    for (const message of [
      'error: The app registers a constructor in constructor.cpp, but in an image nothing registers itself.\n  help: Give the object a constexpr constructor and say constinit; or make it a static one of a function, which is made when that is first called.\n',
      'error: The app wants operator new(unsigned long) in new.cpp, but does not need an interface that has memory for it.\n  help: Declare alloc under `needs` in Kraftfile: new takes memory from it.\n',
      'error: The app wants std::ios_base::ios_base() in streams.cpp, but no interface has it.\n',
      'error: entropy-coin provides entropy, but does not define kr_entropy_fill.\n',
      '  note: libs/entropy-coin/src/coin.cpp has kr_entropy_fill(void*, unsigned long), of C++.\n  help: Say extern "C" before kr_entropy_fill, or include the header that declares it.\n',
    ])
      expect(said).toContain(message);
  });

  test('what does not compile', async () => {
    const said = await refusalOf({
      Kraftfile: kraftfile(''),
      'main.cpp': '#include <kraft/alloc.h>\nint main() { return 0; }\n',
      'thrown.cpp': 'void thrown() { throw 1; }\n',
    });
    expect(said).toContain('thrown.cpp:1:23: error: exception handling disabled, use');
    expect(said).toContain(
      'main.cpp:1:10: error: The app includes <kraft/alloc.h>, but does not need the interface alloc.\n',
    );
  });

  test.each([
    [
      {provides: '{sched: 1.0.0}'},
      'error: The lib "sched-rust" is written in Rust, but kr_sched_wake_one_isr of sched is called by interrupt handlers.\n',
    ],
    [
      {provides: '{entropy: 1.0.0}', needs: '{irq: ^1}'},
      'error: The lib "sched-rust" is written in Rust, but what irq calls must not touch vector registers.\n',
    ],
  ])('Rust in an interrupt: %j', async (keys, message) => {
    const manifest = ['name: sched-rust', 'version: 0.1.0', 'summary: It.', 'license: MIT'];
    const lines = [...manifest, ...Object.entries(keys).map(([key, value]) => `${key}: ${value}`), ''];
    const said = await refusalOf({
      Kraftfile: kraftfile('sched'),
      'main.c': 'int main(void) { return 0; }\n',
      'libs/sched-rust/lib.yaml': lines.join('\n'),
      'libs/sched-rust/src/lib.rs': '#![no_std]\n',
    });
    expect(said).toContain(message);
  });
});

describe('an image of C++ and Rust', () => {
  const files = {
    Kraftfile: `${kraftfile('alloc, entropy, print')}choose: {entropy: entropy-wheel}\n`,
    'main.cpp': textOf('main.cpp'),
    'libs/entropy-wheel/lib.yaml': textOf('lib.yaml'),
    'libs/entropy-wheel/src/lib.rs': textOf('src/lib.rs'),
  };

  test('is the same, bit by bit, wherever it is built, and says the same when clang builds it', async () => {
    const images = [];
    for (const place of ['one', 'another/deeper']) {
      const {folder} = temporaryProject();
      const at = path.join(folder, place);
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(path.dirname(path.join(at, file)), {recursive: true});
        writeFileSync(path.join(at, file), text);
      }
      expect(await runTool(['build'], at)).toMatchObject({status: 0});
      images.push(readFileSync(path.join(at, '.kraft/build/linuxu-x86_64/shop.elf')));
      if (images.length < 2) continue;
      const said = await runTool(['run'], at);
      expect(said.out).toMatch(/^ten squares: 385, and a byte: \d+\n$/);
      expect(await runTool(['build', '--compiler', 'clang'], at)).toMatchObject({status: 0});
      const clangs = spawnSync(path.join(at, '.kraft/build/linuxu-x86_64/shop.elf'), {encoding: 'utf8'});
      expect(clangs).toMatchObject({status: 0, stdout: said.out});
    }
    expect(images[0]?.equals(images[1] ?? Buffer.alloc(0))).toBe(true);
  });

  test('an index out of range in Rust is a panic of the image', async () => {
    const broken = files['libs/entropy-wheel/src/lib.rs'].replace(
      'STATE.store(word, Relaxed);',
      'STATE.store([word][size], Relaxed);',
    );
    const {folder} = temporaryProject({...files, 'libs/entropy-wheel/src/lib.rs': broken});
    const {out, status} = await runTool(['run'], folder);
    expect(out).toMatch(/^panic: entropy-wheel: panicked at line 32$/m);
    expect(status).not.toBe(0);
  });
});

describe('every contract', () => {
  let folder = '';
  const cxx: string[] = [];
  const crates: string[] = [];
  const includes: string[] = [];

  beforeAll(async () => {
    const {catalog, folder: made} = await openBench();
    folder = made;
    const closed = catalog.interfaces.filter(({contract}) => contract === 'closed');
    for (const of of closed) {
      includes.push(`-I${of.folder}/include`);
      const headers = of.headers.map((header) => readFileSync(path.join(of.folder, 'include', header), 'utf8'));
      for (const header of of.headers) write(`c++/${header}`, cxxHeader(header));
      for (const language of ['c++', 'rust'] as const) {
        const name = `${of.name}-new`;
        const others = {license: 'MIT', others: [], toolkit: '0.1.0'};
        const files = libFiles({name, language, provides: {interface: of, headers}, ...others});
        const file = language === 'rust' ? 'src/lib.rs' : `src/${name}.cpp`;
        if (!files.ok) expect(files.error[0]?.help).toBe('Begin in C or C++.');
        else (language === 'rust' ? crates : cxx).push(write(`${name}/${file}`, files.value.get(file) ?? ''));
      }
    }
  });

  function write(file: string, text: string): string {
    const at = path.join(folder, file);
    mkdirSync(path.dirname(at), {recursive: true});
    writeFileSync(at, text);
    return at;
  }

  test.each(['g++', 'clang++'])('can be read and begun in C++, says %s', (program) => {
    const base = path.join(repository, 'libs/interfaces/base/include');
    const strict = ['-std=gnu++20', '-Wall', '-Wextra', '-Werror', '-fsyntax-only', '-fno-exceptions', '-fno-rtti'];
    const made = spawnSync(program, [...strict, `-I${folder}/c++`, `-I${base}`, ...includes, ...cxx], {
      encoding: 'utf8',
    });
    expect(made).toMatchObject({status: 0, stderr: ''});
    expect(cxx.length).toBeGreaterThan(30);
  });

  test('of functions of numbers and pointers can be begun in Rust', () => {
    expect(crates.length).toBeGreaterThan(10);
    for (const crate of crates) {
      const flags = ['--edition=2021', '--crate-type=rlib', '--emit=metadata', '-Cpanic=abort', '-Dwarnings'];
      const made = spawnSync('rustc', [...flags, crate, '-o', `${crate}.meta`], {encoding: 'utf8'});
      expect({crate, ...made}).toMatchObject({status: 0, stderr: ''});
    }
  });
});
