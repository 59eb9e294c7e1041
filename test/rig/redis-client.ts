// SPDX-License-Identifier: BSD-3-Clause

import net from 'node:net';

/** A connection that speaks Redis's protocol (RESP2), one command after another. */
interface RedisClient {
  /** The reply: a text, a number as a text, or an error as `-…`; null for none. */
  send(...words: readonly string[]): Promise<string | null>;
  close(): void;
}

/** Connects to `port` of 127.0.0.1. */
export async function connectRedis(port: number): Promise<RedisClient> {
  const socket = net.connect({port, host: '127.0.0.1', noDelay: true});
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  let received = Buffer.alloc(0);
  let waiting: {resolve(reply: string | null): void; reject(error: Error): void} | undefined;
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    const reply = readReply(received);
    if (reply === undefined || waiting === undefined) return;
    received = received.subarray(reply.length);
    waiting.resolve(reply.value);
    waiting = undefined;
  });
  for (const event of ['error', 'close'] as const)
    socket.on(event, () => waiting?.reject(new Error('the connection ended before the reply')));
  return {
    send: (...words) =>
      new Promise((resolve, reject) => {
        waiting = {resolve, reject};
        socket.write(
          `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`,
        );
      }),
    close: () => socket.destroy(),
  };
}

/** Connects, and asks until it is answered; throws after `limit` milliseconds. */
export async function untilReady(port: number, limit: number): Promise<void> {
  for (const end = performance.now() + limit; ; ) {
    try {
      const client = await connectRedis(port);
      const reply = await Promise.race([client.send('PING'), pause(1000)]);
      client.close();
      if (reply === 'PONG') return;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
    if (performance.now() > end) throw new Error('Redis did not answer in time');
    await pause(50);
  }
}

function pause(milliseconds: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), milliseconds));
}

function readReply(bytes: Buffer): {readonly value: string | null; readonly length: number} | undefined {
  const end = bytes.indexOf('\r\n');
  if (end < 0) return undefined;
  const line = bytes.toString('latin1', 0, end);
  const rest = line.slice(1);
  if (line.startsWith('-')) return {value: line, length: end + 2};
  if (!line.startsWith('$')) return {value: rest, length: end + 2};
  const size = Number(rest);
  if (size < 0) return {value: null, length: end + 2};
  if (bytes.length < end + 2 + size + 2) return undefined;
  return {value: bytes.toString('utf8', end + 2, end + 2 + size), length: end + 2 + size + 2};
}
