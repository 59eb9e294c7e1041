// SPDX-License-Identifier: BSD-3-Clause
// What a user can get wrong, and the exact words that they then read.

import {chmodSync, mkdirSync, symlinkSync} from 'node:fs';
import {createServer} from 'node:net';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {appFiles, kraftfile, libManifest} from '../rig/files.ts';
import {temporaryProject} from '../rig/project.ts';
import {freePort, spawnTool} from '../rig/tool.ts';

const on = 'targets: [kvm/x86_64]\n';
const withMine = {Kraftfile: kraftfile(`libraries: {mine: '*'}\n${on}`)};
const mine = libManifest('mine', 'needs: {print: ^1}\nstarts: mine_start\n');

interface Mistake {
  readonly files?: Readonly<Record<string, string>>;
  readonly words: readonly string[];
  readonly error: string;
}

const mistakes: Readonly<Record<string, Mistake>> = {
  'an unknown key': {
    files: {Kraftfile: kraftfile('libaries: {}\n')},
    words: ['check'],
    error: `Kraftfile:4:1: error: Unknown key "libaries".
  4 | libaries: {}
    | ~~~~~~~~
  help: Did you mean "libraries"?
`,
  },
  'a wrong type, and another: both are told': {
    files: {Kraftfile: 'spec: v1\nname: app\nneeds: libc\ncmd: {a: b}\n'},
    words: ['check'],
    error: `Kraftfile:3:8: error: Expected a list of interfaces, or a map of interfaces and ranges of versions, but was "libc".
  3 | needs: libc
    |        ~~~~

Kraftfile:4:6: error: Expected a list of arguments, or one text, but was a map.
  4 | cmd: {a: b}
    |      ~~~~~~

2 errors.
`,
  },
  'an unknown lib': {
    files: {Kraftfile: kraftfile("libraries: {alloc-tslf: '*'}\n")},
    words: ['check'],
    error: `Kraftfile:4:13: error: There is no lib "alloc-tslf".
  4 | libraries: {alloc-tslf: '*'}
    |             ~~~~~~~~~~
  help: Did you mean "alloc-tlsf"?
`,
  },
  'an unknown platform': {
    files: {Kraftfile: kraftfile('targets: [kmv/x86_64]\n')},
    words: ['build'],
    error: `Kraftfile:4:11: error: There is no platform "kmv".
  4 | targets: [kmv/x86_64]
    |           ~~~
  help: Did you mean "kvm"?
`,
  },
  'an unknown platform on the command line': {
    words: ['run', '--plat', 'kvn'],
    error: 'error: There is no platform "kvn".\n  help: Did you mean "kvm"?\n',
  },
  'an unknown arch': {
    files: {Kraftfile: kraftfile('targets: [kvm/x86-64]\n')},
    words: ['solve'],
    error: `Kraftfile:4:15: error: There is no arch "x86-64".
  4 | targets: [kvm/x86-64]
    |               ~~~~~~
  help: Did you mean "x86_64"?
`,
  },
  'a target that the Kraftfile does not have': {
    words: ['build', '--plat', 'linuxu'],
    error: `Kraftfile:4:11: error: No target of the Kraftfile is for platform "linuxu".
  4 | targets: [kvm/x86_64]
    |           ~~~~~~~~~~
  note: Its targets: kvm/x86_64.
  help: Add linuxu/x86_64 under targets, or leave the flag out.
`,
  },
  'a header of an interface that is not needed': {
    files: {
      ...withMine,
      'libs/mine/lib.yaml': mine,
      'libs/mine/src/mine.c':
        '#include <kraft/alloc.h>\nint mine_start(void);\nint mine_start(void) { return kr_alloc_allocate(4) == 0; }\n',
    },
    words: ['build'],
    error: `libs/mine/src/mine.c:1:10: error: mine includes <kraft/alloc.h>, but does not need the interface alloc.
  1 | #include <kraft/alloc.h>
    |          ~~~~~~~~~~~~~~~
  help: Declare alloc under \`needs\` in libs/mine/lib.yaml.
`,
  },
  'a symbol of an interface that is not needed': {
    files: {
      ...withMine,
      'libs/mine/lib.yaml': mine,
      'libs/mine/src/mine.c':
        '#include <stddef.h>\nvoid *kr_alloc_allocate(size_t);\nint mine_start(void);\nint mine_start(void) { return kr_alloc_allocate(4) == 0; }\n',
    },
    words: ['build'],
    error: `libs/mine/src/mine.c:2:7: error: mine wants kr_alloc_allocate in libs/mine/src/mine.c, but does not need the interface alloc, which has it.
  2 | void *kr_alloc_allocate(size_t);
    |       ~~~~~~~~~~~~~~~~~
  help: Declare alloc under \`needs\` in libs/mine/lib.yaml.
`,
  },
  'a symbol that leaks': {
    files: {
      ...withMine,
      'libs/mine/lib.yaml': mine,
      'libs/mine/src/mine.c':
        'int mine_start(void);\nint kr_alloc_free(int);\nint kr_alloc_free(int x) { return x; }\nint mine_start(void) { return 0; }\n',
    },
    words: ['audit'],
    error: `libs/mine/src/mine.c:2:5: error: mine defines kr_alloc_free in libs/mine/src/mine.c, which belongs to the interface alloc, but does not provide it.
  2 | int kr_alloc_free(int);
    |     ~~~~~~~~~~~~~
  help: Make it static, or declare alloc under \`provides\` in libs/mine/lib.yaml.
`,
  },
  'a promise that is not kept': {
    files: {
      ...withMine,
      'libs/mine/lib.yaml': mine,
      'libs/mine/src/mine.c': 'int mine_begin(void);\nint mine_begin(void) { return 0; }\n',
    },
    words: ['build'],
    error: `libs/mine/lib.yaml:1:7: error: mine is started at mine_start, but does not define it.
  1 | name: mine
    |       ~~~~
`,
  },
  'a machine that the platform does not have': {
    words: ['run', '--machine', 'q53'],
    error: "error: The platform kvm has no machine 'q53'.\n  help: It has: microvm, q35, pc.\n",
  },
  'too little memory to load the image': {
    words: ['run', '-m', '512K'],
    error: 'error: The image app needs at least 1 MiB of memory to be loaded, but was given 512 KiB.\n  help: -m 1M\n',
  },
  'a port that is none': {
    words: ['run', '-p', '80'],
    error:
      "error: Expected two ports between 1 and 65535, this machine's and the guest's, but was '80'.\n  help: For example: -p 8080:80, or -p 5353:53/udp\n",
  },
  'a forwarded port for an image without a network': {
    words: ['run', '-p', '8080:80'],
    error:
      "error: The image app has no driver of a network card: port 8080 would lead nowhere.\n  help: Let the app need an interface that brings the network, such as 'netstack'.\n",
  },
  'running what was never built': {
    words: ['run', '--no-build'],
    error:
      'error: Nothing that was built is at PROJECT/.kraft/build/kvm-x86_64.\n  help: Build it first: kraft-ts build\n',
  },
  'a folder without a Kraftfile': {
    words: ['check', '-C', '/'],
    error:
      'error: There is no Kraftfile in / or above it.\n  help: Write one with kraft-ts init, or name another folder.\n',
  },
  'a folder that is not there': {
    words: ['check', '-C', 'nowhere'],
    error: 'error: There is no folder PROJECT/nowhere.\n',
  },
  'a new project where there is one': {
    words: ['init'],
    error:
      'error: . is not empty: it has Kraftfile and main.c.\n  help: Name a folder that is empty, or that is not there yet.\n',
  },
  'an unknown template': {
    words: ['init', 'shop', '--template', 'htp'],
    error: 'error: There is no template "htp".\n  help: Did you mean "http"?\n',
  },
  'a lock that somebody edited': {
    files: {'kraft.lock': 'format: 1\ntargets: 3\n'},
    words: ['solve'],
    error: `kraft.lock:2:10: error: The lock is damaged: Expected targets, but was the number 3.
  2 | targets: 3
    |          ~
  help: The lock is written by this tool. Take it from version control, or delete it to choose anew.
`,
  },
};

