/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of this lib share: events, and times to wait until. */
#ifndef SYSCALL_POLLING_VFS_WAITING_H
#define SYSCALL_POLLING_VFS_WAITING_H

#include <kraft/clock.h>
#include <kraft/syscall-polling.h>
#include <kraft/vfs.h>

/* POLLIN to POLLRDHUP; those of epoll are the same. */
#define IN 1
#define PRIORITY 2
#define OUT 4
#define ERROR 8
#define HANGUP 16
#define NOT_OPEN 32
#define IN_NORMAL 64
#define IN_BAND 128
#define OUT_NORMAL 256
#define OUT_BAND 512
#define HALF_HANGUP 0x2000
#define ALWAYS (ERROR | HANGUP)

/* Files say IN and OUT; poll's callers may ask for these names of them. */
static inline int with_synonyms(int ready)
{
    return ready | ((ready & IN) != 0 ? IN_NORMAL : 0) | ((ready & OUT) != 0 ? OUT_NORMAL : 0);
}

/* The moment (wait) nanoseconds from now. */
static inline uint64_t polling_after(uint64_t wait)
{
    uint64_t now = kr_clock_monotonic();

    return wait > KR_CLOCK_NEVER - now ? KR_CLOCK_NEVER : now + wait;
}

/* Nanoseconds; false where (time) is none. */
static inline bool polling_duration(int64_t seconds, int64_t nanoseconds, uint64_t *duration)
{
    if (seconds < 0 || nanoseconds < 0 || nanoseconds >= (int64_t)KR_CLOCK_SECOND)
        return false;
    if ((uint64_t)seconds >= KR_CLOCK_NEVER / KR_CLOCK_SECOND)
        *duration = KR_CLOCK_NEVER;
    else
        *duration = (uint64_t)seconds * KR_CLOCK_SECOND + (uint64_t)nanoseconds;
    return true;
}

/* poll with a deadline: 0 does not wait, KR_CLOCK_NEVER is none. */
long polling_poll(struct kr_syscall_poll *items, unsigned long count, uint64_t deadline);

#endif
