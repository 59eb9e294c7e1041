/* SPDX-License-Identifier: BSD-3-Clause */
/* No timers that send signals. */
#include <kraft/syscall-timers.h>

long kr_syscall_setitimer(int which, const struct kr_syscall_interval *fresh,
                          struct kr_syscall_interval *old)
{
    (void)which, (void)fresh, (void)old;
    return -KR_ENOSYS;
}

long kr_syscall_getitimer(int which, struct kr_syscall_interval *now)
{
    (void)which, (void)now;
    return -KR_ENOSYS;
}

long kr_syscall_timer_create(int clock, const struct kr_syscall_event *event, int *timer)
{
    (void)clock, (void)event, (void)timer;
    return -KR_ENOSYS;
}

long kr_syscall_timer_settime(int timer, int flags, const struct kr_syscall_interval *fresh,
                              struct kr_syscall_interval *old)
{
    (void)timer, (void)flags, (void)fresh, (void)old;
    return -KR_ENOSYS;
}

long kr_syscall_timer_gettime(int timer, struct kr_syscall_interval *now)
{
    (void)timer, (void)now;
    return -KR_ENOSYS;
}

long kr_syscall_timer_getoverrun(int timer)
{
    (void)timer;
    return -KR_ENOSYS;
}

long kr_syscall_timer_delete(int timer)
{
    (void)timer;
    return -KR_ENOSYS;
}
