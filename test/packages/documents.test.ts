// SPDX-License-Identifier: BSD-3-Clause

import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterAll, expect, test, vi} from 'vitest';
import {runTool} from '../rig/tool.ts';
import {stepsOf} from './document.ts';
import {startRegistry} from './registry.ts';

/** Each page builds and boots several images, beside other tests. */
vi.setConfig({testTimeout: 600_000});

const registry = await startRegistry();
afterAll(() => registry.stop());

/** What a page shows for: commands that say something, by their beginning. */
const says: Readonly<Record<string, RegExp>> = {
  'kraft-ts lib test --only hosted': /^FAILS {2}alloc /m,
  'kraft-ts lib test': /passes: \d+ runs?, nothing failed\.$/m,
  'kraft-ts lib bench': /^(?:mix|next) /m,
  'kraft-ts run': /^(?:Hello, world!|ten squares: 385, and a byte: \d+)$/m,
  'kraft-ts why alloc-mine': /^alloc-mine 0\.1\.0 is in the image\./,
  'kraft-ts lib publish': /entropy-dice/,
  'kraft-ts search entropy': /^entropy-dice /m,
  'kraft-ts list counter': /counter-fast/,
};

test.each(['docs/adding-a-lib.md', 'docs/adding-an-interface.md', 'docs/publishing.md', 'docs/languages.md'])(
  '%s, line by line',
  async (page) => {
    let folder = registry.project(path.basename(page, '.md'));
    const settings = '.npmrc';
    const steps = stepsOf(page);
    expect(steps.length).toBeGreaterThan(8);
    for (const step of steps) {
      if (step.kind === 'write') {
        writeFileSync(path.join(folder, step.file), step.text);
        continue;
      }
      const [program = '', ...words] = step.command.split(' ');
      if (program === 'cd') {
        folder = path.join(folder, words[0] ?? '');
        // Where a reader has npm set to a registry for all folders.
        registry.configure(path.join(folder, settings));
        continue;
      }
      expect(program).toBe('kraft-ts');
      const {status, out, error} = await runTool(words, folder);
      expect({command: step.command, outcome: status === 0 ? 'works' : 'fails', out, error}).toMatchObject({
        command: step.command,
        outcome: step.outcome,
      });
      const shows = says[step.command];
      if (shows !== undefined) expect(out + error).toMatch(shows);
    }
  },
);
