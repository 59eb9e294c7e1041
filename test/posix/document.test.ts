// SPDX-License-Identifier: BSD-3-Clause

import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {readRepositoryFile, repository, repositoryFiles} from '../rig/repository.ts';
import {callRows} from './calls.ts';

const document = 'docs/posix.md';
const table = /(\| System call \|[^\n]*\n\|---[^\n]*\n)((?:\|[^\n]*\n)*)/;

test('docs/posix.md lists the calls that there are, and what does each', () => {
  const rows = callRows();
  const text = readRepositoryFile(document);
  const made = text.replace(table, (_all, head: string) => `${head}${rows.map((row) => `${row}\n`).join('')}`);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path.join(repository, document), made);
  else expect(text).toBe(made);
  expect(rows.length).toBeGreaterThan(60);
  expect(rows.join('\n')).not.toContain('| none |');
});

test('docs/posix.md names every provider of a concern', () => {
  const libs = repositoryFiles().flatMap((file) => /^libs\/(syscall-[^/]+)\/lib\.yaml$/.exec(file)?.[1] ?? []);
  const text = readRepositoryFile(document);
  expect(libs.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});
