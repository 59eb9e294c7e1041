// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {expect, test} from 'vitest';
import {filesOf, testGoldens} from '../../test/rig/golden.ts';
import {keysOf, printDiagnostics} from '../base/index.ts';
import {memoryHost, nodeHost} from '../host/index.ts';
import {interfaceTable, libTable, loadCatalog} from './index.ts';

/** A catalog from files in memory: the kit, and a project in `mine/`. */
function load(files: Readonly<Record<string, string>>) {
  const absolute = Object.fromEntries(Object.entries(files).map(([path, content]) => [`/kit/${path}`, content]));
  const host = memoryHost({files: {'/kit/README.md': '', ...absolute}, cwd: '/kit'});
  return loadCatalog(host, [
    {folder: '/kit', origin: 'bundled'},
    {folder: '/kit/mine', origin: 'project'},
  ]);
}

testGoldens(join(import.meta.dirname, 'golden'), async (input) => {
  const loaded = await load(filesOf(input));
  const warnings = printDiagnostics(loaded.warnings);
  if (!loaded.ok) return [printDiagnostics(loaded.error), warnings].filter((text) => text !== '').join('\n\n');
  return [warnings, JSON.stringify(loaded.value, withoutPlaces, 1).replaceAll(/\n {4,}/g, ' ')].join('\n').trim();
});

test('the catalog does not depend on the order of its folders', async () => {
  const lib = (name: string, version: string) =>
    `name: ${name}\nversion: ${version}\nsummary: x\nlicense: BSD-3-Clause\n`;
  const loaded = await load({
    'libs/shop-b/lib.yaml': lib('shop-b', '1.0.0'),
    'libs/shop-a/lib.yaml': lib('shop-a', '1.9.0'),
    'mine/libs/shop-a/lib.yaml': lib('shop-a', '1.10.0'),
  });
  expect(loaded.ok && loaded.value.libs.map((each) => `${each.name} ${each.version} ${each.origin}`)).toEqual([
    'shop-a 1.10.0 project',
    'shop-a 1.9.0 bundled',
    'shop-b 1.0.0 bundled',
  ]);
});

test('where there is nothing, the catalog is empty', async () => {
  expect(await load({})).toMatchObject({ok: true, value: {interfaces: [], libs: []}, warnings: []});
});

test('a platform whose script is not there', async () => {
  const loaded = await load({
    'platforms/shopbox/lib.yaml': [
      'name: shopbox',
      'version: 1.0.0',
      'summary: x',
      'license: BSD-3-Clause',
      'boot: {entry: e, base: 0, default-machine: a, machines: {a: {means: A.}}, script: image.ld.in}',
      '',
    ].join('\n'),
  });
  expect(loaded.ok ? '' : printDiagnostics(loaded.error)).toBe(
    [
      'platforms/shopbox/lib.yaml:1:7: error: The platform "shopbox" names a script that is not there: image.ld.in.',
      '  1 | name: shopbox',
      '    |       ~~~~~~~',
    ].join('\n'),
  );
});

test('the bundled catalog has no mistake', async () => {
  const kit = join(import.meta.dirname, '../..');
  const loaded = await loadCatalog(nodeHost(), [{folder: kit, origin: 'bundled'}]);
  expect(loaded.ok ? '' : printDiagnostics(loaded.error)).toBe('');
});

test('the keys of manifests have a meaning and an example', () => {
  for (const {path, facts} of [...keysOf(libTable), ...keysOf(interfaceTable)]) {
    expect([path, facts.means]).toEqual([path, expect.stringMatching(/^[A-Z].*[.”]$/)]);
    expect([path, facts.example]).toEqual([path, expect.stringMatching(/./)]);
  }
});

function withoutPlaces(key: string, value: unknown): unknown {
  if (['at', 'folder', 'origin'].includes(key)) return undefined;
  if (Array.isArray(value) && value.length === 0) return undefined;
  return value;
}
