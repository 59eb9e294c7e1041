// SPDX-License-Identifier: BSD-3-Clause

import {expect, it} from 'vitest';
import {nodeHost} from './node-host.ts';

const host = nodeHost();

/** A tool of its own, whose input can be chosen: it joins its input to a program's, and its output to the program's. */
const tool = (program: string, args: readonly string[], stdin = "'forward'"): string => `
  import {nodeHost} from '${import.meta.dirname}/index.ts';
  const child = await nodeHost().spawn('${program}', ${JSON.stringify(args)}, {
    stdin: ${stdin}, onStdout: bytes => process.stdout.write(bytes), onStderr: () => {},
  });
  process.stdout.write(JSON.stringify(await child.exited));`;

it.each([
  ['cat', [], 'hello\u0001\n', 'hello\u0001\n{"exitCode":0,"signal":null}'],
  ['true', [], 'unread', '{"exitCode":0,"signal":null}'],
])('forwards its input to %s, and ends when that has ended', async (program, args, input, output) => {
  const words = ['--import', 'tsx', '--input-type=module', '-e', tool(program, args)];
  const result = await host.run(process.execPath, words, {input: Buffer.from(input)});
  expect(result).toMatchObject({exitCode: 0, stdout: output, stderr: ''});
});

it('tells the end of its input in bytes, and keeps the input open', async () => {
  const encoding = `{start: Buffer.from('>'), chunk: bytes => Buffer.from(String(bytes).replaceAll('l', 'll')), end: Buffer.from('.\\n')}`;
  const script = tool('sh', ['-c', 'timeout 0.5 cat; echo $?'], encoding);
  const words = ['--import', 'tsx', '--input-type=module', '-e', script];
  const result = await host.run(process.execPath, words, {input: Buffer.from('hello')});
  expect(result).toMatchObject({exitCode: 0, stdout: '>hellllo.\n124\n{"exitCode":0,"signal":null}', stderr: ''});
});

it('does not wait for the children of a program that was killed', async () => {
  const began = Date.now();
  const child = await host.spawn('sh', ['-c', 'sleep 30; true'], {
    stdin: 'ignore',
    onStdout: () => {},
    onStderr: () => {},
  });
  if (child === 'not-found') throw new Error('no sh');
  await host.sleep(100); // until it has a child
  child.kill('SIGTERM');
  expect(await child.exited).toEqual({exitCode: null, signal: 'SIGTERM'});
  expect(Date.now() - began).toBeLessThan(10_000);
});

it('reads on only when what it read has gone out', async () => {
  let read = 0;
  let waiting = 0;
  let letOn: () => void = () => {};
  const child = await host.spawn('sh', ['-c', 'yes | head -c 3000000'], {
    stdin: 'ignore',
    onStdout: (chunk) => {
      expect(waiting).toBe(0);
      read += chunk.length;
    },
    onStderr: () => {},
    drained: () => {
      if (read > 2_000_000) return undefined;
      waiting += 1;
      return new Promise((resolve) => {
        letOn = () => {
          waiting -= 1;
          resolve();
        };
      });
    },
  });
  if (child === 'not-found') throw new Error('no sh');
  for (let turn = 0; turn < 200; turn++) {
    await host.sleep(5);
    if (waiting > 0) letOn();
  }
  expect(await child.exited).toEqual({exitCode: 0, signal: null});
  expect(read).toBe(3_000_000);
});

it('reads to the end what a program said before it was killed', async () => {
  let read = 0;
  let goOn = (): void => {};
  const child = await host.spawn('sh', ['-c', 'yes | head -c 100000; kill -9 $$'], {
    stdin: 'ignore',
    onStdout: (chunk) => void (read += chunk.length),
    onStderr: () => {},
    drained: () => (read < 60_000 ? new Promise((resolve) => (goOn = resolve)) : undefined),
  });
  if (child === 'not-found') throw new Error('no sh');
  while (read < 60_000) {
    goOn();
    await host.sleep(150);
  }
  expect(await child.exited).toEqual({exitCode: null, signal: 'SIGKILL'});
  expect(read).toBe(100_000);
});

it.each([
  ['tool', 'with it'],
  ['own', 'later'],
])('a program of lifetime %s ends %s when its parent is killed', async (lifetime, end) => {
  const script = `
    import {nodeHost} from '${import.meta.dirname}/index.ts';
    const child = await nodeHost().spawn('sleep', ['30'], {
      lifetime: '${lifetime}', stdin: 'ignore', onStdout: () => {}, onStderr: () => {},
    });
    process.stdout.write(child.pid + '\\n');`;
  let pid = 0;
  const parent = await host.spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    stdin: 'ignore',
    onStdout: (chunk) => void (pid = Number(chunk)),
    onStderr: () => {},
  });
  if (parent === 'not-found') throw new Error('no node');
  while (pid === 0) await host.sleep(10);
  expect(await host.facts(`/proc/${pid}`)).toBeDefined();
  parent.kill('SIGKILL');
  await parent.exited;
  await host.sleep(100);
  const lives = (await host.readFile(`/proc/${pid}/stat`))?.includes(') Z') === false;
  if (lives) process.kill(pid);
  expect(lives).toBe(end === 'later');
});

it('throws a HostError for a folder to run in that is not there', async () => {
  await expect(host.run('true', [], {cwd: '/no/such/folder'})).rejects.toMatchObject({
    code: 'ENOENT',
    path: '/no/such/folder',
  });
});
