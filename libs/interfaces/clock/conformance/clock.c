/* SPDX-License-Identifier: BSD-3-Clause */
/* Time goes on, and alarms come when it has. */
#include <kraft/clock.h>
#include <kraft/conformance.h>
#include <kraft/irq.h>

#define MILLISECOND UINT64_C(1000000)
#define YEAR_2020 (UINT64_C(1577836800) * KR_CLOCK_SECOND)
#define YEAR_2100 (UINT64_C(4102444800) * KR_CLOCK_SECOND)

static volatile unsigned alarms;

static void ring_isr(void)
{
    alarms++;
}

/* Halts until (count) alarms have come, or (limit) ns have passed. */
static void wait_for(unsigned count, uint64_t limit)
{
    uint64_t end = kr_clock_monotonic() + limit;
    bool enabled = kr_irq_disable();

    while (alarms < count && kr_clock_monotonic() < end)
        kr_irq_wait();
    kr_irq_restore(enabled);
}

KR_TEST(monotonic_time_never_goes_back)
{
    uint64_t before = kr_clock_monotonic();

    for (unsigned turn = 0; turn < 10000; turn++) {
        uint64_t now = kr_clock_monotonic();

        KR_REQUIRE(now >= before);
        before = now;
    }
}

KR_TEST(ticks_never_go_back)
{
    uint64_t before = kr_clock_ticks();

    for (unsigned turn = 0; turn < 1000; turn++) {
        uint64_t now = kr_clock_ticks();

        KR_REQUIRE(now >= before);
        before = now;
    }
}

KR_TEST(wall_time_is_of_this_century_and_goes_on_with_monotonic_time)
{
    uint64_t wall = kr_clock_wall();
    uint64_t monotonic = kr_clock_monotonic();
    uint64_t passed;

    KR_CHECK(wall >= YEAR_2020 && wall < YEAR_2100);
    while (kr_clock_monotonic() - monotonic < MILLISECOND)
        ;
    passed = kr_clock_wall() - wall;
    KR_CHECK(passed >= MILLISECOND && passed < KR_CLOCK_SECOND);
}

KR_TEST(an_alarm_ends_a_wait_and_not_before_its_time)
{
    uint64_t deadline = kr_clock_monotonic() + 2 * MILLISECOND;

    alarms = 0;
    kr_clock_alarm(deadline, ring_isr);
    wait_for(1, KR_CLOCK_SECOND);
    KR_CHECK(alarms == 1);
    KR_CHECK(kr_clock_monotonic() >= deadline);
}

KR_TEST(an_alarm_in_the_past_comes_at_once)
{
    alarms = 0;
    kr_clock_alarm(1, ring_isr);
    wait_for(1, KR_CLOCK_SECOND);
    KR_CHECK(alarms == 1);
}

KR_TEST(a_later_request_replaces_the_earlier_one)
{
    uint64_t now = kr_clock_monotonic();

    alarms = 0;
    kr_clock_alarm(now + KR_CLOCK_SECOND * 3600, ring_isr);
    kr_clock_alarm(now + 2 * MILLISECOND, ring_isr);
    wait_for(1, KR_CLOCK_SECOND);
    KR_CHECK(alarms == 1);
    KR_CHECK(kr_clock_monotonic() - now < KR_CLOCK_SECOND);
}

KR_TEST(never_cancels)
{
    uint64_t now = kr_clock_monotonic();
    unsigned before;

    alarms = 0;
    kr_clock_alarm(now + KR_CLOCK_SECOND * 3600, ring_isr);
    kr_clock_alarm(KR_CLOCK_NEVER, ring_isr);
    before = alarms;
    while (kr_clock_monotonic() - now < 2 * MILLISECOND)
        ;
    KR_CHECK(alarms == before && before == 0);
}

KR_TEST(an_alarm_without_a_handler_still_ends_a_wait)
{
    uint64_t deadline = kr_clock_monotonic() + 2 * MILLISECOND;
    bool enabled = kr_irq_disable();

    kr_clock_alarm(deadline, NULL);
    while (kr_clock_monotonic() < deadline)
        kr_irq_wait();
    kr_irq_restore(enabled);
    KR_CHECK(kr_clock_monotonic() >= deadline);
}

KR_SUITE(&test_monotonic_time_never_goes_back, &test_ticks_never_go_back,
         &test_wall_time_is_of_this_century_and_goes_on_with_monotonic_time,
         &test_an_alarm_ends_a_wait_and_not_before_its_time,
         &test_an_alarm_in_the_past_comes_at_once, &test_a_later_request_replaces_the_earlier_one,
         &test_never_cancels, &test_an_alarm_without_a_handler_still_ends_a_wait)
