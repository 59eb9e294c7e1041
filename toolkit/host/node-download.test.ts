// SPDX-License-Identifier: BSD-3-Clause

import {createServer, type Server} from 'node:http';
import {afterEach, expect, it, vi} from 'vitest';
import {download} from './node-download.ts';
import {proxyFor} from './node-proxy.ts';

const servers: Server[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
}

it.each([
  ['http://a.org/', {}, undefined],
  ['http://a.org/', {http_proxy: 'http://p:3128'}, 'http://p:3128/'],
  ['http://a.org/', {http_proxy: 'p:3128'}, 'http://p:3128/'],
  ['http://a.org/', {HTTP_PROXY: 'http://p'}, undefined],
  ['https://a.org/', {http_proxy: 'http://p'}, undefined],
  ['https://a.org/', {HTTPS_PROXY: 'http://p'}, 'http://p/'],
  ['https://a.org/', {https_proxy: 'http://p', no_proxy: 'b.org, .a.org'}, undefined],
  ['https://sub.a.org/', {https_proxy: 'http://p', NO_PROXY: 'a.org'}, undefined],
  ['https://na.org/', {https_proxy: 'http://p', no_proxy: 'a.org'}, 'http://p/'],
  ['https://a.org/', {https_proxy: 'http://p', no_proxy: '*'}, undefined],
])('takes for %s with %o the proxy %s', (url, env, proxy) => {
  expect(proxyFor(new URL(url), {...env})?.href).toBe(proxy);
});

it('asks a proxy for the whole URL, with its credentials', async () => {
  const proxy = await listen(
    createServer(({url, headers}, response) => {
      response.end(`${url} ${headers.host} ${headers['proxy-authorization']}`);
    }),
  );
  vi.stubEnv('http_proxy', `http://me:se%20cret@${proxy}`);
  vi.stubEnv('no_proxy', '');
  const body = Buffer.from(await download('http://far.invalid/a?b', undefined)).toString();
  expect(body).toBe(`http://far.invalid/a?b far.invalid Basic ${Buffer.from('me:se cret').toString('base64')}`);
});

it('asks a proxy for a way through to https, and says what it answers', async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer();
  server.on('connect', ({url}, socket) => {
    asked.push(url);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  const proxy = await listen(server);
  vi.stubEnv('https_proxy', `http://${proxy}`);
  vi.stubEnv('no_proxy', '');
  await expect(download('https://far.invalid/a', undefined)).rejects.toMatchObject({
    message: `The proxy ${proxy} answered 403: https://far.invalid/a.`,
    code: '403',
  });
  expect(asked).toEqual(['far.invalid:443']);
});

it.each([
  ['ftp://a.org/', 'PROTOCOL', 'Expected an http or https URL, but was ftp://a.org/.'],
  ['http://127.0.0.1:1/', 'ECONNREFUSED', 'The server refuses connections: http://127.0.0.1:1/.'],
])('says of %s what is wrong', async (url, code, message) => {
  await expect(download(url, undefined)).rejects.toMatchObject({code, message});
});

it('follows redirects, but not for ever', async () => {
  const host = await listen(createServer((_, response) => void response.writeHead(302, {location: '/'}).end()));
  await expect(download(`http://${host}/`, undefined)).rejects.toMatchObject({code: 'REDIRECTS'});
});
