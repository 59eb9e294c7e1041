// SPDX-License-Identifier: BSD-3-Clause

import {createHash} from 'node:crypto';
import {createServer, type Server} from 'node:http';
import {basename, join} from 'node:path';
import {gzipSync} from 'node:zlib';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {type Diagnostic, digest} from '../base/index.ts';
import {type Host, HostError, memoryHost, nodeHost} from '../host/index.ts';
import {type FetchEvent, fetchSource} from './fetch-source.ts';
import type {PinnedSource} from './pinned-source.ts';
import {tarball} from './tarball.ts';

const archive = gzipSync(
  tarball([{path: 'lib-1/'}, {path: 'lib-1/src/a.c', content: 'int a;'}, {path: 'lib-1/README', content: 'hi'}]),
);
const sha256 = digest(createHash('sha256').update(archive).digest('hex'));
const at = {source: {path: '/libs/lib/lib.yaml', text: ''}, offset: 0, length: 0};
const url = 'http://example.org/lib-1.tar.gz';

function pinned(differs: Partial<PinnedSource> = {}): PinnedSource {
  return {name: 'lib', version: '1.0', sha256, from: {kind: 'url', url}, at, ...differs};
}

async function errors(host: Host, source: PinnedSource): Promise<readonly Diagnostic[]> {
  const result = await fetchSource(host, source);
  return result.ok ? [] : result.error;
}

it('fetches once, strips the outermost folder, and says what it does', async () => {
  const host = memoryHost({downloads: {[url]: archive}});
  const events: FetchEvent[] = [];
  const first = await fetchSource(host, pinned(), (event) => events.push(event));
  const folder = `/home/user/.cache/kraft-ts/sources/${sha256}`;
  expect(first).toEqual({ok: true, value: {folder, files: ['README', 'src/a.c']}});
  expect(await host.readFile(`${folder}/src/a.c`)).toBe('int a;');
  expect(events.map(({reason, received}) => [reason, received])).toEqual([
    ['start', 0],
    ['progress', archive.length],
    ['done', archive.length],
  ]);

  expect(await fetchSource(host, pinned(), (event) => events.push(event))).toEqual(first);
  expect(host.requests).toEqual([url]);
  expect(events).toHaveLength(3);
  expect(await host.list('/home/user/.cache/kraft-ts/sources')).toEqual([basename(folder)]);
});

it.each([
  [{KRAFT_TS_CACHE: '/own'}, '/own'],
  [{KRAFT_TS_CACHE: 'here'}, '/work/here'],
  [{XDG_CACHE_HOME: '/caches'}, '/caches/kraft-ts'],
  [{XDG_CACHE_HOME: 'relative'}, '/home/user/.cache/kraft-ts'],
])('keeps its store where %o says', async (env, folder) => {
  const result = await fetchSource(memoryHost({env, downloads: {[url]: archive}}), pinned());
  expect(result).toMatchObject({ok: true, value: {folder: `${folder}/sources/${sha256}`}});
});

it('takes an archive out of another, which the pin does not speak of', async () => {
  const outer = gzipSync(tarball([{path: 'package/deps/lib-1.tar.gz', content: archive}]));
  const host = memoryHost({downloads: {[url]: outer}});
  const found = await fetchSource(host, pinned({inner: 'deps/lib-1.tar.gz'}));
  expect(found).toMatchObject({ok: true, value: {files: ['README', 'src/a.c']}});
  const other = memoryHost({downloads: {[url]: outer}});
  expect((await errors(other, pinned({inner: 'deps/lib-2.tar.gz'}))).map(({message}) => message)).toEqual([
    'The archive lib-1.tar.gz has no file deps/lib-2.tar.gz. Nothing was unpacked.',
  ]);
  const changed = gzipSync(tarball([{path: 'package/deps/lib-1.tar.gz', content: gzipSync('other')}]));
  const wrong = await errors(memoryHost({downloads: {[url]: changed}}), pinned({inner: 'deps/lib-1.tar.gz'}));
  expect(wrong[0]?.message).toContain(`but ${sha256} is pinned. Nothing was unpacked.`);
});

