// SPDX-License-Identifier: BSD-3-Clause

import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {render} from 'ink-testing-library';
import type {ReactElement} from 'react';
import {expect, test} from 'vitest';
import {openBench} from '../../test/rig/configurator.ts';
import {widthOf} from '../text/line.ts';
import {App} from './app.tsx';

const folder = path.join(import.meta.dirname, '../golden');
const sizes = [
  {columns: 80, rows: 24},
  {columns: 120, rows: 40},
];
const divider = '════════';

/** A golden begins with a Kraftfile, a line `$ keys …`, and then has a screen for each size. */
test.each(readdirSync(folder).sort())('%s', async (name) => {
  const file = path.join(folder, name);
  const before = readFileSync(file, 'utf8');
  const [input = ''] = before.split(`${divider}\n`);
  const [kraftfile = '', keys = ''] = input.split(/^\$ /m);
  let after = input;
  for (const size of sizes) {
    const bench = await openBench({kraftfile, size});
    await bench.press(
      ...keys
        .trim()
        .split(/\s+/)
        .filter((key) => key !== ''),
    );
    const frame = frameOf(
      <App state={bench.state()} drawing={{look: {colours: 'none', letters: 'unicode'}}} />,
      size.columns,
    );
    const lines = frame.split('\n');
    expect(lines.length).toBe(size.rows);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(size.columns);
    after += `${divider}\n${lines.map((line) => line.trimEnd()).join('\n')}\n`;
  }
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, after);
  else expect(after).toBe(before);
});

/** What Ink makes of it, without attributes such as bold. The library's own terminal has 100 columns. */
function frameOf(app: ReactElement, columns: number): string {
  const {lastFrame, unmount, rerender, stdout} = render(app);
  Object.defineProperty(stdout, 'columns', {value: columns, configurable: true});
  rerender(app);
  const frame = lastFrame() ?? '';
  unmount();
  return frame.replaceAll(/\u001b\[[0-9;]*m/g, '');
}
