// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {interfaceName, libName} from '../base/index.ts';
import {type MemoryHost, memoryHost} from '../host/index.ts';
import type {CompileAction, Plan} from '../plan/index.ts';
import {buildPaths} from './build-paths.ts';
import {findKept, type Kept, keep} from './kept.ts';
import {ninjaFile} from './ninja-file.ts';
import {shrinkKept} from './shrink-kept.ts';

const owner = libName('ip-tiny');
const compile = (input: string): CompileAction => ({
  kind: 'compile',
  owner,
  input,
  output: `$build/obj/ip-tiny/${input.replace(/^.*\//, '')}.o`,
  language: 'c',
  flags: ['-O2'],
  include: ['$kit/include', '$build/generated/ip-tiny', '$store/0a'],
  because: 'a test wants it',
});

const plan: Plan = {
  format: 1,
  name: 'shop',
  platform: libName('bare'),
  arch: libName('tiny'),
  compiler: 'gcc',
  triple: 'tiny-linux-gnu',
  elfMachine: 62,
  image: '$build/shop.elf',
  machine: {machines: [], defaultMachine: 'm', qemu: 'q', cmd: [], drives: [interfaceName('netdev')]},
  actions: [
    {kind: 'generate', output: '$build/generated/ip-tiny/options.h', content: '#define OPT 1\n', because: 'options'},
    compile('$store/0a/ip.c'),
    compile('$kit/libs/ip-tiny/src/glue.c'),
    {kind: 'combine', owner, inputs: [], output: '$build/lib/ip-tiny.o', keep: ['ip_send'], because: 'a test'},
  ],
  symbolOwners: {},
  openInterfaces: [],
  headerOwners: {},
};

const places = {project: '/shop', kit: '/kit', store: '/cache/sources', packages: {}};
const toolchain = {
  compiler: 'gcc',
  version: 'gcc 12',
  cc: '/bin/cc',
  ld: '/bin/ld',
  objcopy: '/bin/objcopy',
  ninja: '/bin/ninja',
  include: '/lib/gcc/include',
} as const;

function aHost(): MemoryHost {
  return memoryHost({
    files: {'/kit/include/ip.h': 'int ip(void);\n', '/kit/libs/ip-tiny/src/glue.c': 'int glue;\n'},
  });
}

async function look(host: MemoryHost, change: Partial<Plan> = {}, folder = '/shop/build'): Promise<readonly Kept[]> {
  const paths = buildPaths(places, {folder, toolchain, cwd: '/'});
  return findKept(host, {plan: {...plan, ...change}, places, paths, toolchain});
}

async function keepOne(host: MemoryHost): Promise<readonly Kept[]> {
  const kept = await look(host);
  await host.writeFile('/shop/build/lib/ip-tiny.o', 'joined');
  await host.writeFile('/shop/build/lib/ip-tiny.o.all', 'joined, with symbols');
  await keep(host, {
    plan,
    kept,
    paths: buildPaths(places, {folder: '/shop/build', toolchain: {include: ''}, cwd: '/'}),
    chosen: {members: new Set(), candidates: new Set()},
  });
  return kept;
}

test('what one image has made of third-party code is taken for another', async () => {
  const host = aHost();
  expect(await keepOne(host)).toMatchObject([{owner, taken: false}]);
  const [kept] = await look(host, {}, '/other/build');
  expect(kept).toMatchObject({taken: true});
  expect(await host.readFile(`${kept?.folder}/relocatable.o.all`)).toBe('joined, with symbols');
});

test('what is taken is neither compiled nor joined', async () => {
  const host = aHost();
  await keepOne(host);
  const kept = await look(host, {}, '/other/build');
  const paths = buildPaths(places, {folder: '/other/build', toolchain, cwd: '/'});
  const ninja = ninjaFile(plan, {toolchain, paths, kept});
  expect(ninja).toContain(`build lib/ip-tiny.o | lib/ip-tiny.o.all: take | ${kept[0]?.folder}/relocatable.o\n`);
  expect(ninja).not.toMatch(/^build .*: (?:compile|combine)/m);
});