test.each(Object.entries(mistakes))('%s', async (_, {files, words, error}) => {
  const {folder} = temporaryProject(appFiles({Kraftfile: kraftfile(on), ...files}));
  const result = await spawnTool(words, {cwd: folder});
  const told = result.error
    .replaceAll(folder, 'PROJECT')
    .replace(/^\[\d+\/\d+\] .*\n/gm, '')
    .replace(/^TCG, because .*\n/m, '');
  expect({status: result.status, out: result.out, error: told}).toEqual({status: 1, out: '', error});
});

test('libs that need each other to start', async () => {
  const parts = ['one', 'two'].flatMap((name, index) => {
    const other = index === 0 ? 'two' : 'one';
    return [
      [
        `libs/interfaces/${name}/interface.yaml`,
        `name: ${name}\nversion: 1.0.0\nsummary: For a test.\ncardinality: one\nsymbols: [kr_${name}_go]\n`,
      ],
      [`libs/interfaces/${name}/include/kraft/${name}.h`, `void kr_${name}_go(void);\n`],
      [
        `libs/lib-${name}/lib.yaml`,
        libManifest(`lib-${name}`, `provides: {${name}: 1.0.0}\nneeds: {${other}: ^1}\nstarts: lib_${name}_start\n`),
      ],
      [
        `libs/lib-${name}/src/lib.c`,
        `#include <kraft/${name}.h>\nint lib_${name}_start(void);\nint lib_${name}_start(void) { return 0; }\nvoid kr_${name}_go(void) {}\n`,
      ],
    ] as const;
  });
  const {folder} = temporaryProject(
    appFiles({Kraftfile: kraftfile(`libraries: {lib-one: '*'}\n${on}`), ...Object.fromEntries(parts)}),
  );
  expect(await spawnTool(['build'], {cwd: folder})).toEqual({
    status: 1,
    out: '',
    error: `libs/lib-one/lib.yaml:1:7: error: No order of starting fits lib-one and lib-two: each needs the others to have started.
  1 | name: lib-one
    |       ~~~~~~~
  note: The cycle: lib-one needs two, from lib-two needs one, from lib-one.
  note: lib-one needs two here. (libs/lib-one/lib.yaml:6:9)
  6 | needs: {two: ^1}
    |         ~~~
  note: lib-two needs one here. (libs/lib-two/lib.yaml:6:9)
  6 | needs: {one: ^1}
    |         ~~~
  help: Choose another provider for one of one and two.
`,
  });
});

