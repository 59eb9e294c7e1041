// SPDX-License-Identifier: BSD-3-Clause

import {expect, it} from 'vitest';
import {nodeHost} from './node-host.ts';

const host = nodeHost();

/** A tool of its own, whose input can be chosen: it joins its input to a program's, and its output to the program's. */
const tool = (program: string, args: readonly string[]): string => `
  import {nodeHost} from '${import.meta.dirname}/index.ts';
  const child = await nodeHost().spawn('${program}', ${JSON.stringify(args)}, {
    stdin: 'forward', onStdout: bytes => process.stdout.write(bytes), onStderr: () => {},
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

it('throws a HostError for a folder to run in that is not there', async () => {
  await expect(host.run('true', [], {cwd: '/no/such/folder'})).rejects.toMatchObject({
    code: 'ENOENT',
    path: '/no/such/folder',
  });
});
