// SPDX-License-Identifier: BSD-3-Clause

import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';

/** The checkout that the tests belong to. */
export const repository = path.resolve(import.meta.dirname, '../..');

/** Its files, relative, whether they are committed yet or not. */
export function repositoryFiles(): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: repository,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return [...new Set(listed.split('\n'))]
    .filter((file) => file !== '' && existsSync(path.join(repository, file)))
    .sort();
}

export function readRepositoryFile(file: string): string {
  return readFileSync(path.join(repository, file), 'utf8');
}
