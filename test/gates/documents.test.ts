// SPDX-License-Identifier: BSD-3-Clause

import {existsSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {readRepositoryFile, repository, repositoryFiles} from '../rig/repository.ts';

const documents = repositoryFiles().filter((file) => file.endsWith('.md'));

describe.each(documents)('%s', (document) => {
  const text = readRepositoryFile(document);
  const folder = path.dirname(document);

  test('links to files that are there', () => {
    const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].flatMap(([, link]) => link ?? []);
    const dead = links.filter((link) => !/^[a-z]+:/.test(link) && !existsSync(path.join(repository, folder, link)));
    expect(dead).toEqual([]);
  });
});

test('ARCHITECTURE.md, README.md and CONTRIBUTING.md name files and folders that are there', () => {
  const dead = ['ARCHITECTURE.md', 'README.md', 'CONTRIBUTING.md'].flatMap((document) => {
    const names = [
      ...readRepositoryFile(document).matchAll(
        /`((?:toolkit|cli|tui|libs|platforms|arch|apps|schema|test|bench|docs|scripts)\/[\w./-]*)`/g,
      ),
    ];
    return names.flatMap(([, name]) =>
      name === undefined || existsSync(path.join(repository, name)) ? [] : [`${document}: ${name}`],
    );
  });
  expect(dead).toEqual([]);
});

test('an ADR has a number of its own, a date and the four headings', () => {
  const decisions = documents.filter((file) => /^docs\/adr\/\d{4}-[a-z0-9-]+\.md$/.test(file));
  const numbers = decisions.map((decision) => Number(/\/(\d{4})-/.exec(decision)?.[1])).sort((a, b) => a - b);
  expect(numbers).toEqual(decisions.map((_, index) => index + 1));
  for (const decision of decisions) {
    const text = readRepositoryFile(decision);
    const number = Number(/\/(\d{4})-/.exec(decision)?.[1]);
    expect(text).toMatch(new RegExp(`^# ${number}\\. [A-Z].*\\nAccepted, \\d{4}-\\d{2}-\\d{2}\\. Supersedes `));
    for (const heading of ['Context', 'Decision', 'Rejected', 'Consequences'])
      expect(text).toMatch(new RegExp(`^(\\*\\*|## )?${heading}\\b`, 'm'));
  }
});
