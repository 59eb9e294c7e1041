/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The kernel's clocks (clock_gettime(2)), and one timer of the process
 * (timer_create(2)), whose signal is the alarm's interrupt. It is made when
 * the first alarm is set, so that a process that never waits has none.
 */
#include <kraft/clock.h>
#include <kraft/irq.h>
#include <kraft/linux.h>
#include <kraft/panic.h>

#define CLOCK_REALTIME 0u
#define CLOCK_MONOTONIC 1u
#define TIMER_ABSTIME 1u
#define SIGALRM 14
#define SECOND ((int64_t)KR_CLOCK_SECOND)

struct event { /* struct sigevent, of SIGEV_SIGNAL */
    uintptr_t value;
    int number;
    int notify; /* 0: send the signal */
    char unused[48];
};

struct timer_setting { /* struct itimerspec */
    struct kr_linux_time interval;
    struct kr_linux_time value; /* zero: disarmed */
};

static struct {
    int timer;
    bool made;
    void (*handler_isr)(void);
} alarm;

static uint64_t now(uintptr_t clock)
{
    struct kr_linux_time time;

    kr_linux_call3(KR_LINUX_CLOCK_GETTIME, clock, (uintptr_t)&time, 0);
    return (uint64_t)(time.seconds * SECOND + time.nanoseconds);
}

uint64_t kr_clock_monotonic(void)
{
    return now(CLOCK_MONOTONIC);
}

uint64_t kr_clock_wall(void)
{
    return now(CLOCK_REALTIME);
}

static void ring_isr(void *argument)
{
    (void)argument;
    if (alarm.handler_isr != NULL)
        alarm.handler_isr();
}

static void make(void)
{
    struct event event = {.number = SIGALRM};
    long error = kr_linux_call3(KR_LINUX_TIMER_CREATE, CLOCK_MONOTONIC, (uintptr_t)&event,
                                (uintptr_t)&alarm.timer);

    if (error == 0)
        error = kr_irq_attach(SIGALRM, ring_isr, NULL);
    if (error < 0)
        kr_panic("clock-linux: no timer: error %ld", error);
    alarm.made = true;
}

void kr_clock_alarm(uint64_t deadline, void (*handler_isr)(void))
{
    struct timer_setting setting = {0};

    if (!alarm.made) {
        if (deadline == KR_CLOCK_NEVER)
            return;
        make();
    }
    if (deadline != KR_CLOCK_NEVER) {
        setting.value.seconds = (int64_t)(deadline / KR_CLOCK_SECOND);
        setting.value.nanoseconds = (int64_t)(deadline % KR_CLOCK_SECOND);
        if (deadline == 0)
            setting.value.nanoseconds = 1;
    }
    alarm.handler_isr = handler_isr;
    kr_linux_call(KR_LINUX_TIMER_SETTIME, (uintptr_t)alarm.timer, TIMER_ABSTIME,
                  (uintptr_t)&setting, 0, 0, 0);
}
