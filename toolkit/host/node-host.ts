// SPDX-License-Identifier: BSD-3-Clause

import {constants, lstatSync, readdirSync, readFileSync} from 'node:fs';
import fs from 'node:fs/promises';
import {availableParallelism, homedir, machine, tmpdir} from 'node:os';
import {dirname, isAbsolute, join} from 'node:path';
import {isatty} from 'node:tty';
import type {FileFacts, Host} from './host.ts';
import {hostError, isMissing, systemCode} from './node-error.ts';
import {which} from './node-which.ts';

/**
 * The real world. Importing it is cheap: whatever only some commands need (child processes, sockets, HTTP) is
 * loaded by the first call that needs it.
 */
export function nodeHost(): Host {
  return {
    readFile: (path) => missingIsUndefined(path, () => inTurn(() => readFileSync(path, 'utf8'))),
    readBytes: (path) => missingIsUndefined(path, () => fs.readFile(path)),
    writeFile,
    writeFileIfChanged,
    list: (path) => missingIsUndefined(path, () => inTurn(() => readdirSync(path).sort())),
    facts: (path) => missingIsUndefined(path, () => inTurn(() => factsOf(path))),
    makeFolder: (path) => orHostError(path, () => makeFolder(path)),
    remove: (path) => orHostError(path, () => fs.rm(path, {recursive: true, force: true})),
    rename: (from, to) => orHostError(from, () => fs.rename(from, to)),
    copyFile: (from, to) => orHostError(from, () => inFolder(to, () => fs.copyFile(from, to))),
    chmod: (path, mode) => orHostError(path, () => fs.chmod(path, mode)),
    symlink: (target, path) => orHostError(path, () => inFolder(path, () => fs.symlink(target, path))),
    readLink,
    realPath: (path) => missingIsUndefined(path, () => fs.realpath(path)),
    openFile: async (path, access) => (await import('./node-open-file.ts')).openFile(path, access),
    canOpen,
    keepsAttributes: async (path) => (await import('./node-attributes.ts')).keepsAttributes(path),
    makeTemporaryFolder,
    run: async (program, args, options) => (await import('./node-process.ts')).run(program, args, options),
    spawn: async (program, args, options) => (await import('./node-process.ts')).spawnProcess(program, args, options),
    which,
    portIsFree: async (port, protocol = 'tcp') => (await import('./node-port.ts')).portIsFree(port, protocol),
    download: async (url, onProgress) => (await import('./node-download.ts')).download(url, onProgress),
    sleep,
    env: process.env,
    cwd: process.cwd(),
    inputIsTerminal: isatty(0),
    home: homedir(),
    now: () => Date.now(),
    cores: availableParallelism(),
    arch: machine(),
  };
}

/** Milliseconds for which one short call after the other may keep all else waiting. */
const turn = 5;
let turned = 0;

/**
 * A short call of the system, made at once: to hand it to another thread and back takes several times as long, and a
 * catalog takes hundreds. Now and then what else there is to do has its turn.
 */
async function inTurn<T>(call: () => T): Promise<T> {
  while (performance.now() - turned > turn) {
    await new Promise((resolve) => setImmediate(resolve));
    turned = performance.now();
  }
  return call();
}

async function missingIsUndefined<T>(path: string, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw hostError(error, path);
  }
}

async function orHostError<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw hostError(error, path);
  }
}

/** Most folders are there already: try first, make folders only when told that one is missing. */
async function inFolder<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  await makeFolder(dirname(path));
  return act();
}

/** Node's own recursion says ENOENT on a read-only file system, and goes round for ever below /proc. */
async function makeFolder(path: string): Promise<void> {
  try {
    return await makeOneFolder(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT' || dirname(path) === path) throw error;
  }
  // Those above are made first; meanwhile others may make them too.
  await makeFolder(dirname(path));
  await makeOneFolder(path);
}

async function makeOneFolder(path: string): Promise<void> {
  try {
    await fs.mkdir(path);
  } catch (error) {
    if (!(await isFolder(path))) throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return fs.stat(path).then(
    (stat) => stat.isDirectory(),
    () => false,
  );
}

/** With the process's id, a name that nobody else writes to. */
let written = 0;

async function writeFile(path: string, content: string | Uint8Array): Promise<void> {
  written += 1;
  const unfinished = `${path}.${process.pid}-${written}.tmp`;
  await orHostError(path, async () => {
    try {
      await inFolder(unfinished, () => fs.writeFile(unfinished, content, {flag: 'wx'}));
      await fs.rename(unfinished, path);
    } catch (error) {
      await fs.rm(unfinished, {force: true});
      throw error;
    }
  });
}

async function writeFileIfChanged(path: string, content: string | Uint8Array): Promise<boolean> {
  const wanted =
    typeof content === 'string'
      ? Buffer.from(content)
      : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const present = await missingIsUndefined(path, () => fs.readFile(path));
  if (present?.equals(wanted)) return false;
  await writeFile(path, wanted);
  return true;
}

function factsOf(path: string): FileFacts {
  const stat = lstatSync(path);
  return {
    kind: stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : stat.isSymbolicLink() ? 'link' : 'other',
    size: stat.size,
    modified: stat.mtimeMs,
    changed: stat.ctimeMs,
    executable: (stat.mode & 0o111) !== 0,
  };
}

async function readLink(path: string): Promise<string | undefined> {
  try {
    return await fs.readlink(path);
  } catch (error) {
    const failure = hostError(error, path);
    if (isMissing(error) || failure.code === 'EINVAL') return undefined;
    throw failure;
  }
}

async function canOpen(path: string): Promise<boolean> {
  try {
    await (await fs.open(path, constants.O_RDWR)).close();
    return true;
  } catch {
    return false;
  }
}

async function makeTemporaryFolder(prefix: string): Promise<string> {
  const path = isAbsolute(prefix) ? prefix : join(tmpdir(), prefix);
  return orHostError(path, () => inFolder(path, () => fs.mkdtemp(path)));
}

function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    signal?.addEventListener('abort', finish);
  });
}
