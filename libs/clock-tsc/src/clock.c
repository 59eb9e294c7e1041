/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Time from the CPU's time stamp counter, and alarms from its local timer.
 * Everything is found out at the first call that needs it, so that an image
 * which never asks for the time pays nothing. Reading the time is one RDTSC
 * and one multiplication.
 *
 * The local timer's frequency is measured against the TSC, for a tenth of a
 * millisecond, at the first alarm; the count is read last, so that alarms
 * come late rather than early. Alarms farther away than the timer can
 * count are reached in several steps.
 */
#include "tsc.h"

#include <kraft/clock.h>
#include <kraft/hardware.h>
#include <kraft/irq.h>
#include <kraft/panic.h>

#define TIMER_SAMPLE UINT64_C(100000) /* ns */

static struct {
    rate per_tick;          /* nanoseconds; 0: not calibrated */
    rate timer;             /* counts of the local timer per nanosecond; 0: not attached */
    uint64_t wall_offset;   /* of wall time to monotonic time; 0: not read */
    uint64_t deadline;      /* of the alarm, KR_CLOCK_NEVER: none */
    void (*handler_isr)(void);
} time_now = {.deadline = KR_CLOCK_NEVER};

uint64_t kr_clock_ticks(void)
{
    return kr_hardware_tsc();
}

uint64_t kr_clock_monotonic(void)
{
    if (time_now.per_tick == 0)
        time_now.per_tick = tsc_calibrate();
    return tsc_scale(kr_hardware_tsc(), time_now.per_tick);
}

uint64_t kr_clock_wall(void)
{
    uint64_t wall;

    if (time_now.wall_offset == 0) {
        if (!tsc_kvm_wall(&wall))
            wall = tsc_rtc_seconds() * KR_CLOCK_SECOND;
        time_now.wall_offset = wall - kr_clock_monotonic();
    }
    return kr_clock_monotonic() + time_now.wall_offset;
}

/* Starts the timer so that it ends at the deadline, or on the way to it. */
static void start_isr(void)
{
    uint64_t now = kr_clock_monotonic();
    uint64_t count = 1;

    if (time_now.deadline > now) {
        uint64_t left = time_now.deadline - now;

        count = left > UINT32_MAX ? UINT32_MAX : tsc_scale(left, time_now.timer) + 1;
        if (count > UINT32_MAX)
            count = UINT32_MAX;
    }
    kr_hardware_timer_start((uint32_t)count);
}

static void timer_isr(void *argument)
{
    void (*handler_isr)(void) = time_now.handler_isr;

    (void)argument;
    if (time_now.deadline == KR_CLOCK_NEVER)
        return;
    if (kr_clock_monotonic() < time_now.deadline) {
        start_isr();
        return;
    }
    time_now.deadline = KR_CLOCK_NEVER;
    if (handler_isr != NULL)
        handler_isr();
}

static void attach_timer(void)
{
    uint64_t begin, passed;
    uint32_t count;

    if (kr_hardware_timer_attach(timer_isr, NULL) < 0)
        kr_panic("clock-tsc: the local timer cannot be had");
    begin = kr_clock_monotonic();
    kr_hardware_timer_start(UINT32_MAX);
    do {
        passed = kr_clock_monotonic() - begin;
        count = UINT32_MAX - kr_hardware_timer_left();
    } while (passed < TIMER_SAMPLE);
    kr_hardware_timer_start(0);
    if (count == 0)
        kr_panic("clock-tsc: the local timer does not count");
    time_now.timer = tsc_rate(count, passed);
}

void kr_clock_alarm(uint64_t deadline, void (*handler_isr)(void))
{
    bool enabled = kr_irq_disable();

    if (time_now.timer == 0 && deadline != KR_CLOCK_NEVER)
        attach_timer();
    time_now.deadline = deadline;
    time_now.handler_isr = handler_isr;
    if (deadline != KR_CLOCK_NEVER)
        start_isr();
    else if (time_now.timer != 0)
        kr_hardware_timer_start(0);
    kr_irq_restore(enabled);
}