it('refuses an archive with another hash, and unpacks nothing of it', async () => {
  const host = memoryHost({downloads: {[url]: 'something else'}});
  expect(await errors(host, pinned())).toEqual([
    {
      severity: 'error',
      message: `The archive lib-1.tar.gz has the sha256 ${createHash('sha256').update('something else').digest('hex')}, but ${sha256} is pinned. Nothing was unpacked.`,
      at,
      notes: [{message: `It came from ${url} (14 bytes).`}],
      help: 'Trust the pin, not the download: try another mirror with KRAFT_TS_MIRROR. Change the pin only if you know why the archive changed.',
    },
  ]);
  expect(host.files()).toEqual({});
});

it('says where it looked when an archive is nowhere', async () => {
  const host = memoryHost();
  expect(await errors(host, pinned({from: {kind: 'debian', path: 'pool/main/l/lib/lib_1.tar.gz'}}))).toEqual([
    {
      severity: 'error',
      message: 'The archive lib_1.tar.gz of lib 1.0 is on none of the servers that were asked.',
      at,
      notes: [
        {message: 'The server answered 404: http://deb.debian.org/debian/pool/main/l/lib/lib_1.tar.gz.'},
        {message: 'The server answered 404: http://deb.debian.org/debian-security/pool/main/l/lib/lib_1.tar.gz.'},
      ],
      help: 'Go online once, or set KRAFT_TS_MIRROR to a folder or URL that has the archive.',
    },
  ]);
});

it('asks again when a server fails for a moment', async () => {
  let failures = 1;
  const host = memoryHost({downloads: {[url]: archive}});
  const download: Host['download'] = (...args) => {
    failures -= 1;
    if (failures >= 0) throw new HostError(`The server answered 503: ${url}.`, '503', url);
    return host.download(...args);
  };
  expect(await fetchSource({...host, download: async (...args) => download(...args)}, pinned())).toMatchObject({
    ok: true,
  });
});

it('asks the mirrors that apt uses first, then those of Debian, the likelier half of the pool before the other', async () => {
  const programs = {
    'apt-get': () => ({
      stdout: 'http://near/debian/\nhttp://near/debian/\nhttp://near/security\nfile:/media/pool\ncdrom://x\n',
    }),
  };
  const host = memoryHost({programs});
  await fetchSource(host, pinned({from: {kind: 'debian', path: 'pool/updates/main/l/lib/lib_1+x.tar.gz'}}));
  expect(host.requests.map((request) => request.replace(/\/pool.*/, ''))).toEqual([
    'http://near/security',
    'http://deb.debian.org/debian-security',
    'http://near/debian',
    'http://deb.debian.org/debian',
  ]);
  expect(host.requests[0]).toContain('lib_1+x.tar.gz');
  expect(host.calls).toEqual([['apt-get', 'indextargets', '--format', '$(REPO_URI)']]);
});

it.each([
  ['by its name', 'lib-1.tar.gz'],
  ['by its digest', sha256],
])('takes an archive from a mirror folder, %s', async (_how, name) => {
  const host = memoryHost({env: {KRAFT_TS_MIRROR: '/mirror'}, files: {[`/mirror/${name}`]: archive}});
  expect(await fetchSource(host, pinned())).toMatchObject({ok: true});
  expect(host.requests).toEqual([]);
});

it('takes an archive from a mirror on a server before it asks others', async () => {
  const host = memoryHost({
    env: {KRAFT_TS_MIRROR: 'http://mirror/all/'},
    downloads: {'http://mirror/all/lib-1.tar.gz': archive},
  });
  expect(await fetchSource(host, pinned())).toMatchObject({ok: true});
  expect(host.requests).toEqual([`http://mirror/all/${sha256}`, 'http://mirror/all/lib-1.tar.gz']);
});

it.each([
  ['lib', {}, {}, 'https://registry.npmjs.org/lib/-/lib-2.0.0.tgz'],
  ['@scope/lib', {}, {}, 'https://registry.npmjs.org/@scope/lib/-/lib-2.0.0.tgz'],
  ['lib', {npm_config_registry: 'http://near/npm/'}, {}, 'http://near/npm/lib/-/lib-2.0.0.tgz'],
  ['lib', {}, {'/home/user/.npmrc': '; mine\nregistry = http://home/\n'}, 'http://home/lib/-/lib-2.0.0.tgz'],
  [
    'lib',
    {PLACE: 'x'},
    {'/work/.npmrc': 'registry=http://${PLACE}/', '/home/user/.npmrc': 'registry=http://home/'},
    'http://x/lib/-/lib-2.0.0.tgz',
  ],
  [
    '@scope/lib',
    {npm_config_registry: 'http://near/'},
    {'/home/user/.npmrc': '@scope:registry=http://scope/'},
    'http://scope/@scope/lib/-/lib-2.0.0.tgz',
  ],
])('asks the registry that npm is set to for %s, with %o and %o', async (name, env, files, expected) => {
  const host = memoryHost({env: {...env}, files: {...files}});
  await fetchSource(host, pinned({from: {kind: 'npm', name, version: '2.0.0'}}));
  expect(host.requests).toEqual([expected]);
});

