// SPDX-License-Identifier: BSD-3-Clause

import {readdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterAll, describe, expect, test, vi} from 'vitest';
import {runTool} from '../rig/tool.ts';
import {edit, startRegistry} from './registry.ts';

/** Programs are compiled and images built, beside other tests. */
vi.setConfig({testTimeout: 300_000});

const registry = await startRegistry();
afterAll(() => registry.stop());

/** A lib of the toolkit as somebody's package, under another name. */
function fsMine(): string {
  const folder = registry.copy('libs/fs-ram', 'fs-mine');
  for (const file of filesUnder(folder))
    edit(folder, file, (text) => text.replaceAll('fs-ram', 'fs-mine').replaceAll('fs_ram', 'fs_mine'));
  const version = /^version: (.*)$/m.exec(readFileSync(path.join(folder, 'lib.yaml'), 'utf8'))?.[1];
  const manifest = {
    name: 'fs-mine',
    version,
    license: 'BSD-3-Clause',
    engines: {'kraft-ts': '>=0.1.0'},
    files: ['lib.yaml', 'src'],
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}

function filesUnder(root: string, under = ''): readonly string[] {
  return readdirSync(path.join(root, under)).flatMap((name) => {
    const file = path.join(under, name);
    return statSync(path.join(root, file)).isDirectory() ? filesUnder(root, file) : [file];
  });
}

const alloc = (): string => registry.copy('examples/alloc-fit', 'alloc-fit');

describe('a provider that fails a suite is not published, and the case is named', () => {
  test.each<readonly [string, () => string, string, readonly [string, string], RegExp]>([
    [
      'an allocator that forgets half of what it moves',
      alloc,
      'src/alloc-fit.c',
      ['memcpy(moved, memory, block->size)', 'memcpy(moved, memory, block->size / 2)'],
      /error: alloc-fit 1\.0\.0 is not published: it fails alloc\.\n[\s\S]*note: alloc on gcc: resize_keeps_the_content: \S+conformance\/alloc\.c:\d+: is_filled\(memory, keep, 7\)/,
    ],
    [
      'a scheduler whose yield stays',
      () => registry.copy('examples/sched-queue', 'sched-queue'),
      'src/sched-queue.c',
      [
        '    if (ready.first == NULL)\n        return;\n    append',
        '    if (ready.first != NULL)\n        return;\n    append',
      ],
      /error: sched-queue 1\.0\.0 is not published: it fails [\w, -]*threads\.\n[\s\S]*note: threads on gcc: \w+: \S+conformance\/threads\.c:\d+: /,
    ],
    [
      'a network device that cuts frames short',
      () => registry.copy('examples/netdev-pair', 'netdev-pair'),
      'src/netdev-pair.c',
      ['(uint16_t)length;', '(uint16_t)(length - 1);'],
      /error: netdev-pair 1\.0\.0 is not published: it fails [\w, -]*netdev\b[\s\S]*note: netdev on gcc: a_gathered_frame_comes_back_whole: \S+conformance\/netdev\.c:\d+: buffer->length == /,
    ],
    [
      'a file system that reads less than there is',
      fsMine,
      'src/content.c',
      ['        length = (size_t)(node->size - offset);', '        length = (size_t)(node->size - offset) - 1;'],
      /error: fs-mine \S+ is not published: it fails contents\.\n[\s\S]*note: contents on gcc: a_file_is_as_a_model_of_it: \S+conformance\/contents\.c:\d+: driver->read/,
    ],
  ])('%s', async (_, make, file, [right, wrong], says) => {
    const folder = make();
    edit(folder, file, (text) => {
      expect(text).toContain(right);
      return text.replace(right, wrong);
    });
    const {status, error} = await runTool(['lib', 'publish'], folder);
    expect(error).toMatch(says);
    expect(status).toBe(1);
    const found = await fetch(`${registry.url}${path.basename(folder)}`);
    expect(found.status).toBe(404);
  });
});

describe('lib check says what is wrong', () => {
  test.each<readonly [string, string, (text: string) => string, RegExp]>([
    [
      'a symbol that is missing',
      'src/alloc-fit.c',
      (text) => text.replace(/\nvoid kr_alloc_figures[\s\S]*$/, '\n'),
      /error: .*kr_alloc_figures/,
    ],
    [
      'a symbol of an interface that it does not need',
      'src/alloc-fit.c',
      (text) =>
        `${text}\nuint64_t kr_clock_ticks(void);\nuint64_t alloc_fit_age(void);\nuint64_t alloc_fit_age(void)\n{\n    return kr_clock_ticks();\n}\n`,
      /error: .*kr_clock_ticks/,
    ],
    [
      'a header of an interface that it does not need',
      'src/alloc-fit.c',
      (text) => text.replace('#include <kraft/mem.h>', '#include <kraft/clock.h>\n#include <kraft/mem.h>'),
      /error: .*clock/,
    ],
    ['a budget that it exceeds', 'lib.yaml', (text) => text.replace('text: 4 KiB', 'text: 64'), /error: .*text/],
    [
      'a file that says another licence',
      'src/alloc-fit.c',
      (text) => text.replace('BSD-3-Clause', 'MIT'),
      /error: \S*src\/alloc-fit\.c says MIT, but the manifest says BSD-3-Clause\.$/m,
    ],
    [
      'a licence that SPDX does not have',
      'lib.yaml',
      (text) => text.replace(/^license: .*$/m, 'license: Mine'),
      /error: The licence "Mine" is not written as SPDX writes one\.$/m,
    ],
  ])('%s', async (title, file, change, says) => {
    const folder = registry.copy('examples/alloc-fit', title.replaceAll(' ', '-'));
    edit(folder, file, change);
    const {status, error, out} = await runTool(['lib', 'check'], folder);
    expect(error).toMatch(says);
    expect(out).toMatch(/^FAILS /m);
    expect(status).toBe(1);
  });

  test('a change that asks for more than its number says', async () => {
    registry.publish(alloc());
    const folder = registry.copy('examples/alloc-fit', 'next');
    edit(folder, 'lib.yaml', (text) =>
      text.replace(/^version: .*$/m, 'version: 1.0.1').replace(/^options:\n.*\n/m, ''),
    );
    edit(folder, 'package.json', (text) => text.replace('"1.0.0"', '"1.0.1"'));
    edit(folder, 'src/alloc-fit.c', (text) =>
      text.replace('#include <options.h>\n', '#define OPT_FIT 0\n#define OPT_FIT_FIRST 0\n'),
    );
    const {status, error} = await runTool(['lib', 'check'], folder);
    expect(error).toContain('error: alloc-fit 1.0.1 is a major change from 1.0.0, which is published.');
    expect(error).toContain('help: Make it version 2.0.0, or take the change back.');
    expect(status).toBe(1);
  });

  test('a name that somebody has for something else', async () => {
    registry.publish(registry.project('foreign', {'package.json': '{"name": "alloc-taken", "version": "1.0.0"}'}));
    const folder = alloc();
    for (const file of ['lib.yaml', 'package.json'])
      edit(folder, file, (text) => text.replaceAll('alloc-fit', 'alloc-taken'));
    const {status, error} = await runTool(['lib', 'publish'], folder);
    expect(error).toContain(
      'error: The name "alloc-taken" is taken: the registry has a package of that name that is not for kraft-ts.',
    );
    expect(status).toBe(1);
  });
});

test('a need that goes round in a circle is drawn', async () => {
  const user = registry.project('circle', {
    Kraftfile: 'spec: v1\nname: circle\nneeds: [alloc, sched]\ntargets: [kvm/x86_64]\n',
    'main.c': 'int main(void)\n{\n    return 0;\n}\n',
  });
  const one = registry.copy('examples/alloc-fit', 'circle-alloc');
  edit(one, 'lib.yaml', (text) => text.replace('needs:\n', 'needs:\n  sched: {version: ^1, because: it waits}\n'));
  const other = registry.copy('examples/sched-queue', 'circle-sched');
  edit(other, 'lib.yaml', (text) => text.replace('arch:', 'starts: sched_queue_start\narch:'));
  expect(await runTool(['add', one], user)).toMatchObject({status: 0});
  expect(await runTool(['add', other], user)).toMatchObject({status: 0});
  const {status, error} = await runTool(['plan'], user);
  expect(error).toContain(
    'error: No order of starting fits alloc-fit and sched-queue: each needs the others to have started.',
  );
  expect(error).toContain('The cycle: alloc-fit needs sched, from sched-queue needs alloc, from alloc-fit.');
  expect(status).toBe(1);
});
