// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {parseDocument} from 'yaml';
import {readRepositoryFile, repositoryFiles} from '../rig/repository.ts';

interface Manifest {
  readonly contract?: string;
  readonly cardinality: string;
  readonly symbols?: readonly string[];
  readonly generated?: readonly string[];
  readonly driver?: string;
}

const files = repositoryFiles();
const interfaces = files.flatMap((file) => /^libs\/interfaces\/([^/]+)\/interface\.yaml$/.exec(file)?.[1] ?? []);

test.each(interfaces)('the header of %s declares what its manifest lists', (name) => {
  const folder = `libs/interfaces/${name}`;
  const manifest: Manifest = parseDocument(readRepositoryFile(`${folder}/interface.yaml`)).toJS();
  if (manifest.contract === 'open') return;
  const headers = files.filter((file) => file.startsWith(`${folder}/include/`) && file.endsWith('.h'));
  const text = headers.map((file) => plain(readRepositoryFile(file))).join('\n');
  const declared = [...new Set([...functionsOf(text), ...objectsOf(text)])].sort();
  const tables =
    manifest.cardinality === 'any' ? declared.filter((symbol) => /_drivers$|_driver_count$/.test(symbol)) : [];
  expect(declared).toEqual([...(manifest.symbols ?? []), ...(manifest.generated ?? []), ...tables].sort());
  if (manifest.driver !== undefined) expect(text).toContain(`struct ${manifest.driver}`);
});

/** What every guest is made of: more than one way to do each, and a suite to tell whether it is one. */
const everyday = 'alloc clock console entropy irq mem netdev netstack panic print sched virtio'.split(' ');

test.each(everyday)('%s has a suite and two providers at least', (name) => {
  const suites = files.filter((file) => file.startsWith(`libs/interfaces/${name}/conformance/`) && file.endsWith('.c'));
  const providers = files
    .filter((file) => /(^|\/)lib\.yaml$/.test(file) && !file.startsWith('test/'))
    .filter((file) => {
      const {provides = {}}: {provides?: object} = parseDocument(readRepositoryFile(file)).toJS();
      return Object.hasOwn(provides, name);
    });
  expect(suites.length).toBeGreaterThanOrEqual(1);
  expect(providers.length).toBeGreaterThanOrEqual(2);
});

/** Without comments, attributes, and what a header defines itself. */
function plain(text: string): string {
  let bare = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*#(?:.*\\\n)*.*$/gm, '');
  bare = bare.replace(/__attribute__\s*\(\(.*?\)\)|_Static_assert\s*\([\s\S]*?\)\s*;/g, ' ');
  // Bodies of inline functions and of structs, innermost first.
  while (/\{[^{}]*\}/.test(bare)) bare = bare.replace(/\{[^{}]*\}/g, ' ;');
  return bare;
}

function functionsOf(text: string): readonly string[] {
  const declarations = text.split(';').filter((declaration) => !/\b(inline|typedef)\b/.test(declaration));
  return declarations.flatMap((declaration) => /\b([a-z_]\w*)\s*\(/.exec(declaration)?.[1] ?? []);
}

function objectsOf(text: string): readonly string[] {
  const declarations = text.split(';').filter((one) => /\bextern\b/.test(one) && !one.includes('('));
  return declarations.flatMap((declaration) =>
    declaration.split(',').flatMap((one) => /\b(\w+)\s*(?:\[[^\]]*\])?\s*$/.exec(one)?.[1] ?? []),
  );
}
