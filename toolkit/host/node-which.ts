// SPDX-License-Identifier: BSD-3-Clause

import {constants} from 'node:fs';
import fs from 'node:fs/promises';
import {delimiter, isAbsolute, join} from 'node:path';

/** Where a program is on PATH. */
export async function which(program: string): Promise<string | undefined> {
  const candidates = program.includes('/')
    ? [program]
    : (process.env.PATH ?? '')
        .split(delimiter)
        .filter(isAbsolute)
        .map((folder) => join(folder, program));
  for (const path of candidates) {
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await fs.access(path, constants.X_OK);
    return (await fs.stat(path)).isFile();
  } catch {
    return false;
  }
}