it('fetches again what was damaged', async () => {
  const host = memoryHost({downloads: {[url]: archive}});
  const result = await fetchSource(host, pinned());
  if (!result.ok) throw new Error('not fetched');
  const listing = join(result.value.folder, '.kraft-listing.json');
  for (const damage of [undefined, '{', '[]', (await host.readFile(listing))?.replace('README', 'READYOU')]) {
    if (damage === undefined) await host.remove(listing);
    else await host.writeFile(listing, damage);
    expect(await fetchSource(host, pinned())).toEqual(result);
  }
  expect(host.requests).toHaveLength(5);
  expect(await host.list('/home/user/.cache/kraft-ts/sources')).toHaveLength(1);
});

it('removes what a killed process left, after a day', async () => {
  const host = memoryHost({
    downloads: {[url]: archive},
    files: {'/home/user/.cache/kraft-ts/sources/.unfinished-1/x': ''},
  });
  await host.sleep(23 * 3600 * 1000);
  await host.writeFile('/home/user/.cache/kraft-ts/sources/.unfinished-2/x', '');
  await host.sleep(2 * 3600 * 1000);
  await fetchSource(host, pinned());
  expect((await host.list('/home/user/.cache/kraft-ts/sources'))?.filter((name) => name.startsWith('.'))).toEqual([
    '.unfinished-2',
  ]);
});

it.each([
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], 'xz-utils'],
  ['bzip2', [0x42, 0x5a, 0x68], 'bzip2'],
])('says how to get %s where it is missing', async (program, magic, name) => {
  const body = Uint8Array.from(magic);
  const host = memoryHost({downloads: {[url]: body}});
  expect(await errors(host, pinned({sha256: digest(createHash('sha256').update(body).digest('hex'))}))).toEqual([
    {
      severity: 'error',
      message: `The archive lib-1.tar.gz was not unpacked: the program ${program}, which unpacks it, is missing.`,
      help: `sudo apt-get install -y ${name}`,
      at,
    },
  ]);
});

let server: Server;
let folder: string;
let requests = 0;
const real = nodeHost();
beforeEach(async () => {
  requests = 0;
  folder = await real.makeTemporaryFolder('kraft-ts-store-');
  server = createServer((request, response) => {
    requests += 1;
    response.writeHead(200, {'content-length': archive.length});
    if (request.url !== '/short.tar.gz') return void response.end(archive);
    response.write(archive.subarray(0, 50));
    setTimeout(() => response.destroy(), 20);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
  await real.remove(folder);
});

function realWorld(): {host: Host; base: string} {
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    host: {...real, env: {...real.env, KRAFT_TS_CACHE: folder, KRAFT_TS_MIRROR: ''}},
    base: `http://127.0.0.1:${port}`,
  };
}

it('refuses a download that is cut short', async () => {
  const {host, base} = realWorld();
  const [error] = await errors(host, pinned({from: {kind: 'url', url: `${base}/short.tar.gz`}}));
  expect(error?.notes).toEqual([
    {message: `The server sent 50 of ${archive.length} bytes, then hung up: ${base}/short.tar.gz.`},
  ]);
  expect(await real.list(join(folder, 'sources'))).toBeUndefined();
});

it('is safe when several fetch the same at once', async () => {
  const {host, base} = realWorld();
  const source = pinned({from: {kind: 'url', url: `${base}/lib-1.tar.gz`}});
  const results = await Promise.all([1, 2, 3, 4].map(() => fetchSource(host, source)));
  expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
  expect(results[0]).toMatchObject({ok: true, value: {files: ['README', 'src/a.c']}});
  expect(await real.list(join(folder, 'sources'))).toHaveLength(1);
});

it('needs no server the second time', async () => {
  const {host, base} = realWorld();
  const source = pinned({from: {kind: 'url', url: `${base}/lib-1.tar.gz`}});
  const first = await fetchSource(host, source);
  expect(requests).toBe(1);
  expect(await fetchSource(host, source)).toEqual(first);
  expect(requests).toBe(1);
});
