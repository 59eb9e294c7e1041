// SPDX-License-Identifier: BSD-3-Clause

import {createServer} from 'node:http';
import {createServer as createSocketServer} from 'node:net';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {type Host, HostError, memoryHost, nodeHost} from './index.ts';

/** A host and the world around it, so that one suite can hold both hosts to one contract. */
interface World {
  readonly host: Host;
  readonly folder: string;
  readonly url: string;
  readonly busyPort: number;
  close(): Promise<void>;
}

const worlds: Readonly<Record<string, () => Promise<World>>> = {
  'node host': async () => {
    const host = nodeHost();
    const folder = await host.makeTemporaryFolder('kraft-ts-host-');
    const server = createServer((request, response) => {
      if (request.url === '/moved') return void response.writeHead(302, {location: '/file'}).end();
      if (request.url === '/file') return void response.writeHead(200, {'content-length': 5}).end('hello');
      response.writeHead(404).end();
    });
    const busy = createSocketServer();
    const listen = (one: typeof server | typeof busy): Promise<number> =>
      new Promise((resolve) =>
        one.listen(0, '127.0.0.1', () => {
          const address = one.address();
          resolve(address !== null && typeof address === 'object' ? address.port : 0);
        }),
      );
    const [port, busyPort] = [await listen(server), await listen(busy)];
    const close = async (): Promise<void> => {
      server.close();
      busy.close();
      await host.remove(folder);
    };
    return {host, folder, url: `http://127.0.0.1:${port}`, busyPort, close};
  },
  'memory host': async () => ({
    host: memoryHost({
      downloads: {'http://here/file': 'hello', 'http://here/moved': 'hello'},
      busyPorts: [81],
      programs: {
        sh: async ({args, env, input, stdout, stderr, status, cwd, killed}) => {
          const script = args[1] ?? '';
          if (script === 'echo out; echo err >&2; exit 3') {
            stdout('out\n');
            stderr('err\n');
            return 3;
          }
          if (script === 'cat') stdout(input);
          if (script === 'echo $GREETING; pwd') stdout(`${env.GREETING}\n${cwd}\n`);
          if (script === 'printf x >&3') status(new TextEncoder().encode('x'));
          if (script === 'sleep 60') await killed;
          return 0;
        },
      },
    }),
    folder: '/work',
    url: 'http://here',
    busyPort: 81,
    close: async () => {},
  }),
};

