// SPDX-License-Identifier: BSD-3-Clause

import {rmSync} from 'node:fs';
import path from 'node:path';
import {expect, test, vi} from 'vitest';
import {runTool} from '../rig/tool.ts';
import {startRegistry} from './registry.ts';

vi.setConfig({testTimeout: 120_000});

test('without a registry, what npm has had once is added from its cache, and the rest is told', async () => {
  const registry = await startRegistry();
  registry.publish(registry.copy('examples/alloc-fit', 'alloc-fit'));
  const kraftfile = 'spec: v1\nname: shop\nneeds: [alloc]\ntargets: [linuxu/x86_64]\n';
  const files = {Kraftfile: kraftfile, 'main.c': 'int main(void)\n{\n    return 0;\n}\n'};
  const one = registry.project('one', files);
  const other = registry.project('other', files);
  expect(await runTool(['add', 'alloc-fit'], one)).toMatchObject({status: 0, error: ''});
  await registry.halt();
  try {
    const added = await runTool(['add', 'alloc-fit'], other);
    expect(added).toMatchObject({status: 0});
    rmSync(path.join(one, 'node_modules'), {recursive: true});
    const pinned = await runTool(['add'], one);
    expect(pinned).toEqual({status: 0, out: 'Installed 1 package, as kraft.lock pins.\n', error: ''});
    const {status, error} = await runTool(['add', 'alloc-other'], other);
    expect(error).toMatch(
      /^error: The registry http:\/\/127\.0\.0\.1:\d+\/ cannot be reached, and npm's cache lacks what is needed for "alloc-other"\.$/m,
    );
    expect(status).toBe(1);
  } finally {
    await registry.stop();
  }
});
