// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {temporaryProject} from '../rig/project.ts';
import {runTool} from '../rig/tool.ts';

test('audit says which interfaces third-party code can reach, by which symbols, and no others', {
  timeout: 180_000,
}, async () => {
  const {folder} = temporaryProject({
    Kraftfile:
      'spec: v1\nname: shop\nneeds: [alloc, entropy, netstack]\nchoose: {netstack: netstack-lwip}\ntargets: [linuxu/x86_64]\n',
    'main.c': 'int main(void)\n{\n    return 0;\n}\n',
  });
  const {status, out} = await runTool(['audit', '--json'], folder);
  expect(status).toBe(0);
  const parts: readonly {owner: string; mayWant: string[]; reaches?: Record<string, string[]>}[] = JSON.parse(out);
  const others = parts.filter(({reaches}) => reaches !== undefined);
  expect(others.map(({owner}) => owner)).toEqual(['netstack-lwip']);
  const {mayWant = [], reaches = {}} = others[0] ?? {};
  expect(Object.keys(reaches)).toEqual(expect.arrayContaining(['clock', 'entropy', 'netdev', 'sched', 'string']));
  expect(Object.keys(reaches)).not.toContain('vfs');
  expect(reaches.clock).toContain('kr_clock_monotonic');
  expect(
    Object.values(reaches)
      .flat()
      .every((symbol) => mayWant.includes(symbol)),
  ).toBe(true);
});
