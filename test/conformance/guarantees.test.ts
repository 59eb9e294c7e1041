// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {afterAll, describe, expect, test, vi} from 'vitest';
import {openEngine, printDiagnostics, runCommand, runProject} from '../../toolkit/engine.ts';
import {closeBench, kit, openBench} from './bench.ts';

/** Builds and boots share the cores with other tests. */
vi.setConfig({testTimeout: 180_000});

const bench = await openBench();
const {host} = bench;
afterAll(() => closeBench(bench));

const request = {build: 'when-needed', ports: [], args: [], accelerator: 'tcg', timeout: 60_000} as const;

/** An app of one file. */
async function app(name: string, {source, needs, platform}: {source: string; needs: string; platform: string}) {
  const folder = join(bench.folder, `${name}-${platform}`);
  await host.writeFile(join(folder, 'app.c'), source);
  await host.writeFile(
    join(folder, 'Kraftfile'),
    `spec: v1\nname: ${name}\nsources: [app.c]\nneeds: [${needs}]\ntargets: [${platform}/x86_64]\n`,
  );
  let output = '';
  const onEvent: Parameters<typeof openEngine>[0]['onEvent'] = (event) => {
    if (event.type === 'run' && event.reason === 'console') output += Buffer.from(event.bytes).toString();
  };
  return {engine: openEngine({kit, cwd: folder, directory: undefined, onEvent}), output: () => output};
}

const digger = `#include <kraft/sched.h>
static int dig(volatile int *depth)
{
    volatile int here[64];
    here[0] = *depth + 1;
    here[1] = dig(here);
    return here[1] + here[0];
}
static void *begin(void *unused)
{
    volatile int depth = 0;
    (void)unused;
    return dig(&depth) == 0 ? NULL : unused;
}
int main(void)
{
    const struct kr_sched_attributes attributes = {.name = "digger"};
    struct kr_sched_thread *thread;
    if (kr_sched_spawn(&thread, begin, NULL, &attributes) != 0)
        return 1;
    return kr_sched_join(thread, NULL);
}
`;

describe('a stack that overflows is told with the name of its thread', () => {
  test.each(['kvm', 'linuxu'])('%s', async (platform) => {
    const {engine, output} = await app('digger', {source: digger, needs: 'sched, threads', platform});
    const ended = await runProject(engine, request);
    if (!ended.ok) throw new Error(printDiagnostics(ended.error));
    expect(ended.value.kind).toBe('panicked');
    expect(output()).toMatch(/^panic: cpu: write to the guard page of stack of thread digger at 0x[0-9a-f]+$/m);
  });
});

describe('apps/threads says the same on each platform', () => {
  test.each(['kvm', 'linuxu'])('%s', async (platform) => {
    const source = (await host.readFile(join(kit, 'apps/threads/threads.c'))) ?? '';
    const {engine, output} = await app('threads', {source, needs: 'clock, print, sched, threads', platform});
    const ended = await runProject(engine, request);
    if (!ended.ok) throw new Error(printDiagnostics(ended.error));
    const pieces = [1, 2, 3].flatMap((piece) => [1, 2, 3].map((worker) => `worker ${worker} made piece ${piece}\n`));
    expect(output()).toBe(`${pieces.join('')}all done, sum of squares 14\n`);
    expect(ended.value).toEqual({kind: 'exited', status: 0});
  });
});

const sleeper = `#include <kraft/clock.h>
#include <kraft/sched.h>
int main(void)
{
    kr_sched_sleep(kr_clock_monotonic() + 100000 * KR_CLOCK_SECOND);
    return 7;
}
`;

/** Where time is the number of instructions, and jumps while the CPU halts, a day's sleep that spins takes days. */
test.each(['sched', 'sched, threads', 'preemption, sched, threads'])('an idle guest halts: %s', async (needs) => {
  const {engine} = await app(`sleeper-${needs.length}`, {source: sleeper, needs: `clock, ${needs}`, platform: 'kvm'});
  const command = await runCommand(engine, request);
  if (!command.ok) throw new Error(printDiagnostics(command.error));
  const [program = '', ...words] = command.value.words;
  const ended = await host.run(program, [...words, '-icount', 'shift=0,sleep=off'], {
    signal: AbortSignal.timeout(60_000),
  });
  expect(ended).toMatchObject({exitCode: (7 << 1) | 1});
});
