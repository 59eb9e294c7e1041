// SPDX-License-Identifier: BSD-3-Clause

import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {printDiagnostics, unreachable} from '../base/index.ts';
import type {Source} from '../catalog/index.ts';
import type {Plan} from './action.ts';
import {aLib, anInterface, arch, need, place, planInput, platform, someDigest} from './fixture.ts';
import {type PlanInput, plan} from './plan.ts';

const interfaces = [
  anInterface('clock', {symbols: ['kr_clock_now']}),
  anInterface('console', {cardinality: 'any', driver: 'kr_console_driver'}),
  anInterface('libc', {contract: 'open', headers: []}),
  anInterface('net', {symbols: ['kr_net_send'], uses: [anInterface('clock').name]}),
];

const upstream: Source = {
  name: 'tinyip',
  version: '2.1',
  sha256: someDigest,
  from: {kind: 'url', url: 'https://example.com/tinyip.tar.gz'},
  compile: ['src/**/*.c'],
  exclude: ['src/test/**'],
  include: ['src/include'],
  offer: [],
  headers: [],
  flags: ['-DTINY=1'],
  at: place('libs/net-tiny/lib.yaml', 'tinyip'),
};

const libs = [
  platform({needs: ['clock'], files: ['src/start.c', 'src/chip/entry.S', 'src/wafer/entry.S']}),
  arch(),
  aLib('wafer', {...arch({folder: '/kit/arch/wafer'}), name: aLib('wafer').name, provides: [], needs: []}),
  aLib('clock-tick', {provides: ['clock'], starts: 'clock_tick_start'}),
  aLib('console-one', {provides: ['console']}),
  aLib('console-two', {provides: ['console'], needs: ['clock'], starts: 'console_two_start', ends: 'console_two_end'}),
  aLib('libc-small', {
    provides: ['libc'],
    exports: ['printf', 'puts'],
    headers: ['stdio.h'],
    needs: [need('console', {atLeast: 0})],
    files: ['src/stdio.c'],
  }),
  aLib('net-tiny', {
    provides: ['net'],
    needs: ['libc', 'clock', need('console', {when: {options: {log: true}}})],
    options: [{name: 'log', type: 'boolean', default: false, means: 'Whether to say what happens.', at: place('log')}],
    sources: [upstream],
    folder: '/work/shop/node_modules/@acme/net/libs/net-tiny',
  }),
];

function input(change: Partial<PlanInput> = {}): PlanInput {
  const base = planInput({libs, interfaces, needs: ['net', 'libc']});
  const {solution} = base;
  return {
    ...base,
    solution: {...solution, libs: solution.libs.filter(({name}) => name !== 'wafer')},
    places: {...base.places, packages: {'@acme/net': '/work/shop/node_modules/@acme/net'}},
    spec: {...base.spec, cmd: ['--port', '80'], env: {PATH: '/bin', HOME: '/'}},
    files: ['main.c', 'src/page.c', 'README.md', 'docs/x.c'],
    sources: new Map([[someDigest, ['README', 'src/ip.c', 'src/core/tcp.c', 'src/test/t.c', 'src/include/ip.h']]]),
    ...change,
  };
}

function planned(of: PlanInput = input()): Plan {
  const result = plan(of);
  if (!result.ok) throw new Error(printDiagnostics(result.error));
  return result.value;
}

test('a plan', () => {
  const path = join(import.meta.dirname, 'golden', 'plan.txt');
  const text = printed(planned());
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
});

test('equal inputs give byte-equal plans, in whatever order they come', () => {
  const text = JSON.stringify(planned());
  const one = input();
  const shuffled = input({
    files: [...one.files].reverse(),
    sources: new Map([...one.sources].map(([key, files]) => [key, [...files].reverse()])),
    solution: {
      ...one.solution,
      libs: [...one.solution.libs].reverse(),
      providers: new Map([...one.solution.providers].reverse().map(([name, list]) => [name, [...list].reverse()])),
    },
    catalog: {
      interfaces: [...one.catalog.interfaces].reverse(),
      libs: [...one.catalog.libs].reverse().map((lib) => ({
        ...lib,
        files: [...lib.files].reverse(),
        needs: [...lib.needs].reverse(),
        provides: [...lib.provides].reverse(),
      })),
    },
    spec: {...one.spec, needs: [...one.spec.needs].reverse(), env: {HOME: '/', PATH: '/bin'}},
  });
  expect(JSON.stringify(planned(shuffled))).toBe(text);
});