test('a folder that has compiled a lib itself goes on doing so', async () => {
  const host = aHost();
  await keepOne(host);
  await host.writeFile('/shop/build/obj/ip-tiny/ip.c.o', 'an object');
  expect(await look(host)).toMatchObject([{taken: false}]);
});

test.each([
  {
    title: 'a header',
    change: (host: MemoryHost) => host.writeFile('/kit/include/ip.h', 'long ip(void);\n'),
    plan: {},
  },
  {
    title: 'a file of its own',
    change: (host: MemoryHost) => host.writeFile('/kit/libs/ip-tiny/src/glue.c', ';\n'),
    plan: {},
  },
  {
    title: 'an option',
    change: async () => {},
    plan: {actions: plan.actions.map((one) => (one.kind === 'generate' ? {...one, content: '#define OPT 2\n'} : one))},
  },
  {
    title: 'a flag',
    change: async () => {},
    plan: {actions: plan.actions.map((one) => (one.kind === 'compile' ? {...one, flags: ['-O3']} : one))},
  },
])('$title makes another relocatable', async ({change, plan: other}) => {
  const host = aHost();
  await keepOne(host);
  await change(host);
  expect(await look(host, other, '/other/build')).toMatchObject([{taken: false}]);
});

test('libs without third-party code are not kept', async () => {
  const actions = plan.actions.filter((one) => one.kind !== 'compile' || one.input.startsWith('$kit/'));
  expect(await look(aHost(), {actions})).toEqual([]);
});

test('libs of the toolkit are kept where that is asked for, and what belongs to a project never', async () => {
  const only = (input: string): Partial<Plan> => ({actions: [compile(input), ...plan.actions.slice(-1)]});
  const asking = (text: string): MemoryHost => ({...aHost(), env: {KRAFT_TS_KEEP: text}});
  const glue = only('$kit/libs/ip-tiny/src/glue.c');
  expect(await look(asking(''), glue)).toEqual([]);
  expect(await look(asking('all'), glue)).toMatchObject([{owner, taken: false}]);
  expect(await look(asking('all'), only('$project/libs/ip-tiny/src/glue.c'))).toEqual([]);
});

test('of what is kept, that which no build has used for the longest is removed first', async () => {
  const ages: Readonly<Record<string, number>> = {oldest: 3, 'used-again': 2, newest: 1};
  const host = memoryHost({
    files: Object.fromEntries(Object.keys(ages).map((name) => [`/cache/objects/${name}/relocatable.o`, '0123456789'])),
  });
  const hour = 3_600_000;
  const at = (path: string): number => {
    const name = path.split('/').at(-2) ?? '';
    return host.now() - (path.endsWith('/used') ? 0.5 : (ages[name] ?? 0)) * hour;
  };
  const aged: MemoryHost = {
    ...host,
    facts: async (path) => {
      const facts = await host.facts(path);
      return facts && {...facts, changed: at(path)};
    },
  };
  await host.writeFile('/cache/objects/used-again/used', '');
  expect(await shrinkKept(aged, {store: '/cache', limit: 30})).toEqual({removed: 0, freed: 0, left: 30});
  expect(await shrinkKept(aged, {store: '/cache', limit: 15})).toEqual({removed: 2, freed: 20, left: 10});
  expect(await host.list('/cache/objects')).toEqual(['used-again']);
});

test('what a build uses just now is not removed, and taking is using', async () => {
  const host = aHost();
  await keepOne(host);
  const [kept] = await look(host, {}, '/other/build');
  expect(await host.readFile(`${kept?.folder}/used`)).toBe('');
  expect(await shrinkKept(host, {store: '/cache', limit: 0})).toMatchObject({removed: 0, freed: 0});
});
