/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Futexes, one promise at a time (man 2 futex): who waits, who is woken, what
 * ends a wait, and that none of it takes memory. What is refused is refused as
 * Linux 6 does. futex-model.c has sequences and permutations.
 */
#include <kraft/alloc.h>
#include <kraft/clock.h>
#include <kraft/conformance.h>
#include <kraft/hoard.h>
#include <kraft/sched.h>
#include <kraft/string.h>
#include <kraft/syscall-threads.h>

#define MILLISECOND (KR_CLOCK_SECOND / 1000)
#define CROWD 96u /* more than there may be lists of waiters */

#define WAIT 0
#define WAKE 1
#define REQUEUE 3
#define CMP_REQUEUE 4
#define WAKE_OP 5
#define WAIT_BITSET 9
#define WAKE_BITSET 10
#define PRIVATE 0x80
#define REALTIME 0x100
#define ALL 0x7fffffff

static int words[4096];
static int *const word = words, *const other = words + 1;

static struct waiter {
    const int *word;
    int operation;
    struct kr_syscall_time time; /* seconds -1: none */
    uint32_t bits;
    struct kr_sched_thread *thread;
    volatile bool ended;
    unsigned order; /* of ending */
    long result;
} waiters[CROWD];
static unsigned ended;

static long futex(const int *at, int operation, int value, long count, const int *second, uint32_t third)
{
    return kr_syscall_futex((int *)(uintptr_t)at, operation, value, (const void *)count,
                            (int *)(uintptr_t)second, (int)third);
}

/* How many wait for (at): those that would be moved to where they are. */
static long waiting(const int *at)
{
    return futex(at, REQUEUE, 0, ALL, at, 0);
}

static void *wait(void *argument)
{
    struct waiter *self = argument;
    const struct kr_syscall_time *time = self->time.seconds < 0 ? NULL : &self->time;

    self->result = kr_syscall_futex((int *)(uintptr_t)self->word, self->operation, *self->word, time, NULL,
                                    (int)self->bits);
    self->order = ++ended;
    self->ended = true;
    return NULL;
}

static void start(unsigned i, struct waiter as)
{
    waiters[i] = as;
    KR_REQUIRE(kr_sched_spawn(&waiters[i].thread, wait, &waiters[i], NULL) == 0);
}

/* Begins a wait of waiter (i), and returns when it waits. */
static void begin(unsigned i, const int *at, uint32_t bits)
{
    long before = waiting(at);

    start(i, (struct waiter){.word = at, .operation = WAIT_BITSET, .time.seconds = -1, .bits = bits});
    while (waiting(at) == before && !waiters[i].ended)
        kr_sched_yield();
}

static void begin_all(unsigned count, const int *at)
{
    ended = 0;
    for (unsigned i = 0; i < count; i++)
        begin(i, at, UINT32_MAX);
}

/* Whether exactly those of (set) have ended, of the first (count). */
static bool only(uint64_t set, unsigned count)
{
    bool same = true;

    kr_sched_yield();
    for (unsigned i = 0; i < count; i++)
        same = same && waiters[i].ended == ((set >> i & 1) != 0);
    return same;
}

static void join(unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        KR_CHECK(kr_sched_join(waiters[i].thread, NULL) == 0);
}

static struct kr_syscall_time time_of(uint64_t nanoseconds)
{
    return (struct kr_syscall_time){(int64_t)(nanoseconds / KR_CLOCK_SECOND),
                                    (int64_t)(nanoseconds % KR_CLOCK_SECOND)};
}

static long wait_here(int operation, int value, struct kr_syscall_time time)
{
    return kr_syscall_futex(word, operation, value, &time, NULL, -1);
}

KR_TEST(a_word_that_is_another_by_now_is_not_waited_for)
{
    *word = 5;
    KR_CHECK(wait_here(WAIT, 4, time_of(MILLISECOND)) == -KR_EAGAIN);
    KR_CHECK(wait_here(WAIT_BITSET | PRIVATE, 6, time_of(0)) == -KR_EAGAIN);
    KR_CHECK(wait_here(WAIT, 5, time_of(MILLISECOND)) == -KR_ETIMEDOUT);
    *word = 0;
}