test('a plan does not depend on where anything lies', () => {
  const one = input();
  const move = (path: string): string =>
    path.replace('/work/shop', '/home/me/other').replace('/kit/', '/opt/kraft ts/');
  const moved = input({
    places: {
      project: '/home/me/other',
      kit: '/opt/kraft ts',
      store: '/var/store',
      packages: {'@acme/net': move(one.places.packages['@acme/net'] ?? '')},
    },
    spec: {...one.spec, folder: '/home/me/other', path: '/home/me/other/Kraftfile'},
    catalog: {
      interfaces: one.catalog.interfaces.map((each) => ({...each, folder: move(each.folder)})),
      libs: one.catalog.libs.map((each) => ({...each, folder: move(each.folder)})),
    },
  });
  expect(JSON.stringify(planned(moved))).toBe(JSON.stringify(planned(one)));
});

test('whatever an action reads, an action before it makes, or a place has', () => {
  const made = new Set<string>();
  for (const action of planned().actions) {
    const reads =
      action.kind === 'compile'
        ? [action.input]
        : action.kind === 'combine'
          ? action.inputs
          : action.kind === 'link'
            ? [...action.inputs, action.script]
            : action.kind === 'audit'
              ? [action.input, ...action.objects.map(({output}) => output)]
              : [];
    for (const path of reads.filter((one) => one.startsWith('$build/'))) expect(made).toContain(path);
    if ('output' in action) expect(made).not.toContain(action.output);
    if ('output' in action) made.add(action.output);
  }
});

test('a condition that holds gives the need its symbols', () => {
  const one = input();
  const log = one.solution.libs.map((each) => (each.name === 'net-tiny' ? {...each, options: {log: true}} : each));
  const wants = (of: Plan): readonly string[] =>
    of.actions.flatMap((each) => (each.kind === 'audit' && each.owner === 'net-tiny' ? each.mayWant : []));
  expect(wants(planned())).not.toContain('kr_console_drivers');
  expect(wants(planned(input({solution: {...one.solution, libs: log}})))).toContain('kr_console_drivers');
});

test.each([
  {
    title: 'an app without a C file',
    change: {files: ['README.md', 'docs/x.c']},
    message: `Kraftfile:1:1: error: The app "shop" has no C or C++ file.
  1 | shop
    | ~~~~
  help: Write main.c beside the Kraftfile, or say under \`sources\` where the files are.`,
  },
  {
    title: 'a glob that fits nothing',
    change: {spec: {...input().spec, sources: [{value: 'code/*.c', at: place('Kraftfile', 'code/*.c')}]}},
    message: `Kraftfile:1:1: error: No C, C++ or assembly file fits "code/*.c".
  1 | code/*.c
    | ~~~~~~~~`,
  },
  {
    title: 'a source without the files that its lib compiles',
    change: {sources: new Map([[someDigest, ['README']]])},
    message: 'libs/net-tiny/lib.yaml:1:1: error: No file of tinyip 2.1 fits "src/**/*.c".\n  1 | tinyip\n    | ~~~~~~',
  },
])('$title is told', ({change, message}) => {
  const result = plan(input(change));
  const text = result.ok ? '' : printDiagnostics(result.error);
  expect(text).toBe(message);
});

/** The plan as a reader wants it: what each action makes, from what, and the text of what is generated. */
function printed({actions, symbolOwners, headerOwners, ...head}: Plan): string {
  const lines = actions.flatMap((action): readonly string[] => {
    switch (action.kind) {
      case 'fetch':
        return [`fetch ${action.source} ${action.version} for ${action.lib}: ${action.because}`];
      case 'generate':
        return [
          `generate ${action.output}: ${action.because}`,
          ...action.content.split('\n').map((line) => `    | ${line}`),
        ];
      case 'compile':
        return [
          `compile ${action.owner}: ${action.input} → ${action.output}`,
          `    flags ${action.flags.join(' ')}`,
          ...action.include.map((folder) => `    -I ${folder}`),
        ];
      case 'combine':
        return [
          `combine ${action.owner}: ${action.inputs.join(' ')} → ${action.output}`,
          `    keep ${action.keep.join(' ')}`,
        ];
      case 'audit':
        return [
          `audit ${action.owner} (${action.manifest}): ${action.because}`,
          ...action.promises.map((one) => `    promises ${one.symbol} (${one.interface})`),
          `    may want ${action.mayWant.join(' ')}`,
        ];
      case 'link':
        return [`link ${action.inputs.join(' ')} → ${action.output}`, `    flags ${action.flags.join(' ')}`];
      default:
        return unreachable(action);
    }
  });
  const owners = (table: Readonly<Record<string, string>>): readonly string[] =>
    Object.entries(table).map(([one, owner]) => `${one}: ${owner}`);
  return [JSON.stringify(head, undefined, 2), ...lines, ...owners(symbolOwners), ...owners(headerOwners), ''].join(
    '\n',
  );
}