describe.each(Object.entries(worlds))('%s', (_name, begin) => {
  let world: World;
  beforeAll(async () => {
    world = await begin();
  });
  afterAll(() => world.close());
  const at = (...parts: string[]): string => join(world.folder, ...parts);

  it('makes the folders of a file that it writes', async () => {
    await world.host.writeFile(at('a/b/c.txt'), 'text');
    expect(await world.host.readFile(at('a/b/c.txt'))).toBe('text');
    expect(await world.host.readBytes(at('a/b/c.txt'))).toHaveLength(4);
    expect(await world.host.list(at('a/b'))).toEqual(['c.txt']);
    expect(await world.host.facts(at('a/b/c.txt'))).toMatchObject({kind: 'file', size: 4, executable: false});
    expect(await world.host.facts(at('a/b'))).toMatchObject({kind: 'folder'});
  });

  it('says undefined of what is not there', async () => {
    const {host} = world;
    for (const ask of [host.readFile, host.readBytes, host.list, host.facts, host.realPath, host.readLink]) {
      expect(await ask(at('nothing/here'))).toBeUndefined();
    }
    await host.remove(at('nothing'));
    expect(await host.canOpen(at('nothing'))).toBe(false);
  });

  it('throws a HostError for a folder where a file is wanted', async () => {
    await world.host.makeFolder(at('folder'));
    await expect(world.host.readFile(at('folder'))).rejects.toThrow(HostError);
    await expect(world.host.readFile(at('folder'))).rejects.toMatchObject({code: 'EISDIR', path: at('folder')});
    await expect(world.host.writeFile(at('folder'), '')).rejects.toThrow(HostError);
  });

  it('leaves a file alone that has the content already', async () => {
    expect(await world.host.writeFileIfChanged(at('same'), 'one')).toBe(true);
    expect(await world.host.writeFileIfChanged(at('same'), 'one')).toBe(false);
    expect(await world.host.writeFileIfChanged(at('same'), 'two')).toBe(true);
    expect(await world.host.readFile(at('same'))).toBe('two');
  });

  it('moves folders, but not onto a full one', async () => {
    const {host} = world;
    await host.writeFile(at('from/deep/file'), 'x');
    await host.rename(at('from'), at('to'));
    expect(await host.readFile(at('to/deep/file'))).toBe('x');
    expect(await host.facts(at('from'))).toBeUndefined();
    await host.writeFile(at('other/file'), 'y');
    await expect(host.rename(at('other'), at('to'))).rejects.toMatchObject({code: 'ENOTEMPTY'});
    await host.remove(at('to'));
    expect(await host.list(at('to'))).toBeUndefined();
  });

  it('follows links, and tells where they lead', async () => {
    const {host} = world;
    await host.writeFile(at('real/file'), 'x');
    await host.symlink('real', at('alias'));
    expect(await host.readFile(at('alias/file'))).toBe('x');
    expect(await host.readLink(at('alias'))).toBe('real');
    expect(await host.readLink(at('real/file'))).toBeUndefined();
    expect(await host.facts(at('alias'))).toMatchObject({kind: 'link'});
    const real = await host.realPath(at('real/file'));
    expect(await host.realPath(at('alias/file'))).toBe(real);
    await host.remove(at('alias'));
    expect(await host.readFile(at('real/file'))).toBe('x');
    await host.symlink('loop', at('loop'));
    await expect(host.readFile(at('loop'))).rejects.toMatchObject({code: 'ELOOP'});
  });

  it('copies files and makes them executable', async () => {
    const {host} = world;
    await host.writeFile(at('tool'), 'x');
    await host.copyFile(at('tool'), at('copies/tool'));
    await host.chmod(at('copies/tool'), 0o755);
    expect(await host.facts(at('copies/tool'))).toMatchObject({executable: true});
    expect(await host.which(at('copies/tool'))).toBe(at('copies/tool'));
    expect(await host.which(at('tool'))).toBeUndefined();
    expect(await host.canOpen(at('tool'))).toBe(true);
  });

  it('makes temporary folders that differ', async () => {
    const {host} = world;
    const [one, other] = [await host.makeTemporaryFolder(at('tmp/x-')), await host.makeTemporaryFolder(at('tmp/x-'))];
    expect(one).not.toBe(other);
    expect(one.startsWith(at('tmp/x-'))).toBe(true);
    expect(await host.list(one)).toEqual([]);
  });

  it('runs a program to its end', async () => {
    const chunks: string[] = [];
    const result = await world.host.run('sh', ['-c', 'echo out; echo err >&2; exit 3'], {
      onStdout: (text) => chunks.push(text),
    });
    expect(result).toEqual({exitCode: 3, signal: null, stdout: 'out\n', stderr: 'err\n'});
    expect(chunks.join('')).toBe('out\n');
  });

  it('gives a program input, environment and folder', async () => {
    const {host, folder} = world;
    expect(await host.run('sh', ['-c', 'cat'], {input: new TextEncoder().encode('in')})).toMatchObject({stdout: 'in'});
    const result = await host.run('sh', ['-c', 'echo $GREETING; pwd'], {env: {GREETING: 'hi'}, cwd: folder});
    expect(result).toMatchObject({stdout: `hi\n${folder}\n`});
  });

  it('says not-found of a program that is not there', async () => {
    const {host, folder} = world;
    const quiet = {stdin: 'ignore', onStdout: () => {}, onStderr: () => {}} as const;
    expect(await host.run('no-such-program', [])).toBe('not-found');
    expect(await host.run('no-such-program', [], {cwd: folder})).toBe('not-found');
    expect(await host.spawn('no-such-program', [], quiet)).toBe('not-found');
    expect(await host.which('no-such-program')).toBeUndefined();
    expect(await host.which('sh')).toMatch(/\/sh$/);
  });

  it('ends a program when told to', async () => {
    const stop = new AbortController();
    const running = world.host.run('sh', ['-c', 'sleep 60'], {signal: stop.signal});
    stop.abort();
    expect(await running).toMatchObject({exitCode: null, signal: 'SIGTERM'});
    const child = await world.host.spawn('sh', ['-c', 'sleep 60'], {
      stdin: 'ignore',
      onStdout: () => {},
      onStderr: () => {},
    });
    if (child === 'not-found') throw new Error('no sh');
    child.kill('SIGKILL');
    expect(await child.exited).toEqual({exitCode: null, signal: 'SIGKILL'});
  });

  it('streams what a child writes, file descriptor 3 included', async () => {
    const [out, status]: [Uint8Array[], Uint8Array[]] = [[], []];
    const options = {
      stdin: new TextEncoder().encode('in'),
      onStdout: (chunk: Uint8Array) => out.push(chunk),
      onStderr: () => {},
      onStatus: (chunk: Uint8Array) => status.push(chunk),
    };
    for (const script of ['cat', 'printf x >&3']) {
      const child = await world.host.spawn('sh', ['-c', script], options);
      if (child === 'not-found') throw new Error('no sh');
      expect(child.pid).toBeGreaterThan(0);
      expect(await child.exited).toEqual({exitCode: 0, signal: null});
    }
    expect(Buffer.concat(out).toString()).toBe('in');
    expect(Buffer.concat(status).toString()).toBe('x');
  });

  it('knows which ports are free', async () => {
    expect(await world.host.portIsFree(world.busyPort)).toBe(false);
    if (world.busyPort !== 81) expect(await world.host.portIsFree(world.busyPort, 'udp')).toBe(true);
  });

  it('downloads, and names URL and status when it cannot', async () => {
    const progress: [number, number | undefined][] = [];
    const body = await world.host.download(`${world.url}/file`, (received, total) => progress.push([received, total]));
    expect(new TextDecoder().decode(body)).toBe('hello');
    expect(progress.at(-1)).toEqual([5, 5]);
    expect(await world.host.download(`${world.url}/moved`)).toHaveLength(5);
    await expect(world.host.download(`${world.url}/other`)).rejects.toMatchObject({
      code: '404',
      path: `${world.url}/other`,
    });
  });

  it('has a clock that sleep moves', async () => {
    const before = world.host.now();
    await world.host.sleep(5);
    expect(world.host.now()).toBeGreaterThanOrEqual(before + 4);
    const stop = new AbortController();
    stop.abort();
    await world.host.sleep(60_000, stop.signal);
  });
});

it('says at once where the system makes no folders', async () => {
  const host = nodeHost();
  await expect(host.makeFolder('/proc/nothing/deep/er')).rejects.toMatchObject({name: 'HostError', code: 'ENOENT'});
  await expect(host.makeFolder('/proc/version/deep')).rejects.toMatchObject({name: 'HostError', code: 'ENOTDIR'});
  await host.makeFolder('/proc/self/');
});

it('makes a folder while somebody else makes the one above it', async () => {
  const host = nodeHost();
  const folder = await host.makeTemporaryFolder('kraft-ts-host-');
  const above = Array.from({length: 20}, (_, index) => join(folder, `${index}`));
  await Promise.all(above.flatMap((one) => [host.makeFolder(join(one, 'below')), host.makeFolder(one)]));
  for (const one of above) expect(await host.list(one)).toEqual(['below']);
  await host.remove(folder);
});
