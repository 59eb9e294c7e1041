// SPDX-License-Identifier: BSD-3-Clause

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {testGoldens} from '../../test/rig/golden.ts';
import {keysOf, printDiagnostics} from '../base/index.ts';
import {kraftfileTable, parseKraftfile, type Spec} from './index.ts';

testGoldens(join(import.meta.dirname, 'golden'), (input) => {
  const parsed = parseKraftfile({path: 'Kraftfile', text: input}, '/home/me/shop/Kraftfile');
  if (!parsed.ok) return printDiagnostics([...parsed.error, ...parsed.warnings]);
  return [printDiagnostics(parsed.warnings), JSON.stringify(parsed.value, withoutPlaces, 2)].join('\n').trim();
});

test('an app without a name is called like its folder', () => {
  const parsed = parseKraftfile({path: 'Kraftfile', text: 'spec: v1\n'}, '/home/me/shop/Kraftfile');
  expect(parsed.ok && parsed.value.name.value).toBe('shop');
});

test('a folder whose name is no name for an app', () => {
  const parsed = parseKraftfile({path: 'Kraftfile', text: 'spec: v1\n'}, '/home/me/my shop/Kraftfile');
  expect(parsed.ok ? '' : printDiagnostics(parsed.error)).toBe(
    [
      'Kraftfile:1:1: error: The app has no name, and its folder "my shop" is named in a way that an app cannot be.',
      '  1 | spec: v1',
      '    | ^',
      '  help: Add name: shop',
    ].join('\n'),
  );
});

test('every place points at what was written', () => {
  const text = 'spec: v1\nlibraries:\n  shop-log: {options: {depth: 3}}\nneeds: [clock]\nmemory: 1 MiB\n';
  const spec = right(text);
  const at = (place: {offset: number; length: number}) => text.slice(place.offset, place.offset + place.length);
  const [lib] = spec.libraries;
  expect(
    [lib?.at, lib?.options[0]?.nameAt, lib?.options[0]?.at, spec.needs[0]?.at, spec.memory?.at].map(
      (place) => place && at(place),
    ),
  ).toEqual(['shop-log', 'depth', '3', 'clock', '1 MiB']);
});

test('Kraftfile.example has every key exactly once, and is right', () => {
  const text = readFileSync(join(import.meta.dirname, '../../Kraftfile.example'), 'utf8');
  right(text);
  const outer = keysOf(kraftfileTable).filter((entry) => !/[.[]/.test(entry.path));
  const written = [...text.matchAll(/^([a-z]+):/gm)].map((match) => match[1]);
  expect([...written].sort()).toEqual(outer.map((entry) => entry.path).sort());
  for (const key of ['version', 'options']) expect(text.match(new RegExp(`^ +${key}:`, 'gm'))).toHaveLength(1);
});

test('the example of each key in the table is right', () => {
  for (const {path, facts} of keysOf(kraftfileTable)) {
    if (/[.[]/.test(path) || path === 'spec') continue;
    const example = path === 'targets' ? '[shopbox/abacus]' : facts.example;
    right(`spec: v1\n${path}: ${example}\n`);
  }
});

function right(text: string): Spec {
  const parsed = parseKraftfile({path: 'Kraftfile', text}, '/home/me/shop/Kraftfile');
  expect(parsed.ok ? '' : printDiagnostics(parsed.error)).toBe('');
  if (!parsed.ok) throw new Error('unreachable');
  return parsed.value;
}

function withoutPlaces(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const rest = Object.entries(value).filter(([name]) => !['at', 'nameAt', 'source'].includes(name));
  return rest.length === 1 && rest[0]?.[0] === 'value' ? rest[0][1] : Object.fromEntries(rest);
}
