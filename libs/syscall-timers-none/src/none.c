/* SPDX-License-Identifier: BSD-3-Clause */
/* No timers that send signals. */
#include <kraft/print.h>
#include <kraft/syscall-timers.h>

/* The first call says that it is not there, and what is to be done. */
static long absent(const char *name)
{
    static bool told;

    if (!told)
        kr_print_format("syscall-timers-none: %s is not there: ENOSYS. The Kraftfile can need 'timers'.\n", name);
    told = true;
    return -KR_ENOSYS;
}

long kr_syscall_setitimer(int which, const struct kr_syscall_interval *fresh,
                          struct kr_syscall_interval *old)
{
    (void)which, (void)fresh, (void)old;
    return absent("setitimer");
}

long kr_syscall_getitimer(int which, struct kr_syscall_interval *now)
{
    (void)which, (void)now;
    return absent("getitimer");
}

long kr_syscall_timer_create(int clock, const struct kr_syscall_event *event, int *timer)
{
    (void)clock, (void)event, (void)timer;
    return absent("timer_create");
}

long kr_syscall_timer_settime(int timer, int flags, const struct kr_syscall_interval *fresh,
                              struct kr_syscall_interval *old)
{
    (void)timer, (void)flags, (void)fresh, (void)old;
    return absent("timer_settime");
}

long kr_syscall_timer_gettime(int timer, struct kr_syscall_interval *now)
{
    (void)timer, (void)now;
    return absent("timer_gettime");
}

long kr_syscall_timer_getoverrun(int timer)
{
    (void)timer;
    return absent("timer_getoverrun");
}

long kr_syscall_timer_delete(int timer)
{
    (void)timer;
    return absent("timer_delete");
}
