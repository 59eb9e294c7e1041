// SPDX-License-Identifier: BSD-3-Clause

import {createHash} from 'node:crypto';
import {gzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {memoryHost} from '../host/index.ts';
import {debianSources} from './debian-sources.ts';
import {npmSource} from './npm-document.ts';
import {packFolder} from './pack-folder.ts';
import {pinArchive} from './pin-archive.ts';
import {compareDebian, newestSource, readSourcesIndex} from './read-sources-index.ts';
import {tarball} from './tarball.ts';
import {unpack} from './unpack.ts';

const paragraph = (version: string, sum: string): string => `Package: shop
Version: ${version}
Directory: pool/main/s/shop
Checksums-Sha256:
 ${'1'.repeat(64)} 10 shop_${version}.dsc
 ${sum.repeat(64)} 20 shop_1.2.orig.tar.gz
 ${'3'.repeat(64)} 30 shop_1.2-1.debian.tar.xz
Format: 3.0 (quilt)
`;

test('an index names the archive of the authors, of the newest version', () => {
  const sources = readSourcesIndex(`${paragraph('1:1.2-1', 'a')}\n${paragraph('1:1.2-1+deb12u1', 'b')}`);
  expect(newestSource('shop', sources)).toEqual({
    ok: true,
    value: {
      name: 'shop',
      debianVersion: '1:1.2-1+deb12u1',
      version: '1.2',
      path: 'pool/main/s/shop/shop_1.2.orig.tar.gz',
      sha256: 'b'.repeat(64),
    },
  });
  expect(newestSource('shopp', sources)).toMatchObject({
    error: [{message: 'Debian has no source package "shopp".', help: 'Did you mean deb:shop?'}],
  });
});

test("Debian's versions are ordered as dpkg orders them", () => {
  const ordered = ['0.9', '1.0~rc1-1', '1.0-1', '1.0-1+deb12u2', '1.0-1+deb12u10', '1.0a-1', '1.2', '1.10', '1:0.1'];
  for (const [index, one] of ordered.entries())
    for (const [place, other] of ordered.entries())
      expect([one, other, Math.sign(compareDebian(one, other))]).toEqual([one, other, Math.sign(index - place)]);
});

const indexFolder = 'http://mirror/debian/dists/stable/main/source';

function mirror(options: {readonly signed: string; readonly downloads: Readonly<Record<string, Uint8Array>>}) {
  return memoryHost({
    files: {'/lists/m_InRelease': `Suite: stable\nSHA256:\n ${options.signed} 9 main/source/Sources.xz\n`},
    programs: {
      'apt-get': () => ({
        stdout:
          'Packages\thttp://mirror/debian/\tstable\tmain\tmain/binary-cpu/Packages\t/lists/m_main_binary-cpu_Packages.lz4\n',
      }),
    },
    downloads: options.downloads,
  });
}

test('the index of sources is the one that apt has a signature for, and is fetched once', async () => {
  const bytes = gzipSync(paragraph('1.2-1', 'a'));
  const signed = createHash('sha256').update(bytes).digest('hex');
  const host = mirror({signed, downloads: {[`${indexFolder}/by-hash/SHA256/${signed}`]: bytes}});
  for (const _ of [1, 2]) {
    const read = await debianSources(host, () => {});
    expect(read).toMatchObject({ok: true, value: {warnings: [], sources: [{name: 'shop', version: '1.2'}]}});
  }
  expect(host.requests).toEqual([`${indexFolder}/by-hash/SHA256/${signed}`]);
});

test('another index is told', async () => {
  const host = mirror({
    signed: '0'.repeat(64),
    downloads: {[`${indexFolder}/Sources.xz`]: gzipSync(paragraph('1.2-1', 'a'))},
  });
  const read = await debianSources(host, () => {});
  expect(read).toMatchObject({
    value: {
      warnings: [
        {
          message:
            'The list of sources of stable from http://mirror/debian is not the one that apt has a signature for.',
          help: 'Run sudo apt-get update, then import again.',
        },
      ],
    },
  });
});

test('no index is a message', async () => {
  const read = await debianSources(memoryHost(), () => {});
  expect(read).toMatchObject({error: [{message: 'No index of Debian source packages can be read.'}]});
});

const registry = JSON.stringify({
  'dist-tags': {latest: '2.0.0'},
  versions: {'1.4.0': {dist: {integrity: 'sha512-x'}}, '1.5.0': {dist: {}}, '2.0.0': {}},
});

test('npm: a tag, a range, the latest; or what there is', () => {
  expect(npmSource('a', undefined, registry)).toMatchObject({value: {version: '2.0.0'}});
  expect(npmSource('a', '^1', registry)).toMatchObject({value: {version: '1.5.0'}});
  expect(npmSource('a', '1.4.0', registry)).toMatchObject({value: {version: '1.4.0', integrity: 'sha512-x'}});
  expect(npmSource('a', '^3', registry)).toMatchObject({
    error: [{message: 'The npm package "a" has no version "^3".', help: 'The last ones are 1.4.0, 1.5.0, 2.0.0.'}],
  });
  expect(npmSource('a', '^3', '<html>')).toMatchObject({
    error: [{message: "The registry's answer about a is not what npm says it is."}],
  });
});

const at = {source: {path: 'x', text: 'x'}, offset: 0, length: 1};
const url = 'https://example.org/a-1.0.tar';

test('an archive is pinned by what it is, and refused where its registry says otherwise', async () => {
  const bytes = tarball([{path: 'a-1.0/a.c', content: 'int a;\n'}]);
  const source = {name: 'a', version: '1.0', from: {kind: 'url', url}, at} as const;
  const host = memoryHost({downloads: {[url]: bytes}});
  const pinned = await pinArchive(host, source, {onEvent: () => {}});
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(pinned).toMatchObject({ok: true, value: {sha256, files: ['a.c']}});
  const refused = await pinArchive(memoryHost({downloads: {[url]: bytes}}), source, {
    integrity: 'sha512-AAAA',
    onEvent: () => {},
  });
  expect(refused).toMatchObject({
    error: [{message: expect.stringMatching(/but the registry says sha512-AAAA\. Nothing was unpacked\.$/)}],
  });
  const gone = await pinArchive(memoryHost(), source, {onEvent: () => {}});
  expect(gone).toMatchObject({error: [{message: 'The archive of a cannot be had.'}]});
});

test('a folder is packed alike wherever it lies, without what builds left', async () => {
  const long = `${'d'.repeat(90)}/${'e'.repeat(60)}.c`;
  const files = {'a.c': 'int a;\n', 'sub/b.h': '', [long]: 'x', '.git/config': 'no', 'a.o': 'no'};
  const packed = await Promise.all(
    ['/one', '/two/deeper'].map(async (folder) => {
      const host = memoryHost({
        files: Object.fromEntries(Object.entries(files).map(([file, content]) => [`${folder}/${file}`, content])),
        now: folder.length * 1e10,
      });
      return packFolder(host, folder);
    }),
  );
  const [one, other] = packed;
  expect(one).toEqual(other);
  const bytes = one?.ok === true ? one.value : new Uint8Array();
  const unpacked = await unpack(memoryHost(), {name: 'x', bytes});
  expect(unpacked.ok ? [...unpacked.value.files.keys()].sort() : unpacked.error).toEqual(
    ['a.c', long, 'sub/b.h'].sort(),
  );
});
