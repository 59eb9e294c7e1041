/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What every provider of sched promises, threads or none: a first thread,
 * waits that end at their deadline, and wakes that find nobody.
 */
#include <kraft/clock.h>
#include <kraft/conformance.h>
#include <kraft/sched.h>

#define MILLISECOND (KR_CLOCK_SECOND / 1000)

static struct kr_sched_queue queue;

KR_TEST(the_first_thread_is_called_main)
{
    const char *name = kr_sched_name(kr_sched_self());

    KR_CHECK(name[0] == 'm' && name[1] == 'a' && name[2] == 'i' && name[3] == 'n' && name[4] == 0);
}

KR_TEST(a_yield_with_nobody_else_returns)
{
    for (unsigned i = 0; i < 1000; i++)
        kr_sched_yield();
    KR_CHECK(true);
}

KR_TEST(a_wake_that_finds_nobody_is_none)
{
    KR_CHECK(kr_sched_wake_one_isr(&queue) == 0);
    KR_CHECK(kr_sched_wake_all_isr(&queue) == 0);
}

KR_TEST(a_sleep_lasts_as_long_as_it_should)
{
    for (uint64_t length = 1; length < 10 * MILLISECOND; length = length * 7) {
        uint64_t deadline = kr_clock_monotonic() + length;
        kr_sched_sleep(deadline);
        KR_CHECK(kr_clock_monotonic() >= deadline);
    }
}

KR_TEST(a_sleep_into_the_past_returns)
{
    kr_sched_sleep(0);
    kr_sched_sleep(1);
    kr_sched_sleep(kr_clock_monotonic());
    KR_CHECK(true);
}

KR_TEST(a_wait_ends_at_its_deadline)
{
    uint64_t deadline = kr_clock_monotonic() + 2 * MILLISECOND;

    KR_CHECK(kr_sched_wait(&queue, deadline) == -KR_ETIMEDOUT);
    KR_CHECK(kr_clock_monotonic() >= deadline);
    KR_CHECK(kr_sched_wait(&queue, 1) == -KR_ETIMEDOUT);
    KR_CHECK(kr_sched_wake_one_isr(&queue) == 0);
}

KR_TEST(an_interruption_is_kept_for_the_next_wait_that_heeds_it)
{
    uint64_t deadline = kr_clock_monotonic() + 2 * MILLISECOND;

    kr_sched_interrupt(kr_sched_self());
    KR_CHECK(kr_sched_wait(&queue, deadline) == -KR_ETIMEDOUT);
    KR_CHECK(kr_sched_wait_interruptible(&queue, KR_CLOCK_NEVER) == -KR_EINTR);
    KR_CHECK(kr_sched_wait_interruptible(&queue, 1) == -KR_ETIMEDOUT);
    KR_CHECK(kr_sched_wake_one_isr(&queue) == 0);
}

KR_TEST(an_interruption_can_be_forgotten)
{
    kr_sched_interrupt(kr_sched_self());
    kr_sched_uninterrupt();
    KR_CHECK(kr_sched_wait_interruptible(&queue, 1) == -KR_ETIMEDOUT);
}

KR_SUITE(&test_the_first_thread_is_called_main, &test_a_yield_with_nobody_else_returns,
         &test_a_wake_that_finds_nobody_is_none, &test_a_sleep_lasts_as_long_as_it_should,
         &test_a_sleep_into_the_past_returns, &test_a_wait_ends_at_its_deadline,
         &test_an_interruption_is_kept_for_the_next_wait_that_heeds_it,
         &test_an_interruption_can_be_forgotten)
