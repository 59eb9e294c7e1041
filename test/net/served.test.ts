// SPDX-License-Identifier: BSD-3-Clause

import {readFileSync} from 'node:fs';
import {connect, createServer, type Socket} from 'node:net';
import {join} from 'node:path';
import {expect, onTestFinished, test, vi} from 'vitest';
import {openEngine, runProject} from '../../toolkit/engine.ts';
import {temporaryProject} from '../rig/project.ts';

/** A machine whose cores others share may be slow. */
vi.setConfig({testTimeout: 120_000});

const kit = join(import.meta.dirname, '..', '..');
const app = join(kit, 'apps', 'http');
const files = Object.fromEntries(['Kraftfile', 'http.c'].map((name) => [name, readFileSync(join(app, name), 'utf8')]));

test('apps/http serves on each machine, with 3 MiB', async () => {
  const {folder} = temporaryProject(files);
  for (const [machine, often, many] of [
    ['microvm', 10_000, 1000],
    ['q35', 50, 20],
    ['pc', 50, 20],
  ] as const)
    await survive(await serve(folder, machine), {often, many});
});

/** Resets, `often` connections one after another, `many` that are opened and left. */
async function survive(port: number, {often, many}: {often: number; many: number}): Promise<void> {
  await request(port, 'GET / HTTP/1.1\r\n\r\n');

  // Reset in the middle of a request.
  for (let index = 0; index < 20; index += 1) {
    const half = await open(port);
    half.write('GET / HT');
    await pause(2);
    half.resetAndDestroy();
  }
  expect(await request(port, 'GET / HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 OK\r\n/);

  // One after another, as often as would have met a port in TIME-WAIT.
  let longest = 0;
  for (let index = 0; index < often; index += 1) {
    const started = performance.now();
    await request(port, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n');
    longest = Math.max(longest, performance.now() - started);
  }
  expect(longest).toBeLessThan(1000);

  // Opened and left.
  const left: Socket[] = [];
  for (let index = 0; index < many; index += 1) {
    const socket = await open(port);
    left.push(socket);
    // The forwarder's queue is short: what overflows it waits a second.
    await pause(4);
  }
  expect(await request(port, 'GET / HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  for (const socket of left) socket.destroy();
}

/** Boots the app; returns the port that leads to it. It is ended with the test. */
async function serve(folder: string, machine: string): Promise<number> {
  const port = await freePort();
  const ending = new AbortController();
  let shown = '';
  let ended: ReturnType<typeof runProject> | undefined;
  const listening = new Promise<void>((resolve, reject) => {
    const engine = openEngine({
      kit,
      cwd: folder,
      directory: undefined,
      onEvent: (event) => {
        if (event.type !== 'run' || event.reason !== 'console') return;
        shown += Buffer.from(event.bytes).toString('utf8');
        if (shown.includes('listening')) resolve();
      },
    });
    ended = runProject(engine, {
      plat: 'kvm',
      build: 'when-needed',
      ports: [`${port}:80`],
      args: [],
      accelerator: 'tcg',
      machine,
      memory: '3M',
      signal: ending.signal,
    });
    ended.then((outcome) => reject(new Error(JSON.stringify(outcome) + shown)), reject);
  });
  onTestFinished(async () => {
    ending.abort();
    await ended;
    expect(shown).not.toContain('panic');
  });
  await listening;
  return port;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({port, host: '127.0.0.1', noDelay: true});
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
    socket.on('error', () => {});
  });
}

/** Sends a request over a new connection; the reply, or what there is of it after ten seconds. */
async function request(port: number, text: string): Promise<string> {
  const socket = await open(port);
  const reply = new Promise<string>((resolve) => {
    let received = '';
    socket.setTimeout(10_000, () => resolve(received));
    socket.on('close', () => resolve(received));
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (received.endsWith('</h1>\n')) resolve(received);
    });
  });
  socket.write(text);
  const received = await reply;
  socket.destroy();
  return received;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
