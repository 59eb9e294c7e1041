// SPDX-License-Identifier: BSD-3-Clause

import type {IncomingMessage, RequestOptions} from 'node:http';
import type {Socket} from 'node:net';
import {HostError} from './host-error.ts';
import {systemCode} from './node-error.ts';

const redirectsAtMost = 8;
const silenceAtMost = 30_000;

export async function download(
  url: string,
  onProgress: ((received: number, total: number | undefined) => void) | undefined,
): Promise<Uint8Array> {
  let at = url;
  for (let redirects = 0; redirects <= redirectsAtMost; redirects += 1) {
    const response = await get(new URL(at)).catch((error: unknown) => {
      throw networkError(url, error);
    });
    const {statusCode = 0, headers} = response;
    if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
      response.resume();
      at = new URL(headers.location, at).href;
      continue;
    }
    if (statusCode !== 200) {
      response.resume();
      throw new HostError(
        `The server answered ${[statusCode, response.statusMessage].join(' ').trimEnd()}: ${url}.`,
        String(statusCode),
        url,
      );
    }
    return body(response, url, onProgress);
  }
  throw new HostError(`The server redirects more than ${redirectsAtMost} times: ${url}.`, 'REDIRECTS', url);
}

async function body(
  response: IncomingMessage,
  url: string,
  onProgress: ((received: number, total: number | undefined) => void) | undefined,
): Promise<Uint8Array> {
  const length = response.headers['content-length'];
  const total = length === undefined ? undefined : Number(length);
  const chunks: Buffer[] = [];
  let received = 0;
  try {
    for await (const chunk of response) {
      if (!Buffer.isBuffer(chunk)) throw new Error('Internal error: the response was decoded');
      chunks.push(chunk);
      received += chunk.length;
      onProgress?.(received, total);
    }
  } catch (error) {
    if (systemCode(error) !== 'ECONNRESET') throw networkError(url, error);
  }
  if ((total !== undefined && received !== total) || !response.complete) {
    const promised = total === undefined ? '' : ` of ${total}`;
    throw new HostError(`The server sent ${received}${promised} bytes, then hung up: ${url}.`, 'TRUNCATED', url);
  }
  return Buffer.concat(chunks);
}

async function get(url: URL): Promise<IncomingMessage> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new HostError(`Expected an http or https URL, but was ${url.href}.`, 'PROTOCOL', url.href);
  const [http, https] = [await import('node:http'), url.protocol === 'https:' ? await import('node:https') : undefined];
  const proxy = proxyFor(url);
  const options: RequestOptions & {servername?: string} = {
    headers: {'user-agent': 'kraft-ts', accept: '*/*'},
    timeout: silenceAtMost,
  };
  if (url.username !== '') options.auth = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const target = {host: bareHost(url), port: url.port === '' ? undefined : url.port, path: url.pathname + url.search};
  return new Promise((resolve, reject) => {
    const send = (more: RequestOptions): void => {
      const request = (https ?? http).request({...target, ...options, ...more}, resolve);
      request.on('timeout', () =>
        request.destroy(
          new HostError(`The server said nothing for ${silenceAtMost / 1000} seconds.`, 'ETIMEDOUT', url.href),
        ),
      );
      request.on('error', reject).end();
    };
    if (proxy === undefined) return send({agent: false});
    const via = {host: bareHost(proxy), port: proxy.port === '' ? 80 : proxy.port};
    const credentials =
      proxy.username === ''
        ? {}
        : {
            'proxy-authorization': `Basic ${Buffer.from(`${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`).toString('base64')}`,
          };
    if (https === undefined)
      return send({
        agent: false,
        ...via,
        path: url.href,
        headers: {...options.headers, ...credentials, host: url.host},
      });
    const authority = `${url.hostname}:${url.port === '' ? 443 : url.port}`;
    const tunnel = http.request({
      ...via,
      method: 'CONNECT',
      path: authority,
      headers: {host: authority, ...credentials},
      timeout: silenceAtMost,
      agent: false,
    });
    tunnel.on('connect', (answer: IncomingMessage, socket: Socket) => {
      if (answer.statusCode === 200)
        return void import('node:tls').then(
          (tls) => send({createConnection: () => tls.connect({socket, servername: bareHost(url)})}),
          reject,
        );
      socket.destroy();
      reject(
        new HostError(`The proxy answered ${answer.statusCode ?? 'nothing'}.`, String(answer.statusCode), url.href),
      );
    });
    tunnel.on('timeout', () => tunnel.destroy(new Error('The proxy is silent')));
    tunnel.on('error', reject).end();
  });
}

/** As curl reads http_proxy, https_proxy and no_proxy. */
function proxyFor(url: URL): URL | undefined {
  const variable = (name: string): string | undefined => process.env[name] ?? process.env[name.toUpperCase()];
  const proxy = url.protocol === 'https:' ? variable('https_proxy') : process.env.http_proxy;
  if (proxy === undefined || proxy === '') return undefined;
  const direct = (variable('no_proxy') ?? '')
    .split(',')
    .map((name) => name.trim().replace(/^\*?\./, ''))
    .filter((name) => name !== '');
  const host = bareHost(url);
  if (direct.some((name) => name === '*' || host === name || host.endsWith(`.${name}`))) return undefined;
  return new URL(proxy.includes('://') ? proxy : `http://${proxy}`);
}

/** IPv6 addresses without their brackets, as sockets want them. */
function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function networkError(url: string, error: unknown): HostError {
  if (error instanceof HostError) return error;
  const code = systemCode(error);
  if (code === undefined) throw error;
  const reason = reasons[code] ?? (error instanceof Error ? error.message : code);
  return new HostError(`${reason}: ${url}.`, code, url);
}

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'The server has no address',
  EAI_AGAIN: 'The name server does not answer',
  ECONNREFUSED: 'The server refuses connections',
  ECONNRESET: 'The server hung up',
  ETIMEDOUT: 'The server does not answer',
};
