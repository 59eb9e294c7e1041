/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * White box: wakes by interrupt handlers, at the moments that matter. The
 * test is the device: it raises its interrupt by writing to a mailbox, and
 * irq-fake delivers it when interrupts are next enabled. A wake-up that is
 * lost halts for ever, which irq-fake tells.
 */
#include <kraft/clock.h>
#include <kraft/conformance.h>
#include <kraft/irq.h>
#include <kraft/sched.h>

static struct kr_sched_queue queue;
static volatile uint32_t *mailbox;
static uint32_t message;
static unsigned arrived;

static void handle_isr(void *unused)
{
    (void)unused;
    arrived++;
    kr_sched_wake_one_isr(&queue);
}

static void raise(void)
{
    *mailbox = message;
}

static bool attach(void)
{
    uint64_t address;

    if (mailbox == NULL) {
        if (!KR_CHECK(kr_irq_attach_message(handle_isr, NULL, &address, &message) == 0))
            return false;
        mailbox = (volatile uint32_t *)(uintptr_t)address;
    }
    arrived = 0;
    return true;
}

KR_TEST(an_interrupt_between_look_and_wait_is_not_lost)
{
    if (!attach())
        return;
    for (unsigned i = 1; i <= 100; i++) {
        bool enabled = kr_irq_disable();
        raise(); /* pending, since interrupts are disabled */
        while (arrived < i)
            KR_CHECK(kr_sched_wait(&queue, KR_CLOCK_NEVER) == 0);
        KR_CHECK(!kr_irq_disable()); /* as it was before the wait */
        kr_irq_restore(enabled);
    }
}

KR_TEST(an_interrupt_beats_the_deadline_or_does_not)
{
    if (!attach())
        return;
    bool enabled = kr_irq_disable();

    raise();
    KR_CHECK(kr_sched_wait(&queue, 0) == 0);
    KR_CHECK(kr_sched_wait(&queue, 0) == -KR_ETIMEDOUT);
    kr_irq_restore(enabled);
    KR_CHECK(arrived == 1);
}

static void *raise_when_run(void *unused)
{
    raise();
    return unused;
}

static void *wait_once(void *unused)
{
    KR_CHECK(kr_sched_wait(&queue, KR_CLOCK_NEVER) == 0);
    return unused;
}

KR_TEST(an_interrupt_from_another_thread_wakes_a_waiter)
{
    struct kr_sched_thread *waiter;
    struct kr_sched_thread *raiser;

    if (!attach())
        return;
    for (unsigned i = 0; i < 50; i++) {
        KR_REQUIRE(kr_sched_spawn(&waiter, wait_once, NULL, NULL) == 0);
        KR_REQUIRE(kr_sched_spawn(&raiser, raise_when_run, NULL, NULL) == 0);
        KR_CHECK(kr_sched_join(waiter, NULL) == 0);
        KR_CHECK(kr_sched_join(raiser, NULL) == 0);
    }
    KR_CHECK(arrived == 50);
}

KR_TEST(the_alarm_is_set_for_the_earliest_even_if_that_comes_last)
{
    struct kr_sched_thread *waiter;
    uint64_t now = kr_clock_monotonic();

    KR_REQUIRE(kr_sched_spawn(&waiter, wait_once, NULL, NULL) == 0);
    kr_sched_yield();
    KR_CHECK(kr_sched_wait(&queue, now + 1000000) == -KR_ETIMEDOUT);
    KR_CHECK(kr_clock_monotonic() < now + 2000000);
    kr_sched_wake_all_isr(&queue);
    kr_sched_join(waiter, NULL);
}

KR_SUITE(&test_an_interrupt_between_look_and_wait_is_not_lost,
         &test_an_interrupt_beats_the_deadline_or_does_not,
         &test_an_interrupt_from_another_thread_wakes_a_waiter,
         &test_the_alarm_is_set_for_the_earliest_even_if_that_comes_last)