KR_TEST(what_makes_no_sense_is_refused)
{
    const struct kr_syscall_time beyond = {0, (int64_t)KR_CLOCK_SECOND};
    const struct kr_syscall_time before = {-1, 0};
    const int *odd = (const int *)(const void *)((const char *)words + 1);

    KR_CHECK(wait_here(WAIT, 1, beyond) == -KR_EINVAL && wait_here(WAIT_BITSET, 0, before) == -KR_EINVAL);
    KR_CHECK(futex(word, WAIT_BITSET, 1, 0, NULL, 0) == -KR_EINVAL);
    KR_CHECK(futex(word, WAKE_BITSET, 1, 0, NULL, 0) == -KR_EINVAL);
    KR_CHECK(futex(odd, WAIT, 0, 0, NULL, 0) == -KR_EINVAL && futex(odd, WAKE, 1, 0, NULL, 0) == -KR_EINVAL);
    KR_CHECK(futex(word, REQUEUE, 1, 1, odd, 0) == -KR_EINVAL);
    KR_CHECK(futex(word, WAKE_OP, 1, 1, odd, 0) == -KR_EINVAL);
    KR_CHECK(futex(word, REQUEUE, -1, 1, other, 0) == -KR_EINVAL);
    KR_CHECK(futex(word, CMP_REQUEUE, 1, -1, other, 7) == -KR_EINVAL);
    KR_CHECK(futex(word, CMP_REQUEUE, 1, 1, other, 7) == -KR_EAGAIN);
    KR_CHECK(futex(word, 77, 1, 0, NULL, 0) == -KR_ENOSYS && futex(word, 2, 1, 0, NULL, 0) == -KR_ENOSYS);
    KR_CHECK(futex(word, WAKE | REALTIME, 1, 0, NULL, 0) == -KR_ENOSYS);
    KR_CHECK(wait_here(WAIT | REALTIME, 0, time_of(1)) == -KR_ENOSYS);
}

KR_TEST(a_wake_is_for_as_many_as_it_says_the_oldest_first)
{
    begin_all(8, word);
    KR_CHECK(futex(other, WAKE, ALL, 0, NULL, 0) == 0 && only(0, 8));
    KR_CHECK(futex(word, WAKE, 3, 0, NULL, 0) == 3 && only(0x7, 8));
    KR_CHECK(futex(word, WAKE | PRIVATE, 1, 0, NULL, 0) == 1 && only(0xf, 8));
    KR_CHECK(futex(word, WAKE, 0, 0, NULL, 0) == 1 && only(0x1f, 8)); /* as Linux has it */
    KR_CHECK(futex(word, WAKE, ALL, 0, NULL, 0) == 3 && only(0xff, 8));
    KR_CHECK(futex(word, WAKE, ALL, 0, NULL, 0) == 0);
    join(8);
    for (unsigned i = 0; i < 8; i++)
        KR_CHECK(waiters[i].order == i + 1 && waiters[i].result == 0);
}

KR_TEST(a_wake_before_the_wait_is_not_kept)
{
    KR_CHECK(futex(word, WAKE, 1, 0, NULL, 0) == 0);
    KR_CHECK(wait_here(WAIT, 0, time_of(MILLISECOND)) == -KR_ETIMEDOUT);
}

KR_TEST(a_requeue_wakes_some_and_moves_others)
{
    begin_all(6, word);
    begin(6, other, UINT32_MAX);
    KR_CHECK(futex(word, CMP_REQUEUE, 1, 2, other, 0) == 3 && only(0x1, 7));
    KR_CHECK(waiting(word) == 3 && waiting(other) == 3);
    KR_CHECK(futex(other, WAKE, 2, 0, NULL, 0) == 2 && only(0x43, 7)); /* those that were moved come last */
    KR_CHECK(futex(word, WAKE, ALL, 0, NULL, 0) == 3 && only(0x7b, 7));
    KR_CHECK(futex(other, WAKE, ALL, 0, NULL, 0) == 1 && only(0x7f, 7));
    join(7);
}

KR_TEST(bits_choose_who_is_woken_and_stay_when_moved)
{
    static const uint32_t bits[] = {1, 2, 4, 3, UINT32_MAX, 8};

    for (unsigned i = 0; i < 6; i++)
        begin(i, word, bits[i]);
    KR_CHECK(futex(word, WAKE_BITSET, ALL, 0, NULL, 16) == 1 && only(0x10, 6));
    KR_CHECK(futex(word, WAKE_BITSET, 1, 0, NULL, 2) == 1 && only(0x12, 6));
    KR_CHECK(futex(word, REQUEUE, 0, ALL, other, 0) == 4);
    KR_CHECK(futex(other, WAKE_BITSET, ALL, 0, NULL, 4 | 1) == 3 && only(0x1f, 6));
    KR_CHECK(futex(other, WAKE, ALL, 0, NULL, 0) == 1 && only(0x3f, 6));
    join(6);
}

