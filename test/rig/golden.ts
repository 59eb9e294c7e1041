// SPDX-License-Identifier: BSD-3-Clause

import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';

const line = '────────';

/**
 * One test for each text file of a folder: it begins with the input, and after a line of dashes comes what `render`
 * makes of it. `UPDATE_GOLDEN=1` writes the second half anew; a file with an input alone is a new case.
 */
export function testGoldens(folder: string, render: (input: string) => string | Promise<string>): void {
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.txt')) continue;
    test(name.slice(0, -'.txt'.length).replaceAll('-', ' '), async () => {
      const path = join(folder, name);
      const before = readFileSync(path, 'utf8');
      const [input = ''] = before.split(`${line}\n`);
      const after = `${input}${line}\n${await render(input)}\n`;
      if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, after);
      else expect(after).toBe(before);
    });
  }
}

/** The files of an input: each begins with a line `== path`. */
export function filesOf(input: string): Readonly<Record<string, string>> {
  const parts = input.split(/^== (.*)\n/m).slice(1);
  const files: Record<string, string> = {};
  for (let at = 0; at < parts.length; at += 2) files[parts[at] ?? ''] = parts[at + 1] ?? '';
  return files;
}
