// SPDX-License-Identifier: BSD-3-Clause

import net from 'node:net';

const request = 'GET / HTTP/1.1\r\nHost: guest\r\n\r\n';
const closingRequest = 'GET / HTTP/1.1\r\nHost: guest\r\nConnection: close\r\n\r\n';

/** Sends `count` requests over one connection, each after the reply to the one before. */
export async function keepAlive(port: number, count: number): Promise<void> {
  const socket = await connect(port);
  for (let index = 0; index < count; index += 1) {
    await exchange(socket, request);
  }
  socket.destroy();
}

/** Sends `count` requests, a connection each, one after another. Returns the longest in milliseconds. */
export async function connectionEach(port: number, count: number): Promise<number> {
  let longest = 0;
  for (let index = 0; index < count; index += 1) {
    const started = performance.now();
    const socket = await connect(port);
    await exchange(socket, closingRequest);
    await closed(socket);
    longest = Math.max(longest, performance.now() - started);
  }
  return longest;
}

/** Waits until the server answers a request. Throws after `limit` milliseconds. */
export async function untilServed(port: number, limit: number): Promise<void> {
  const end = performance.now() + limit;
  for (;;) {
    try {
      const socket = await connect(port);
      await Promise.race([exchange(socket, closingRequest), expiry(500)]);
      socket.destroy();
      return;
    } catch (error) {
      if (performance.now() > end) throw new Error('the guest did not answer in time', {cause: error});
      await expiry(20).catch(() => undefined);
    }
  }
}

/** A port of 127.0.0.1 that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('Internal error: no port');
  return address.port;
}

function connect(port: number): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({port, host: '127.0.0.1', noDelay: true});
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Sends a request and reads one reply, by its Content-Length (RFC 9112, 6.2). */
function exchange(socket: net.Socket, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let received = '';
    const finish = (error?: Error) => {
      socket.removeListener('data', onData);
      socket.removeListener('error', finish);
      socket.removeListener('close', onClose);
      if (error === undefined) resolve();
      else reject(error);
    };
    const onClose = () => finish(new Error('closed before the whole reply'));
    const onData = (chunk: Buffer) => {
      received += chunk.toString('latin1');
      const head = received.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = /content-length: *(\d+)/i.exec(received.slice(0, head));
      if (length === null) return finish(new Error('a reply without Content-Length'));
      if (received.length >= head + 4 + Number(length[1])) finish();
    };
    socket.on('data', onData);
    socket.once('error', finish);
    socket.once('close', onClose);
    socket.write(text);
  });
}

function closed(socket: net.Socket): Promise<void> {
  if (socket.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
    socket.end();
    socket.resume();
  });
}

function expiry(milliseconds: number): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error('no reply in time')), milliseconds);
  });
}