/* Operation, argument, comparison and what is compared, as FUTEX_OP has them. */
static uint32_t how(uint32_t operation, uint32_t argument, uint32_t comparison, uint32_t compared)
{
    return operation << 28 | comparison << 24 | argument << 12 | compared;
}

KR_TEST(a_wake_may_change_another_word_and_wake_for_it)
{
    static const struct {
        uint32_t operation, argument;
        int before, after;
    } rows[] = {{0, 9, 3, 9}, {1, 0xfff, 3, 2}, {2, 4, 3, 7}, {3, 1, 3, 2}, {4, 5, 3, 6}, {8, 4, 3, 16}};

    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        *other = rows[i].before;
        KR_CHECK(futex(word, WAKE_OP, 1, 1, other, how(rows[i].operation, rows[i].argument, 0, 0)) == 0);
        KR_CHECK(*other == rows[i].after);
    }
    for (uint32_t comparison = 0; comparison < 6; comparison++) {
        for (int old = -1; old <= 1; old++) { /* compared with 0 */
            const bool holds[] = {old == 0, old != 0, old < 0, old <= 0, old > 0, old >= 0};
            *other = 0;
            begin(0, word, UINT32_MAX);
            begin(1, other, UINT32_MAX);
            *other = old;
            int count = holds[comparison] ? 2 : 1;
            KR_CHECK(futex(word, WAKE_OP, 1, 1, other, how(1, 0, comparison, 0)) == count);
            KR_CHECK(only(count == 2 ? 3 : 1, 2));
            futex(other, WAKE, ALL, 0, NULL, 0);
            join(2);
        }
    }
    KR_CHECK(futex(word, WAKE_OP, 1, 1, other, how(7, 0, 0, 0)) == -KR_ENOSYS);
    *other = 0;
}

/* By (clock), which is read after the time from which the wait is measured; NULL: from now on. */
static void times(int operation, uint64_t (*clock)(void))
{
    uint64_t before = kr_clock_monotonic();
    uint64_t from = clock == NULL ? 0 : clock();

    KR_CHECK(wait_here(operation, 0, time_of(from + 2 * MILLISECOND)) == -KR_ETIMEDOUT);
    uint64_t length = kr_clock_monotonic() - before;
    KR_CHECK(length >= 2 * MILLISECOND - 1000 && length < 30 * KR_CLOCK_SECOND);
}

KR_TEST(a_wait_ends_in_time_by_each_clock)
{
    times(WAIT, NULL);
    times(WAIT_BITSET, kr_clock_monotonic);
    times(WAIT_BITSET | REALTIME, kr_clock_wall);
}

KR_TEST(a_time_that_is_over_ends_a_wait_at_once)
{
    kr_sched_sleep(kr_clock_monotonic() + 200 * MILLISECOND);
    uint64_t now = kr_clock_monotonic();
    KR_CHECK(wait_here(WAIT_BITSET, 0, time_of(now - 1)) == -KR_ETIMEDOUT);
    KR_CHECK(wait_here(WAIT_BITSET, 0, time_of(0)) == -KR_ETIMEDOUT);
    KR_CHECK(wait_here(WAIT_BITSET | REALTIME, 0, time_of(now)) == -KR_ETIMEDOUT);
    KR_CHECK(wait_here(WAIT, 0, time_of(0)) == -KR_ETIMEDOUT);
    KR_CHECK(kr_clock_monotonic() - now < now);
}

static void *wake_later(void *unused)
{
    kr_sched_sleep(kr_clock_monotonic() + 3 * MILLISECOND);
    KR_CHECK(futex(word, WAKE, 1, 0, NULL, 0) == 1);
    return unused;
}

KR_TEST(a_wake_of_who_sleeps_comes_before_a_time_that_is_far)
{
    static const struct {
        int operation;
        struct kr_syscall_time time;
    } rows[] = {
        {WAIT, {1000, 0}}, {WAIT, {INT64_MAX, 999999999}},
        {WAIT_BITSET, {1000000, 0}}, {WAIT_BITSET | REALTIME, {INT64_MAX, 0}},
    };
    struct kr_sched_thread *thread;

    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        KR_REQUIRE(kr_sched_spawn(&thread, wake_later, NULL, NULL) == 0);
        KR_CHECK(wait_here(rows[i].operation, 0, rows[i].time) == 0);
        kr_sched_join(thread, NULL);
    }
}

