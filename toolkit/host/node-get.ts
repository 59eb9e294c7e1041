// SPDX-License-Identifier: BSD-3-Clause

import type {IncomingMessage, RequestOptions} from 'node:http';
import http from 'node:http';
import type {Socket} from 'node:net';
import {HostError} from './host-error.ts';
import {proxyFor} from './node-proxy.ts';

const silenceAtMost = 30_000;

/** The answer to one GET, whatever its status: directly, or through the proxy that the environment names. */
export async function get(url: URL): Promise<IncomingMessage> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new HostError(`Expected an http or https URL, but was ${url.href}.`, 'PROTOCOL', url.href);
  }
  const options: RequestOptions = {
    host: bareHost(url),
    port: url.port,
    path: url.pathname + url.search,
    headers: {'user-agent': 'kraft-ts', accept: '*/*', ...authorization('authorization', url)},
  };
  const proxy = proxyFor(url, process.env);
  if (url.protocol === 'http:') return send(http, proxy === undefined ? options : throughProxy(options, {url, proxy}));
  const {default: https} = await import('node:https');
  if (proxy === undefined) return send(https, options);
  const socket = await tunnel(url, proxy);
  const tls = await import('node:tls');
  return send(https, {...options, createConnection: () => tls.connect({socket, servername: bareHost(url)})});
}

function send({request}: Pick<typeof http, 'request'>, options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request({...(options.createConnection === undefined ? {agent: false} : {}), ...options}, resolve);
    sent.setTimeout(silenceAtMost, () => sent.destroy(silent('server')));
    sent.on('error', reject);
    sent.end();
  });
}

/** A proxy for http is asked for the whole URL. */
function throughProxy(options: RequestOptions, {url, proxy}: {readonly url: URL; readonly proxy: URL}): RequestOptions {
  const headers = {...options.headers, host: url.host, ...authorization('proxy-authorization', proxy)};
  return {...options, ...address(proxy), path: url.href, headers};
}

/** A proxy for https joins two sockets, and never sees what they say. */
function tunnel(url: URL, proxy: URL): Promise<Socket> {
  const authority = `${url.hostname}:${url.port === '' ? 443 : url.port}`;
  const headers = {host: authority, ...authorization('proxy-authorization', proxy)};
  return new Promise((resolve, reject) => {
    const sent = http.request({...address(proxy), method: 'CONNECT', path: authority, headers, agent: false});
    sent.setTimeout(silenceAtMost, () => sent.destroy(silent('proxy')));
    sent.on('error', reject);
    sent.on('connect', ({statusCode = 0}: IncomingMessage, socket: Socket) => {
      if (statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(
        new HostError(`The proxy ${proxy.host} answered ${statusCode}: ${url.href}.`, String(statusCode), url.href),
      );
    });
    sent.end();
  });
}

function address(proxy: URL): {host: string; port: string | number} {
  return {host: bareHost(proxy), port: proxy.port === '' ? 80 : proxy.port};
}

function authorization(header: string, {username, password}: URL): Readonly<Record<string, string>> {
  if (username === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {[header]: `Basic ${Buffer.from(pair).toString('base64')}`};
}

/** IPv6 addresses without their brackets, as sockets want them. */
function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function silent(who: 'server' | 'proxy'): HostError {
  return new HostError(`The ${who} said nothing for ${silenceAtMost / 1000} seconds.`, 'ETIMEDOUT');
}