test('libs that do not go together', async () => {
  const {folder} = temporaryProject(
    appFiles({Kraftfile: kraftfile("libraries: {console-uart: '*'}\ntargets: [linuxu/x86_64]\n")}),
  );
  const {status, error} = await spawnTool(['solve'], {cwd: folder});
  expect(status).toBe(1);
  expect(error.replaceAll(/\(\/.*?\/libs\//g, '(libs/')).toMatch(
    new RegExp(
      [
        /^Kraftfile:4:13: error: There is no image for linuxu\/x86_64: these do not go together\./,
        /note: The Kraftfile asks for console-uart\. \(Kraftfile:4:13\)/,
        /note: console-uart needs hardware \^1 \(.*\), which only kvm provides\. \(libs\/console-uart\/lib\.yaml:\d+:3\)/,
        /note: But the target's platform is linuxu\. \(Kraftfile:5:11\)/,
        /What would help, .*\n {2}1\. Do without console-uart\./,
      ]
        .map(({source}) => source)
        .join('[\\s\\S]*'),
    ),
  );
});

test('a source with another hash than its pin', async () => {
  const pin = '1'.repeat(32) + 'a'.repeat(32);
  const source = `sources:\n  - name: x\n    version: '1'\n    sha256: ${pin}\n    url: https://kraft-ts.invalid/x.tar.gz\n    compile: ['*.c']\n`;
  const {folder} = temporaryProject(
    appFiles({...withMine, 'libs/mine/lib.yaml': libManifest('mine', source), 'mirror/x.tar.gz': 'hello\n'}),
  );
  const env = {KRAFT_TS_MIRROR: path.join(folder, 'mirror'), KRAFT_TS_CACHE: path.join(folder, 'cache')};
  const {status, error} = await spawnTool(['build'], {cwd: folder, env});
  expect(status).toBe(1);
  expect(error).toBe(
    `Fetching x
libs/mine/lib.yaml:6:11: error: The archive x.tar.gz has the sha256 5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03, but ${pin} is pinned. Nothing was unpacked.
  6 |   - name: x
    |           ~
  note: It came from ${folder}/mirror/x.tar.gz (6 bytes).
  help: Trust the pin, not the download: try another mirror with KRAFT_TS_MIRROR. Change the pin only if you know why the archive changed.
`,
  );
});

test('missing gcc, ninja and QEMU', {timeout: 60_000}, async () => {
  const {folder} = temporaryProject(appFiles({Kraftfile: kraftfile(on)}));
  const env = {PATH: onlyNode(folder), KRAFT_TS_CACHE: path.join(folder, 'cache')};
  const build = await spawnTool(['build'], {cwd: folder, env});
  expect(build).toEqual({
    status: 1,
    out: '',
    error:
      'error: Building an image needs gcc, ld and objcopy and ninja, which are not installed.\n  help: Run: sudo apt-get install gcc binutils ninja-build\n',
  });
  expect((await spawnTool(['build'], {cwd: folder})).status).toBe(0);
  const run = await spawnTool(['run', '--no-build', '--accel', 'tcg'], {cwd: folder, env});
  expect(run.status).toBe(1);
  expect(run.error).toBe(
    'TCG was asked for.\nerror: The program qemu-system-x86_64, which makes the machine, is missing.\n  help: sudo apt-get install -y qemu-system-x86-64\n',
  );
  const doctor = await spawnTool(['doctor'], {cwd: folder, env});
  expect(doctor.status).toBe(1);
  expect(
    doctor.out.replace(/^(ok +node +)\S+ .*/, '$1VERSION').replace(/^Guests for .*/m, 'GUESTS'),
  ).toBe(`ok       node                VERSION
missing  gcc                          compiles
missing  ld                           links
missing  objcopy                      hides the symbols that a lib keeps to itself
missing  ninja                        runs the steps of a build
missing  xz                           unpacks third-party sources
no       bzip2                        unpacks some third-party sources
no       clang                        compiles, with --compiler clang
no       g++                          compiles C++
no       rustc                        compiles Rust
no       addr2line                    names the functions in a panic's backtrace
no       gdb                          debugs a guest, with run --gdb
missing  qemu-system-x86_64           makes the machine that images boot on

GUESTS
Fetched sources are kept in ${folder}/cache.

Install what is missing:
  sudo apt-get install -y --no-install-recommends gcc binutils ninja-build xz-utils qemu-system-x86-64
`);
});

test('a port that somebody else has', {timeout: 60_000}, async () => {
  const port = await freePort();
  const server = createServer().listen(port, '127.0.0.1');
  onTestFinished(() => void server.close());
  const files = {Kraftfile: `spec: v1\nname: app\nneeds: [libc]\nlibraries: {netdev-virtio: '*'}\n${on}`};
  const {folder} = temporaryProject(appFiles(files));
  const {status, error} = await spawnTool(['run', '-p', `${port}:80`], {cwd: folder});
  expect(status).toBe(1);
  expect(error).toContain(
    `error: Port ${port} of this machine is in use by ${path.basename(process.execPath)} (process ${process.pid}).\n  help: End that with 'kill ${process.pid}', or take another: -p ${port + 1}:80\n`,
  );
});

test('what went wrong in the tool itself is one sentence, and how to report it', async () => {
  const {folder} = temporaryProject(appFiles({Kraftfile: kraftfile(on), 'bin/ninja': '#!/bin/sh\nexit 3\n'}));
  chmodSync(path.join(folder, 'bin/ninja'), 0o755);
  const env = {PATH: `${path.join(folder, 'bin')}:${process.env.PATH}`};
  const {status, out, error} = await spawnTool(['build'], {cwd: folder, env});
  expect({status, out}).toEqual({status: 1, out: ''});
  expect(error).toMatch(
    /^error: Something went wrong in kraft-ts itself: Internal error: ninja .*\n {2}help: Please report it with the output of KRAFT_TS_DEBUG=1 kraft-ts build\n$/,
  );
  const debug = await spawnTool(['build'], {cwd: folder, env: {...env, KRAFT_TS_DEBUG: '1'}});
  expect(debug.error).toContain('\n    at ');
});

test('what the operating system refuses is told without a stack trace', async () => {
  const {folder} = temporaryProject(appFiles({Kraftfile: kraftfile(on)}));
  const {status, error} = await spawnTool(['build'], {cwd: folder, env: {KRAFT_TS_CACHE: '/dev/null/cache'}});
  expect(status).toBe(1);
  expect(error).toMatch(/^error: Expected a folder, but was a file: \/dev\/null\/cache\/.*\n$/);
});

/** A PATH with nothing on it but node. */
function onlyNode(folder: string): string {
  const bin = path.join(folder, 'bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, path.join(bin, 'node'));
  return bin;
}
