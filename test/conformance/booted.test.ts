// SPDX-License-Identifier: BSD-3-Clause

import {afterAll, describe, expect, test, vi} from 'vitest';
import {closeBench, openBench} from './bench.ts';
import {type BootedTrial, boot} from './booted.ts';

/** Builds and boots share the cores with other tests. */
vi.setConfig({testTimeout: 180_000});

const bench = await openBench();
afterAll(() => closeBench(bench));

/** Interface, suite and provider, on each platform; where providers differ, by platform. */
const everywhere: readonly (readonly [string, string, string])[] = [
  ['alloc', 'alloc', 'alloc-tlsf'],
  ['alloc', 'alloc-bugs', 'alloc-tlsf'],
  ['alloc', 'alloc', 'alloc-buddy'],
  ['alloc', 'alloc', 'alloc-bump'],
  ['preemption', 'preemption', 'sched-preempt'],
  ['deadlines', 'deadlines', 'deadlines-thread'],
  ['fs', 'fs', 'fs-ram'],
  ['fs', 'contents', 'fs-ram'],
  ['fs', 'fs', 'fs-dev'],
  ['fs', 'fs', 'fs-proc'],
  ['print', 'print', 'print-text'],
  ['sched', 'sched', 'sched-coop'],
  ['sched', 'sched', 'sched-none'],
  ['sched', 'sched', 'sched-preempt'],
  ['string', 'string', 'string-c'],
  ['string', 'string', 'string-x86'],
  ['threads', 'own', 'sched-coop'],
  ['threads', 'own', 'sched-preempt'],
  ['threads', 'interruption', 'sched-coop'],
  ['threads', 'threads', 'sched-coop'],
  ['vfs', 'vfs', 'vfs-core'],
  ['vfs', 'vfs-model', 'vfs-core'],
  ['vfs', 'vfs-rights', 'vfs-core'],
  ['threads', 'interruption', 'sched-preempt'],
  ['threads', 'threads', 'sched-preempt'],
  ['virtio', 'virtio', 'virtio-fake'],
  ['virtio', 'virtio-hostile', 'virtio-fake'],
];
/** What is made of threads, over each way to have them. */
const overSchedulers: readonly (readonly [string, string, string])[] = [
  ['posix-threads', 'clone', 'syscall-threads-sched'],
  ['posix-threads', 'futex', 'syscall-threads-sched'],
  ['posix-threads', 'futex-model', 'syscall-threads-sched'],
];
const ofPlatform: Readonly<Record<string, readonly (readonly [string, string, string])[]>> = {
  kvm: [
    ['boot', 'boot', 'kvm'],
    ['clock', 'clock', 'clock-tsc'],
    ['console', 'console', 'console-uart'],
    ['entropy', 'entropy', 'entropy-cpu'],
    ['irq', 'irq', 'kvm'],
    ['mem', 'mem', 'kvm'],
  ],
  linuxu: [
    ['boot', 'boot', 'linuxu'],
    ['clock', 'clock', 'clock-linux'],
    ['console', 'console', 'console-linux'],
    ['entropy', 'entropy', 'entropy-linux'],
    ['irq', 'irq', 'linuxu'],
    ['mem', 'mem', 'linuxu'],
  ],
};

const rows: readonly BootedTrial[] = Object.entries(ofPlatform).flatMap(([platform, own]) => [
  ...[...everywhere, ...own].map(([of, suite, provider]) => ({platform, interface: of, suite, provider})),
  ...['sched-coop', 'sched-preempt'].flatMap((sched) =>
    overSchedulers.map(([of, suite, provider]) => ({platform, interface: of, suite, provider, sched})),
  ),
]);

describe('each provider keeps its contract in an image', () => {
  const over = ({sched}: BootedTrial) => (sched === undefined ? '' : ` over ${sched}`);
  test.each(rows.map((row) => [`${row.platform}: ${row.provider} passes ${row.suite}${over(row)}`, row] as const))(
    '%s',
    async (_, row) => {
      const {exitCode, output} = await boot(bench, row);
      expect(output.split('\n').filter((line) => line.startsWith('not ok'))).toEqual([]);
      expect(output).toMatch(/^1\.\.[1-9]\d*$/m);
      expect({exitCode, output}).toEqual({exitCode: 0, output});
    },
  );
});

test.each(['kvm', 'linuxu'])('%s: sched-coop does not preempt, and the suite preemption tells', async (platform) => {
  const {exitCode, output} = await boot(bench, {
    platform,
    interface: 'preemption',
    suite: 'preemption',
    provider: 'sched-coop',
  });
  expect(output).toMatch(/^not ok \d+ - a_sleeper_that_is_more_urgent_takes_the_cpu: /m);
  expect(output).toMatch(/^not ok \d+ - turns_are_about_equal: /m);
  expect(exitCode).toBe(1);
});