KR_TEST(a_waiter_is_woken_or_late_or_interrupted_and_only_that)
{
    for (unsigned round = 0; round < 60; round++) {
        uint64_t now = kr_clock_monotonic();
        long woken = 0;
        unsigned of[3] = {0};

        for (unsigned i = 0; i < 24; i++)
            start(i, (struct waiter){.word = word, .operation = WAIT_BITSET, .bits = UINT32_MAX,
                                     .time = time_of(now + kr_conformance_random() % MILLISECOND)});
        for (unsigned i = 0; i < 12; i++) {
            kr_sched_sleep(now + kr_conformance_random() % MILLISECOND);
            kr_sched_interrupt(waiters[kr_conformance_random() % 24].thread);
            woken += futex(word, WAKE, 1, 0, NULL, 0);
        }
        join(24);
        for (unsigned i = 0; i < 24; i++)
            of[waiters[i].result == 0 ? 0 : waiters[i].result == -KR_ETIMEDOUT ? 1 : 2]++;
        KR_CHECK(of[0] == woken && of[0] + of[1] + of[2] == 24);
        KR_CHECK(waiting(word) == 0 && futex(word, WAKE, ALL, 0, NULL, 0) == 0);
    }
}

KR_TEST(who_was_interrupted_takes_the_wake_of_no_other)
{
    begin_all(3, word);
    kr_sched_interrupt(waiters[0].thread);
    KR_CHECK(futex(word, REQUEUE, 0, 1, other, 0) == 1); /* it waits no more */
    KR_CHECK(futex(other, WAKE, 1, 0, NULL, 0) == 1 && only(0x3, 3));
    KR_CHECK(waiters[0].result == -KR_EINTR && waiters[1].result == 0);
    KR_CHECK(futex(word, WAKE, 1, 0, NULL, 0) == 1);
    join(3);
}

KR_TEST(words_that_share_a_list_are_told_apart)
{
    static unsigned char order[CROWD];

    ended = 0;
    for (unsigned i = 0; i < CROWD; i++) {
        order[i] = (unsigned char)i;
        begin(i, words + (i * 1361 + 7) % 4096, UINT32_MAX);
    }
    for (unsigned i = 0; i < CROWD; i++) {
        unsigned at = i + kr_conformance_random() % (CROWD - i);
        unsigned chosen = order[at];

        order[at] = order[i];
        KR_CHECK(futex(waiters[chosen].word, WAKE, ALL, 0, NULL, 0) == 1);
        kr_sched_yield();
        KR_CHECK(waiters[chosen].order == i + 1 && ended == i + 1);
    }
    join(CROWD);
}

static void *hoard;

/* There is no error by which a wait could tell that it has no memory. */
static void without_memory(void)
{
    for (unsigned i = 0; i < 4; i++)
        start(i, (struct waiter){.word = word, .operation = WAIT, .time.seconds = -1});
    kr_hoard_take_all(&hoard);
    long late = kr_syscall_futex(other, WAIT, 0, &(const struct kr_syscall_time){0, 1000}, NULL, 0);
    for (unsigned i = 0; i < 4; i++)
        kr_sched_yield();
    long moved = futex(word, REQUEUE, 1, ALL, other, 0);
    long woken = futex(other, WAKE, ALL, 0, NULL, 0);
    while (kr_hoard_give_back_one(&hoard))
        ;
    KR_CHECK(late == -KR_ETIMEDOUT && moved == 4 && woken == 3);
    join(4);
}

KR_TEST(nothing_fails_where_every_allocation_does)
{
    struct kr_alloc_figures before;
    struct kr_alloc_figures after;

    without_memory();
    kr_alloc_figures(&before);
    without_memory();
    kr_alloc_figures(&after);
    KR_CHECK(after.used == before.used);
}

KR_SUITE(&test_a_word_that_is_another_by_now_is_not_waited_for, &test_what_makes_no_sense_is_refused,
         &test_a_wake_is_for_as_many_as_it_says_the_oldest_first, &test_a_wake_before_the_wait_is_not_kept,
         &test_a_requeue_wakes_some_and_moves_others, &test_bits_choose_who_is_woken_and_stay_when_moved,
         &test_a_wake_may_change_another_word_and_wake_for_it, &test_a_wait_ends_in_time_by_each_clock,
         &test_a_time_that_is_over_ends_a_wait_at_once,
         &test_a_wake_of_who_sleeps_comes_before_a_time_that_is_far,
         &test_a_waiter_is_woken_or_late_or_interrupted_and_only_that,
         &test_who_was_interrupted_takes_the_wake_of_no_other,
         &test_words_that_share_a_list_are_told_apart,
         &test_nothing_fails_where_every_allocation_does)
