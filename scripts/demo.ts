// SPDX-License-Identifier: BSD-3-Clause
// Builds the web server, boots it, fetches its page, and says what that cost.

import {type ChildProcess, spawn, spawnSync} from 'node:child_process';
import {createServer} from 'node:net';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const tool = path.join(root, 'bin/kraft-ts.mjs');
const app = path.join(root, 'apps/http');
const platform = 'kvm';
const patience = 60_000;

show('Building apps/http');
const built = timed(() =>
  spawnSync(process.execPath, [tool, 'build', '-C', app, '--plat', platform, '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  }),
);
if (built.value.status !== 0) stop(`The build ended with status ${built.value.status}.\n${built.value.stdout}`);
const {facts} = readBuilt(built.value.stdout);

const port = await freePort();
show(`Booting it, with http://localhost:${port}/ leading to its port 80`);
const started = performance.now();
const instance = spawn(
  process.execPath,
  [tool, 'run', '-C', app, '--plat', platform, '--no-build', '-p', `${port}:80`],
  {stdio: ['ignore', 'pipe', 'inherit']},
);
instance.stdout.pipe(process.stdout);
// Who knocks before the guest listens waits for seconds: QEMU's network then tries again less and less often.
const listening = new Promise<number>((resolve) => instance.stdout.once('data', () => resolve(performance.now())));
const ended = new Promise<number | null>((resolve) => instance.on('close', resolve));
try {
  const heard = await Promise.race([listening, ended]);
  if (instance.exitCode !== null || heard === null) stop('The guest ended before it listened.');
  const toListening = heard - started;
  const page = await fetchPage(`http://127.0.0.1:${port}/`, instance);
  const toPage = performance.now() - started;
  const again = await averageFetch(`http://127.0.0.1:${port}/`, 100);
  process.stdout.write(`\n${page.trimEnd()}\n\n`);
  show(`Built in ${(built.milliseconds / 1000).toFixed(1)} s`);
  show(`Image as loaded: ${(facts.loaded / 1024).toFixed(1)} KiB`);
  show(`From the command to the guest's first line: ${toListening.toFixed(0)} ms, of which Node and QEMU are most`);
  show(
    `From there to its first page: ${(toPage - toListening).toFixed(0)} ms; each page after that: ${again.toFixed(1)} ms`,
  );
} finally {
  instance.kill('SIGINT');
  await ended;
}

function readBuilt(text: string): {readonly facts: {readonly loaded: number}} {
  return JSON.parse(text);
}

/** Asks until the guest answers: it boots meanwhile. */
async function fetchPage(url: string, guest: ChildProcess): Promise<string> {
  const deadline = performance.now() + patience;
  for (;;) {
    const page = await fetch(url, {signal: AbortSignal.timeout(5000)}).then(
      (answer) => answer.text(),
      () => undefined,
    );
    if (page !== undefined) return page;
    if (guest.exitCode !== null) stop(`The guest ended with status ${guest.exitCode} before it answered.`);
    if (performance.now() > deadline) stop(`There was no answer within ${patience / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Milliseconds, on one connection. */
async function averageFetch(url: string, times: number): Promise<number> {
  const start = performance.now();
  for (let time = 0; time < times; time++) await (await fetch(url)).text();
  return (performance.now() - start) / times;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === 'object' ? resolve(address.port) : reject(address)));
    });
  });
}

function timed<T>(act: () => T): {value: T; milliseconds: number} {
  const start = performance.now();
  const value = act();
  return {value, milliseconds: performance.now() - start};
}

function show(text: string): void {
  process.stdout.write(`${text}\n`);
}

function stop(text: string): never {
  process.stderr.write(`demo: ${text}\n`);
  process.exit(1);
}
