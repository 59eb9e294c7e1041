// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {afterAll, expect, test, vi} from 'vitest';
import {closeBench, kit, openBench, run} from './bench.ts';

/** A machine whose cores others share may be slow. */
vi.setConfig({testTimeout: 120_000});

const bench = await openBench();
afterAll(() => closeBench(bench));

/** A fault, the functions that carry it, the suite that has to notice, and the line that says so. */
const rows: readonly {
  readonly fault: string;
  readonly wraps: readonly string[];
  readonly suite: string;
  readonly says: RegExp;
}[] = [
  {
    fault: 'alloc-misaligned',
    wraps: ['kr_alloc_allocate', 'kr_alloc_free', 'kr_alloc_size'],
    suite: 'alloc',
    says: /^not ok \d+ - every_size_is_aligned_and_writable: .*is_aligned/m,
  },
  {
    fault: 'alloc-overlap',
    wraps: ['kr_alloc_allocate', 'kr_alloc_free'],
    suite: 'alloc',
    says: /^not ok \d+ - live_memory_never_overlaps: .*is_filled/m,
  },
  {
    fault: 'alloc-forgets',
    wraps: ['kr_alloc_resize'],
    suite: 'alloc',
    says: /^not ok \d+ - resize_keeps_the_content: .*is_filled/m,
  },
  {
    fault: 'alloc-leaks',
    wraps: ['kr_alloc_free'],
    suite: 'alloc',
    says: /^not ok \d+ - figures_return_when_all_is_freed: .*used\(\)/m,
  },
  {
    fault: 'alloc-wraps',
    wraps: ['kr_alloc_allocate'],
    suite: 'alloc',
    says: /^not ok \d+ - sizes_beyond_all_memory_are_null: .*NULL/m,
  },
  {
    fault: 'alloc-same-nothing',
    wraps: ['kr_alloc_allocate', 'kr_alloc_free'],
    suite: 'alloc',
    says: /^not ok \d+ - nothing_asked_for_is_still_unlike_the_rest: .*one != other/m,
  },
  {
    fault: 'alloc-trusts',
    wraps: ['kr_alloc_allocate', 'kr_alloc_free'],
    suite: 'alloc-bugs',
    says: /^not ok \d+ - a_double_free_is_told: .*it panics/m,
  },
  {
    fault: 'sched-sleeps-short',
    wraps: ['kr_sched_sleep'],
    suite: 'sched',
    says: /^not ok \d+ - a_sleep_lasts_as_long_as_it_should: /m,
  },
  {
    fault: 'sched-never-late',
    wraps: ['kr_sched_wait'],
    suite: 'sched',
    says: /^not ok \d+ - a_wait_ends_at_its_deadline: .*ETIMEDOUT/m,
  },
  {
    fault: 'sched-stays',
    wraps: ['kr_sched_yield'],
    suite: 'threads',
    says: /^not ok \d+ - a_yield_lets_every_other_go_first: .*count/m,
  },
  {
    fault: 'sched-switches',
    wraps: ['kr_sched_wake_one_isr'],
    suite: 'threads',
    says: /^not ok \d+ - waiters_are_woken_oldest_first: .*count == 0/m,
  },
  {
    fault: 'sched-keeps-no-pointer',
    wraps: ['kr_sched_keep_pointer'],
    suite: 'own',
    says: /^not ok \d+ - a_pointer_and_a_word_belong_to_a_thread: .*kr_thread_pointer_get\(\) == blocks\[CROWD\]/m,
  },
  {
    fault: 'sched-wakes-one',
    wraps: ['kr_sched_wake_all_isr'],
    suite: 'threads',
    says: /^panic: irq-fake: halted for ever$/m,
  },
  {
    fault: 'sched-loses-wakes',
    wraps: ['kr_sched_wake_all_isr'],
    suite: 'threads',
    says: /^panic: irq-fake: halted for ever$/m,
  },
  {
    fault: 'sched-drops-results',
    wraps: ['kr_sched_join'],
    suite: 'threads',
    says: /^not ok \d+ - a_join_gives_the_result: .*number_of/m,
  },
  {
    fault: 'fs-keeps-the-tail',
    wraps: ['fs_ram_resize'],
    suite: 'vfs',
    says: /^not ok \d+ - a_cut_file_reads_as_zero_when_it_grows_again: /m,
  },
  {
    fault: 'fs-loses-bytes',
    wraps: ['fs_ram_write'],
    suite: 'vfs-model',
    says: /^not ok \d+ - random_calls_do_what_the_model_does: /m,
  },
  {
    fault: 'futex-looks-late',
    wraps: ['kr_syscall_futex'],
    suite: 'futex',
    says: /^not ok \d+ - a_word_that_is_another_by_now_is_not_waited_for: .*EAGAIN/m,
  },
  {
    fault: 'futex-takes-any-bit',
    wraps: ['kr_syscall_futex'],
    suite: 'futex',
    says: /^not ok \d+ - bits_choose_who_is_woken_and_stay_when_moved: .*only/m,
  },
  {
    fault: 'futex-wakes-whom-it-moves',
    wraps: ['kr_syscall_futex'],
    suite: 'futex',
    says: /^not ok \d+ - a_requeue_wakes_some_and_moves_others: .*only/m,
  },
  {
    fault: 'futex-wakes-last',
    wraps: ['kr_syscall_futex'],
    suite: 'futex-model',
    says: /^not ok \d+ - whoever_comes_first_is_woken_first: .*waits == expected/m,
  },
  {
    fault: 'futex-has-no-clock',
    wraps: ['kr_syscall_futex'],
    suite: 'futex',
    says: /^not ok \d+ - a_wait_ends_in_time_by_each_clock: .*length/m,
  },
  {
    fault: 'futex-wants-memory',
    wraps: ['kr_syscall_futex'],
    suite: 'futex',
    says: /^not ok \d+ - nothing_fails_where_every_allocation_does: .*late/m,
  },
  {
    fault: 'futex-leaves-locks',
    wraps: ['robust_abandon'],
    suite: 'clone',
    says: /^panic: irq-fake: halted for ever$/m,
  },
  {
    fault: 'deadlines-come-early',
    wraps: ['kr_deadlines_set'],
    suite: 'deadlines',
    says: /^not ok \d+ - no_memory_is_told_before_anything_is_set: .*>= self->when/m,
  },
  {
    fault: 'deadlines-keep-the-first',
    wraps: ['kr_deadlines_set'],
    suite: 'deadlines',
    says: /^not ok \d+ - a_deadline_is_cleared_and_set_anew: .*>= self->when/m,
  },
  {
    fault: 'virtio-shows-early',
    wraps: ['kr_virtio_queue_add'],
    suite: 'virtio',
    says: /^not ok \d+ - what_is_added_is_shown_only_when_it_is_published: .*NULL/m,
  },
  {
    fault: 'virtio-trusts',
    wraps: ['kr_virtio_violation'],
    suite: 'virtio-hostile',
    says: /^not ok \d+ - an_index_that_is_ahead_is_refused: .*it panics/m,
  },
];

const providers: Readonly<Record<string, string>> = {
  alloc: 'alloc-tlsf',
  deadlines: 'deadlines-thread',
  fs: 'vfs-core',
  futex: 'syscall-threads-sched',
  virtio: 'virtio-fake',
};
const folders: Readonly<Record<string, string>> = {
  'alloc-bugs': 'alloc',
  clone: 'posix-threads',
  futex: 'posix-threads',
  'futex-model': 'posix-threads',
  own: 'threads',
  'vfs-model': 'vfs',
  'virtio-hostile': 'virtio',
};

test.concurrent.each(rows.map((row) => [row.fault, row] as const))(
  '%s is found out',
  async (_, {fault, wraps, suite, says}) => {
    const {exitCode, output} = await run(bench, {
      suite: join(kit, 'libs/interfaces', folders[suite] ?? suite, 'conformance', `${suite}.c`),
      provider: providers[fault.split('-', 1)[0] ?? ''] ?? 'sched-coop',
      compiler: 'gcc',
      fault: {file: join(import.meta.dirname, 'broken', `${fault}.c`), wraps},
    });
    expect(output).toMatch(says);
    expect(exitCode).not.toBe(0);
    expect(exitCode).not.toBe(null);
  },
);
