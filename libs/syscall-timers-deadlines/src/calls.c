/* SPDX-License-Identifier: BSD-3-Clause */
/* The timers of the process (man 2 setitimer), and those that a program makes (man 2 timer_create). */
#include "options.h"
#include "timers.h"

#define ABSOLUTE 1 /* TIMER_ABSTIME */
#define MICROSECONDS UINT64_C(1000000)

#define TO_PROCESS 0 /* SIGEV_… */
#define TO_NOBODY 1
#define TO_THREAD 4

#define ALARM 14 /* SIGALRM */

static struct timer process[3] = {
    {.information = {.signal = ALARM, .code = KR_SIGNALS_KERNEL}},
    {.information = {.signal = 26, .code = KR_SIGNALS_KERNEL}}, /* SIGVTALRM */
    {.information = {.signal = 27, .code = KR_SIGNALS_KERNEL}}, /* SIGPROF */
};
static struct timer made[OPT_TIMERS];

static void tell(const struct timer *timer, struct kr_syscall_interval *now, uint64_t parts)
{
    now->interval = timers_time(timer->interval, parts);
    now->value = timers_time(timers_left(timer), parts);
}

static long set(struct timer *timer, const struct kr_syscall_interval *fresh,
                struct kr_syscall_interval *old, uint64_t parts, bool absolute)
{
    uint64_t now = kr_clock_monotonic();
    uint64_t value;
    uint64_t interval;

    if (!timers_duration(&fresh->value, parts, &value) ||
        !timers_duration(&fresh->interval, parts, &interval))
        return -KR_EINVAL;
    if (old != NULL)
        tell(timer, old, parts);
    if (value == 0)
        return timers_set(timer, 0, interval);
    if (!absolute)
        return timers_set(timer, now + value, interval);
    uint64_t there = timer->wall ? kr_clock_wall() : now;
    return timers_set(timer, value > there ? now + (value - there) : now, interval);
}

long kr_syscall_setitimer(int which, const struct kr_syscall_interval *fresh,
                          struct kr_syscall_interval *old)
{
    static const struct kr_syscall_interval none = {.value = {0, 0}};

    if (which < 0 || which > 2)
        return -KR_EINVAL;
    return set(&process[which], fresh == NULL ? &none : fresh, old, MICROSECONDS, false);
}

long kr_syscall_getitimer(int which, struct kr_syscall_interval *now)
{
    if (which < 0 || which > 2)
        return -KR_EINVAL;
    tell(&process[which], now, MICROSECONDS);
    return 0;
}

long kr_syscall_timer_create(int clock, const struct kr_syscall_event *event, int *timer)
{
    const struct kr_syscall_event usual = {.signal = ALARM, .notify = TO_PROCESS};
    int id = 0;

    if (clock < 0 || clock > 9 || clock == 8) /* no CLOCK_REALTIME_ALARM */
        return clock == 8 ? -KR_EPERM : -KR_EINVAL;
    while (id < OPT_TIMERS && made[id].used)
        id++;
    const struct kr_syscall_event *told = event == NULL ? &usual : event;
    if (told->notify != TO_PROCESS && told->notify != TO_NOBODY && told->notify != TO_THREAD)
        return -KR_EINVAL;
    if (told->notify != TO_NOBODY && (told->signal < 1 || told->signal > 64))
        return -KR_EINVAL;
    const struct kr_signals_information nothing = {.signal = 0};
    if (told->notify == TO_THREAD && kr_signals_send(told->thread, &nothing, NULL) < 0)
        return -KR_EINVAL;
    if (id == OPT_TIMERS)
        return -KR_EAGAIN;
    made[id] = (struct timer){
        .used = true,
        .wall = clock == 0,
        .counts = true,
        .thread = told->notify == TO_THREAD ? told->thread : 0,
        .information = {
            .signal = told->notify == TO_NOBODY ? 0 : told->signal,
            .code = KR_SIGNALS_TIMER,
            .sender = id,
            .value = event == NULL ? (uint64_t)id : event->value,
        },
    };
    *timer = id;
    return 0;
}

static struct timer *find(int id)
{
    return id >= 0 && id < OPT_TIMERS && made[id].used ? &made[id] : NULL;
}

long kr_syscall_timer_settime(int timer, int flags, const struct kr_syscall_interval *fresh,
                              struct kr_syscall_interval *old)
{
    struct timer *one = find(timer);

    if (one == NULL || fresh == NULL)
        return -KR_EINVAL;
    one->overrun = 0;
    return set(one, fresh, old, KR_CLOCK_SECOND, (flags & ABSOLUTE) != 0);
}

long kr_syscall_timer_gettime(int timer, struct kr_syscall_interval *now)
{
    const struct timer *one = find(timer);

    if (one == NULL)
        return -KR_EINVAL;
    tell(one, now, KR_CLOCK_SECOND);
    return 0;
}

long kr_syscall_timer_getoverrun(int timer)
{
    const struct timer *one = find(timer);

    return one == NULL ? -KR_EINVAL : one->overrun;
}

long kr_syscall_timer_delete(int timer)
{
    struct timer *one = find(timer);

    if (one == NULL)
        return -KR_EINVAL;
    timers_stop(one);
    one->used = false;
    return 0;
}
