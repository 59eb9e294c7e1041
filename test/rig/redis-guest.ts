// SPDX-License-Identifier: BSD-3-Clause

import {spawn} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {freePort} from '../../bench/http-load.ts';
import {buildProject, openEngine, type RunRequest, runCommand} from '../../toolkit/engine.ts';
import {untilReady} from './redis-client.ts';
import {repository} from './repository.ts';
import {times} from './soak.ts';

/** Redis in a machine of its own; `end` is as if its power went off, and resolves once it has. */
interface RedisGuest {
  readonly port: number;
  output(): string;
  end(): Promise<void>;
}

/** A copy of apps/redis in a temporary folder, with more in its Kraftfile, built. */
export async function redisProject(more: string): Promise<string> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'kraft-ts-redis-')));
  const from = path.join(repository, 'apps/redis');
  cpSync(from, folder, {recursive: true, filter: (file) => path.basename(file) !== '.kraft'});
  writeFileSync(path.join(folder, 'Kraftfile'), more, {flag: 'a'});
  mkdirSync(path.join(folder, 'data'));
  writeFileSync(path.join(folder, 'disk.img'), new Uint8Array(64 * 1024 * 1024));
  const built = await buildProject(engineAt(folder), {});
  if (!built.ok) throw new Error(built.error[0]?.message);
  return folder;
}

/** Starts the Redis of `folder`, with `args` in place of the Kraftfile's unless there are none. */
export async function startRedis(folder: string, args: readonly string[]): Promise<RedisGuest> {
  const port = await freePort();
  const [program = '', ...words] = await commandOf(folder, {args, ports: [`${port}:6379`]});
  const guest = spawn(program, words, {cwd: folder, stdio: ['ignore', 'pipe', 'pipe']});
  const ended = new Promise<void>((resolve) => guest.once('close', () => resolve()));
  let output = '';
  for (const stream of [guest.stdout, guest.stderr]) stream.on('data', (bytes: Buffer) => void (output += bytes));
  const end = () => {
    guest.kill('SIGKILL');
    return ended;
  };
  try {
    await untilReady(port, times(60_000, 600_000)); // after many kills there is much to read back
  } catch (error) {
    await end();
    throw new Error(`Redis does not serve:\n${output}`, {cause: error});
  }
  return {port, output: () => output, end};
}

async function commandOf(folder: string, request: Pick<RunRequest, 'args' | 'ports'>): Promise<readonly string[]> {
  const command = await runCommand(engineAt(folder), {...request, build: 'never'});
  if (!command.ok) throw new Error(command.error[0]?.message);
  return command.value.words;
}

const engineAt = (cwd: string) => openEngine({kit: repository, cwd, directory: undefined, onEvent: () => undefined});
