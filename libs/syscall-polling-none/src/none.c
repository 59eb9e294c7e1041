/* SPDX-License-Identifier: BSD-3-Clause */
/* Absence. */
#include <kraft/print.h>
#include <kraft/syscall-polling.h>

/* The first call says that it is not there, and what is to be done. */
static long absent(const char *name)
{
    static bool told;

    if (!told)
        kr_print_format("syscall-polling-none: %s is not there: ENOSYS. The Kraftfile can need 'polling'.\n", name);
    told = true;
    return -KR_ENOSYS;
}

long kr_syscall_pipe(int files[2], int flags)
{
    (void)files, (void)flags;
    return absent("pipe");
}

long kr_syscall_eventfd(unsigned count, int flags)
{
    (void)count, (void)flags;
    return absent("eventfd");
}

long kr_syscall_signalfd(int file, const uint64_t *set, size_t set_size, int flags)
{
    (void)file, (void)set, (void)set_size, (void)flags;
    return absent("signalfd");
}

long kr_syscall_timerfd_create(int clock, int flags)
{
    (void)clock, (void)flags;
    return absent("timerfd_create");
}

long kr_syscall_timerfd_settime(int file, int flags, const struct kr_syscall_timer *fresh,
                                struct kr_syscall_timer *old)
{
    (void)file, (void)flags, (void)fresh, (void)old;
    return absent("timerfd_settime");
}

long kr_syscall_timerfd_gettime(int file, struct kr_syscall_timer *now)
{
    (void)file, (void)now;
    return absent("timerfd_gettime");
}

long kr_syscall_poll(struct kr_syscall_poll *items, unsigned long count, int milliseconds)
{
    (void)items, (void)count, (void)milliseconds;
    return absent("poll");
}

long kr_syscall_ppoll(struct kr_syscall_poll *items, unsigned long count,
                      struct kr_syscall_time *time, const uint64_t *blocked, size_t set_size)
{
    (void)items, (void)count, (void)time, (void)blocked, (void)set_size;
    return absent("ppoll");
}

long kr_syscall_select(int count, uint64_t *reading, uint64_t *writing, uint64_t *exceptional,
                       struct kr_syscall_timeval *time)
{
    (void)count, (void)reading, (void)writing, (void)exceptional, (void)time;
    return absent("select");
}

long kr_syscall_pselect(int count, uint64_t *reading, uint64_t *writing, uint64_t *exceptional,
                        struct kr_syscall_time *time, const struct kr_syscall_blocked *blocked)
{
    (void)count, (void)reading, (void)writing, (void)exceptional, (void)time, (void)blocked;
    return absent("pselect");
}

long kr_syscall_epoll_create(int flags)
{
    (void)flags;
    return absent("epoll_create");
}

long kr_syscall_epoll_ctl(int set, int operation, int file,
                          const struct kr_syscall_epoll_event *event)
{
    (void)set, (void)operation, (void)file, (void)event;
    return absent("epoll_ctl");
}

long kr_syscall_epoll_pwait(int set, struct kr_syscall_epoll_event *events, int most,
                            int milliseconds, const uint64_t *blocked, size_t set_size)
{
    (void)set, (void)events, (void)most, (void)milliseconds, (void)blocked, (void)set_size;
    return absent("epoll_pwait");
}
