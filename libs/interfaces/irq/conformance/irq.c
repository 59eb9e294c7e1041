/* SPDX-License-Identifier: BSD-3-Clause */
/* Interrupts can be held back, and what may be attached is. The clock's alarm
 * is the one interrupt that every machine can make come. */
#include <kraft/clock.h>
#include <kraft/conformance.h>
#include <kraft/irq.h>

#define MILLISECOND UINT64_C(1000000)

static volatile unsigned alarms;
static volatile bool enabled_within;

static void ring_isr(void)
{
    enabled_within = kr_irq_disable();
    alarms++;
}

static void nothing_isr(void *argument)
{
    (void)argument;
}

static bool enabled_now(void)
{
    bool enabled = kr_irq_disable();

    kr_irq_restore(enabled);
    return enabled;
}

KR_TEST(they_are_enabled_while_the_application_runs)
{
    KR_CHECK(enabled_now());
}

KR_TEST(disabling_nests)
{
    bool outer = kr_irq_disable();
    bool inner = kr_irq_disable();

    KR_CHECK(outer && !inner);
    kr_irq_restore(inner);
    KR_CHECK(!enabled_now());
    kr_irq_restore(outer);
    KR_CHECK(enabled_now());
}

KR_TEST(none_comes_while_they_are_disabled)
{
    bool enabled = kr_irq_disable();
    uint64_t begin = kr_clock_monotonic();

    alarms = 0;
    kr_clock_alarm(begin + MILLISECOND, ring_isr);
    while (kr_clock_monotonic() - begin < 3 * MILLISECOND)
        ;
    KR_CHECK(alarms == 0);
    kr_irq_restore(enabled);
    while (alarms == 0 && kr_clock_monotonic() - begin < KR_CLOCK_SECOND)
        ;
    KR_CHECK(alarms == 1);
}

KR_TEST(a_pending_one_ends_a_wait_at_once_and_leaves_them_disabled)
{
    bool enabled = kr_irq_disable();
    uint64_t begin = kr_clock_monotonic();

    alarms = 0;
    kr_clock_alarm(begin + MILLISECOND, ring_isr);
    while (kr_clock_monotonic() - begin < 3 * MILLISECOND)
        ;
    for (unsigned turn = 0; turn < 3 && alarms == 0; turn++)
        kr_irq_wait();
    KR_CHECK(alarms == 1);
    KR_CHECK(!enabled_now());
    kr_irq_restore(enabled);
}

KR_TEST(a_handler_runs_with_them_disabled)
{
    bool enabled = kr_irq_disable();

    alarms = 0;
    enabled_within = true;
    kr_clock_alarm(kr_clock_monotonic() + MILLISECOND, ring_isr);
    while (alarms == 0)
        kr_irq_wait();
    kr_irq_restore(enabled);
    KR_CHECK(!enabled_within);
    KR_CHECK(enabled_now());
}

KR_TEST(a_line_that_no_machine_has_is_refused)
{
    KR_CHECK(kr_irq_attach(1000000, nothing_isr, NULL) == -KR_EINVAL);
    KR_CHECK(enabled_now());
}

KR_TEST(messages_are_told_apart)
{
    uint64_t address[2] = {0, 0};
    uint32_t data[2] = {0, 0};
    int error = kr_irq_attach_message(nothing_isr, NULL, &address[0], &data[0]);

    if (error == -KR_ENOSYS)
        return;
    KR_REQUIRE(error == 0);
    KR_REQUIRE(kr_irq_attach_message(nothing_isr, NULL, &address[1], &data[1]) == 0);
    KR_CHECK(address[0] != address[1] || data[0] != data[1]);
}

KR_TEST(a_table_that_is_full_says_so)
{
    uint64_t address;
    uint32_t data;
    int error = 0;

    for (unsigned count = 0; count < 1000 && error == 0; count++)
        error = kr_irq_attach_message(nothing_isr, NULL, &address, &data);
    KR_CHECK(error == -KR_ENFILE || error == -KR_ENOSYS);
    KR_CHECK(enabled_now());
}

KR_SUITE(&test_they_are_enabled_while_the_application_runs, &test_disabling_nests,
         &test_none_comes_while_they_are_disabled,
         &test_a_pending_one_ends_a_wait_at_once_and_leaves_them_disabled,
         &test_a_handler_runs_with_them_disabled, &test_a_line_that_no_machine_has_is_refused,
         &test_messages_are_told_apart, &test_a_table_that_is_full_says_so)
