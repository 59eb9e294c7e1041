// SPDX-License-Identifier: BSD-3-Clause
// Ctrl-C in a search that would take hours: the best answer so far, how good it may be, and no lock.

import {existsSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {temporaryProject} from '../rig/project.ts';
import {startTool} from '../rig/tool.ts';

const parts = 40;
const ways = 8;

/** Parts that can be had in several ways, of which many exclude each other: some image is found soon, the smallest never. */
function hardProject(): string {
  let state = 7;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const files: Record<string, string> = {
    Kraftfile: `spec: v1\nname: hard\nneeds: [${Array.from({length: parts}, (_, part) => `part${part}`).join(', ')}]\nminimize: size\ntargets: [kvm/x86_64]\n`,
    'main.c': 'int main(void) { return 0; }\n',
  };
  for (let part = 0; part < parts; part++) {
    const folder = `libs/interfaces/part${part}`;
    files[`${folder}/interface.yaml`] = `name: part${part}\nversion: 1.0.0\nsummary: Part ${part}.\ncardinality: one\n`;
    files[`${folder}/include/kraft/part${part}.h`] = '';
    for (let way = 0; way < ways; way++) {
      const others = Array.from({length: 10}, () => `part${(part + 1 + below(parts - 1)) % parts}-p${below(ways)}`);
      const excludes = [...new Set(others)].map((other) => `${other}: {because: they clash}`).join(', ');
      files[`libs/part${part}-p${way}/src/part.c`] = '';
      files[`libs/part${part}-p${way}/lib.yaml`] =
        `name: part${part}-p${way}\nversion: 1.0.0\nsummary: One way.\nlicense: BSD-3-Clause\nprovides: {part${part}: 1.0.0}\nmeasured: {size: ${1000 + below(9000)}}\nexcludes: {${excludes}}\n`;
    }
  }
  return temporaryProject(files).folder;
}

test('Ctrl-C ends a search with the best answer so far, and what is not proven is not locked', async () => {
  const folder = hardProject();
  const tool = startTool(['solve', '--update', '--deadline', '600'], {cwd: folder});
  const began = performance.now();
  let ended = false;
  void tool.ended.then(() => (ended = true));
  // Some answer is found in the first second or two, of a processor that may be shared.
  await new Promise((resolve) => setTimeout(resolve, 12_000));
  expect(ended).toBe(false);
  tool.process.kill('SIGINT');
  const {status, out, error} = await tool.ended;
  expect(status).toBe(130);
  expect(out).toMatch(/^part0-p\d +1\.0\.0 +part0$/m);
  expect(error).toMatch(
    /so far; that there is no better one is not proven:\n {2}size: \d+, and no answer is below \d+ \(a gap/,
  );
  expect(error).toContain('It was interrupted before an answer was proven to be the best, so nothing was written.');
  expect(existsSync(path.join(folder, 'kraft.lock'))).toBe(false);
  expect(performance.now() - began).toBeLessThan(60_000);
}, 120_000);

test('an answer that its deadline did not prove is shown and not locked', async () => {
  const folder = hardProject();
  const {status, error} = await startTool(['solve', '--update', '--deadline', '10'], {cwd: folder}).ended;
  expect(error).toContain('The time was over before an answer was proven to be the best, so nothing was written.');
  expect(status).toBe(1);
  expect(existsSync(path.join(folder, 'kraft.lock'))).toBe(false);
}, 120_000);
