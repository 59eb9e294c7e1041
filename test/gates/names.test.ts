// SPDX-License-Identifier: BSD-3-Clause

import path from 'node:path';
import {build} from 'esbuild';
import {expect, test} from 'vitest';
import {parseDocument} from 'yaml';
import {throughDoors} from '../../scripts/through-doors.mjs';
import {readRepositoryFile, repository, repositoryFiles} from '../rig/repository.ts';

const files = repositoryFiles();
const manifests = files.filter((file) => /^(libs|platforms|arch)\/(?!interfaces\/)[^/]+\/lib\.yaml$/.test(file));
const libs = manifests.map((file) => ({name: path.basename(path.dirname(file)), folder: path.dirname(file)}));
const names = libs.map(({name}) => name);

/** Words of the trade that are names of platforms or arches as well; each with who may say it, and why. */
const alsoWords: Readonly<Record<string, RegExp>> = {
  // QEMU's accelerator, and the device behind it.
  kvm: /\bKVM\b|\/dev\/kvm|'kvm'|"kvm"|accel/i,
};

test('no file of the tool as it is bundled names a particular lib, platform or arch', async () => {
  const {metafile} = await build({
    absWorkingDir: repository,
    entryPoints: ['cli/main.ts'],
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    plugins: [throughDoors],
    metafile: true,
    write: false,
  });
  const tool = Object.keys(metafile.inputs).filter((file) => /^(toolkit|cli|tui)\//.test(file));
  expect(tool.length).toBeGreaterThan(100);
  const named = tool.flatMap((file) => mentions(file, withoutComments(readRepositoryFile(file)), names));
  expect(named).toEqual([]);
});

test('no lib names another lib, in C or in its manifest, except under excludes', () => {
  const named = libs.flatMap(({name, folder}) => {
    const others = names.filter((other) => other !== name && !name.startsWith(`${other}-`));
    const own = files.filter(
      (file) => file.startsWith(`${folder}/`) && /\.(c|h|S|yaml)$/.test(file) && !file.includes('/test/'),
    );
    return own.flatMap((file) =>
      mentions(file, file.endsWith('.yaml') ? manifestWords(file) : withoutComments(readRepositoryFile(file)), others),
    );
  });
  expect(named).toEqual([]);
});

function mentions(file: string, text: string, words: readonly string[]): readonly string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      words
        .filter((word) => new RegExp(`(?<![\\w-])${word}(?![\\w-])`).test(line) && !alsoWords[word]?.test(line))
        .map((word) => `${file}:${index + 1}: ${word}`),
    );
}

/** What a manifest says to the tool: without prose, its own name, its limits, and what it excludes. */
function manifestWords(file: string): string {
  const manifest: Record<string, unknown> = parseDocument(readRepositoryFile(file)).toJS();
  const {
    name: _name,
    summary: _summary,
    excludes: _excludes,
    arch: _arch,
    platform: _platform,
    compile: _compile,
    boot: _boot,
    sources: _sources,
    ...rest
  } = manifest;
  return JSON.stringify(rest, (key, value: unknown) =>
    ['because', 'means', 'when'].includes(key) ? undefined : value,
  );
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, '')).replace(/\/\/.*$/gm, '');
}
