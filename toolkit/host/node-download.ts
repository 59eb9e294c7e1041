// SPDX-License-Identifier: BSD-3-Clause

import type {IncomingMessage} from 'node:http';
import {HostError} from './host-error.ts';
import {systemCode} from './node-error.ts';
import {get} from './node-get.ts';

const redirectsAtMost = 8;

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

function networkError(url: string, error: unknown): HostError {
  if (error instanceof HostError) return error;
  const code = systemCode(error);
  if (code === undefined) throw error;
  const reason = reasons[code] ?? (error instanceof Error && error.message !== '' ? error.message : code);
  return new HostError(`${reason}: ${url}.`, code, url);
}

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'The server has no address',
  EAI_AGAIN: 'The name server does not answer',
  ECONNREFUSED: 'The server refuses connections',
  ECONNRESET: 'The server hung up',
  ETIMEDOUT: 'The server does not answer',
};
