/* SPDX-License-Identifier: BSD-3-Clause */
/* eventfd: a number that is added to, and taken (man 2 eventfd). */
#include <kraft/alloc.h>
#include <kraft/sched.h>
#include <kraft/string.h>

#include "waiting.h"

#define SEMAPHORE 1
#define MOST (UINT64_MAX - 1)

struct event {
    uint64_t count;
    bool semaphore;
    struct kr_vfs_watch *watches;
    struct kr_sched_queue waiters;
};

static void tell(struct event *event, int ready)
{
    kr_sched_wake_all_isr(&event->waiters);
    kr_vfs_changed(event->watches, ready);
}

static int64_t event_read(void *state, void *bytes, size_t length, int flags)
{
    struct event *event = state;

    if (length < sizeof(uint64_t))
        return -KR_EINVAL;
    while (event->count == 0) {
        if ((flags & KR_VFS_NON_BLOCKING) != 0)
            return -KR_EAGAIN;
        if (kr_sched_wait_interruptible(&event->waiters, KR_CLOCK_NEVER) < 0)
            return -KR_EINTR;
    }
    uint64_t taken = event->semaphore ? 1 : event->count;
    event->count -= taken;
    memcpy(bytes, &taken, sizeof(taken));
    tell(event, OUT);
    return sizeof(taken);
}

static int64_t event_write(void *state, const void *bytes, size_t length, int flags)
{
    struct event *event = state;
    uint64_t more;

    if (length < sizeof(more))
        return -KR_EINVAL;
    memcpy(&more, bytes, sizeof(more));
    if (more == UINT64_MAX)
        return -KR_EINVAL;
    while (MOST - event->count < more) {
        if ((flags & KR_VFS_NON_BLOCKING) != 0)
            return -KR_EAGAIN;
        if (kr_sched_wait_interruptible(&event->waiters, KR_CLOCK_NEVER) < 0)
            return -KR_EINTR;
    }
    event->count += more;
    tell(event, IN);
    return sizeof(more);
}

static int event_ready(void *state)
{
    const struct event *event = state;

    return (event->count > 0 ? IN : 0) | (event->count < MOST ? OUT : 0);
}

static struct kr_vfs_watch **event_watches(void *state)
{
    return &((struct event *)state)->watches;
}

static const struct kr_vfs_operations operations = {
    .mode = 0600,
    .read = event_read,
    .write = event_write,
    .ready = event_ready,
    .close = kr_alloc_free,
    .watches = event_watches,
};

long kr_syscall_eventfd(unsigned count, int flags)
{
    if ((flags & ~(SEMAPHORE | KR_VFS_NON_BLOCKING | KR_VFS_CLOSE_ON_EXEC)) != 0)
        return -KR_EINVAL;
    struct event *event = kr_alloc_allocate(sizeof(*event));
    if (event == NULL)
        return -KR_ENOMEM;
    *event = (struct event){.count = count, .semaphore = (flags & SEMAPHORE) != 0};
    int file = kr_vfs_install(&operations, event, (flags & ~SEMAPHORE) | KR_VFS_READ_WRITE);
    if (file < 0)
        kr_alloc_free(event);
    return file;
}
