// SPDX-License-Identifier: BSD-3-Clause

import {expect, it} from 'vitest';
import {parseVolume} from './volume.ts';

it.each([
  ['./data:/data', {kind: 'folder', host: './data', guest: '/data', readOnly: false}],
  ['data:/var/lib/a b/', {kind: 'folder', host: 'data', guest: '/var/lib/a b', readOnly: false}],
  ['/a:b/c:/d:ro', {kind: 'folder', host: '/a:b/c', guest: '/d', readOnly: true}],
  ['./data:/data:rw', {kind: 'folder', host: './data', guest: '/data', readOnly: false}],
  ['./disk.img:/data', {kind: 'disk', host: './disk.img', guest: '/data', readOnly: false}],
  ['./data', 'Expected a volume as HOST:GUEST, but was "./data".'],
  [':/data', 'Expected a volume as HOST:GUEST, but was ":/data".'],
  ['./data:data', 'Expected a volume as HOST:GUEST, but was "./data:data".'],
  ['./data:/data:wr', 'Expected a volume as HOST:GUEST, but was "./data:/data:wr".'],
  ['./data:/', 'The volume "./data:/" would lie upon the root of all.'],
  ['./data:/a/../b', 'The path "/a/../b" of the volume "./data:/a/../b" is not a plain one.'],
  [`./data:/${'x'.repeat(256)}`, `The path of the volume "./data:/${'x'.repeat(256)}" is too long.`],
  ['./data:/a//b', 'The path "/a//b" of the volume "./data:/a//b" is not a plain one.'],
])('reads the volume %s', (text, expected) => {
  const volume = parseVolume(text);
  expect(volume.ok ? volume.value : volume.error.message).toEqual(expected);
});
