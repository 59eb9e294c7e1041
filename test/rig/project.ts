// SPDX-License-Identifier: BSD-3-Clause

import {mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {onTestFinished} from 'vitest';

/** A folder that is there for one test. */
export interface TemporaryProject {
  readonly folder: string;
  write(file: string, content: string): void;
  read(file: string): string;
}

/** Files of a project in a folder of their own; removed when the test is over. */
export function temporaryProject(files: Readonly<Record<string, string>> = {}): TemporaryProject {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'kraft-ts-')));
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
  for (const [file, content] of Object.entries(files)) write(file, content);
  return {folder, write, read: (file) => readFileSync(path.join(folder, file), 'utf8')};

  function write(file: string, content: string): void {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), {recursive: true});
    writeFileSync(target, content);
  }
}
