/* SPDX-License-Identifier: BSD-3-Clause */
/* Waits that an interruption ends, and those that heed none. */
#include <kraft/clock.h>
#include <kraft/conformance.h>
#include <kraft/sched.h>

static struct kr_sched_thread *threads[3];
static struct kr_sched_queue queue;
static int ended_by[3];

static void *number(unsigned i)
{
    return (void *)(uintptr_t)i;
}

static unsigned number_of(void *argument)
{
    return (unsigned)(uintptr_t)argument;
}

static bool spawn(unsigned i, void *(*entry)(void *))
{
    return KR_CHECK(kr_sched_spawn(&threads[i], entry, number(i), NULL) == 0);
}

static void *wait_interruptibly(void *argument)
{
    ended_by[number_of(argument)] = kr_sched_wait_interruptible(&queue, KR_CLOCK_NEVER);
    return NULL;
}

static void *wait_regardless(void *argument)
{
    ended_by[number_of(argument)] = kr_sched_wait(&queue, KR_CLOCK_NEVER);
    return number((unsigned)-kr_sched_wait_interruptible(&queue, 1));
}

KR_TEST(an_interruption_ends_the_wait_of_one_and_no_other)
{
    for (unsigned i = 0; i < 3; i++)
        spawn(i, wait_interruptibly);
    kr_sched_yield();
    kr_sched_interrupt(threads[1]);
    KR_CHECK(kr_sched_join(threads[1], NULL) == 0);
    KR_CHECK(ended_by[1] == -KR_EINTR);
    KR_CHECK(kr_sched_wake_all_isr(&queue) == 2);
    kr_sched_join(threads[0], NULL);
    kr_sched_join(threads[2], NULL);
    KR_CHECK(ended_by[0] == 0 && ended_by[2] == 0);
}

KR_TEST(a_wait_that_heeds_none_keeps_the_interruption)
{
    void *next;

    spawn(0, wait_regardless);
    kr_sched_yield();
    kr_sched_interrupt(threads[0]);
    kr_sched_yield();
    KR_CHECK(kr_sched_wake_one_isr(&queue) == 1);
    KR_CHECK(kr_sched_join(threads[0], &next) == 0);
    KR_CHECK(ended_by[0] == 0);
    KR_CHECK(number_of(next) == KR_EINTR);
}

KR_TEST(who_was_woken_is_not_interrupted_any_more)
{
    spawn(0, wait_interruptibly);
    kr_sched_yield();
    KR_CHECK(kr_sched_wake_one_isr(&queue) == 1);
    kr_sched_interrupt(threads[0]);
    KR_CHECK(kr_sched_join(threads[0], NULL) == 0);
    KR_CHECK(ended_by[0] == 0);
}

static void *end_at_once(void *unused)
{
    return unused;
}

static void *wait_briefly(void *argument)
{
    ended_by[number_of(argument)] = kr_sched_wait_interruptible(&queue, 1);
    return NULL;
}

/* The next thread may lie where the last one did. */
KR_TEST(an_interruption_ends_with_its_thread)
{
    for (unsigned i = 0; i < 3; i++) {
        spawn(0, end_at_once);
        kr_sched_interrupt(threads[0]);
        KR_CHECK(kr_sched_join(threads[0], NULL) == 0);
        spawn(1, wait_briefly);
        KR_CHECK(kr_sched_join(threads[1], NULL) == 0);
        KR_CHECK(ended_by[1] == -KR_ETIMEDOUT);
    }
}

KR_SUITE(&test_an_interruption_ends_the_wait_of_one_and_no_other,
         &test_a_wait_that_heeds_none_keeps_the_interruption,
         &test_who_was_woken_is_not_interrupted_any_more, &test_an_interruption_ends_with_its_thread)
