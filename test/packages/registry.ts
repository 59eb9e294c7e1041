// SPDX-License-Identifier: BSD-3-Clause

import {spawn, spawnSync} from 'node:child_process';
import {cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {repository} from '../rig/repository.ts';
import {freePort} from '../rig/tool.ts';

/** A registry of npm's kind on this machine, with nothing behind it and its storage in a temporary folder. */
export interface Registry {
  readonly url: string;
  readonly storage: string;
  /** A folder whose .npmrc names the registry, and a cache of its own; made anew. */
  project(name: string, files?: Readonly<Record<string, string>>): string;
  /** A copy of a folder of the repository, likewise. */
  copy(from: string, name: string): string;
  /** Writes the settings of npm that name the registry. */
  configure(npmrc: string): void;
  /** Publishes a folder as npm does, with no question asked. */
  publish(folder: string): void;
  /** Ends the program, and leaves the files. */
  halt(): Promise<void>;
  stop(): Promise<void>;
}

export async function startRegistry(): Promise<Registry> {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'kraft-ts-registry-')));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const storage = path.join(root, 'storage');
  writeFileSync(path.join(root, 'config.yaml'), configuration(root));
  const program = createRequire(import.meta.url).resolve('verdaccio/bin/verdaccio');
  const child = spawn(
    process.execPath,
    [program, '--config', path.join(root, 'config.yaml'), '--listen', `127.0.0.1:${port}`],
    {
      cwd: root,
      stdio: 'ignore',
    },
  );
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const token = await firstToken(url);
  // npm itself sets this for whatever it runs, and it counts for more than a file.
  process.env.npm_config_cache = path.join(root, 'cache');
  const npmrc = `registry=${url}\n//127.0.0.1:${port}/:_authToken=${token}\n`;
  return {
    url,
    storage,
    project(name, files = {}) {
      const folder = path.join(root, name);
      mkdirSync(folder, {recursive: true});
      for (const [file, text] of Object.entries({...files, '.npmrc': npmrc})) {
        mkdirSync(path.dirname(path.join(folder, file)), {recursive: true});
        writeFileSync(path.join(folder, file), text);
      }
      return folder;
    },
    copy(from, name) {
      const folder = path.join(root, name);
      const isMade = (file: string): boolean =>
        !/\/(?:\.kraft|node_modules)(?:\/|$)/.test(file.slice(repository.length));
      cpSync(path.join(repository, from), folder, {recursive: true, filter: isMade});
      writeFileSync(path.join(folder, '.npmrc'), npmrc);
      return folder;
    },
    configure(file) {
      writeFileSync(file, npmrc);
    },
    publish(folder) {
      const {status, stderr} = spawnSync('npm', ['publish', '--ignore-scripts'], {cwd: folder, encoding: 'utf8'});
      if (status !== 0) throw new Error(stderr);
    },
    async halt() {
      child.kill();
      await ended;
    },
    async stop() {
      child.kill();
      await ended;
      rmSync(root, {recursive: true, force: true});
    },
  };
}

function configuration(root: string): string {
  return [
    `storage: ${path.join(root, 'storage')}`,
    `auth: {htpasswd: {file: ${path.join(root, 'htpasswd')}}}`,
    'uplinks: {}',
    "packages: {'**': {access: $all, publish: $authenticated, unpublish: $authenticated}}",
    'log: {type: stdout, level: fatal}',
    '',
  ].join('\n');
}

/** Registers somebody who may publish, as soon as the registry answers. */
async function firstToken(url: string): Promise<string> {
  const user = {name: 'author', password: 'of-a-test', type: 'user', roles: [], date: new Date(0).toISOString()};
  for (let tries = 0; tries < 300; tries++) {
    try {
      const answer = await fetch(`${url}-/user/org.couchdb.user:author`, {
        method: 'PUT',
        headers: {'content-type': 'application/json'},
        body: JSON.stringify({_id: 'org.couchdb.user:author', ...user}),
      });
      const said: unknown = await answer.json();
      if (typeof said === 'object' && said !== null && 'token' in said) return String(said.token);
    } catch (error) {
      // It does not listen yet.
      if (!(error instanceof TypeError)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`The registry at ${url} does not answer`);
}

/** Changes a file of a package. */
export function edit(folder: string, file: string, change: (text: string) => string): void {
  writeFileSync(path.join(folder, file), change(readFileSync(path.join(folder, file), 'utf8')));
}
