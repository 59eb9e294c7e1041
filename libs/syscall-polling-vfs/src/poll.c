/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * poll and ppoll. What is ready at once needs no watch. Otherwise each file
 * gets one for the time of the wait, and a change of any ends the sleep; then
 * all are asked again, which is what poll costs everywhere.
 */
#include <kraft/alloc.h>
#include <kraft/sched.h>
#include <kraft/signals.h>

#include "waiting.h"

#define FEW 8           /* watches that need no allocation */
#define MOST 65536u     /* items; no table of descriptors is larger */

struct hung {
    struct kr_vfs_watch watch;
    struct kr_sched_queue *queue;
    bool on;
};

static void on_change(struct kr_vfs_watch *watch, int ready)
{
    struct hung *hung = (struct hung *)watch; /* its first member */

    if (ready == 0)
        hung->on = false;
    kr_sched_wake_all_isr(hung->queue);
}

static long look(struct kr_syscall_poll *items, unsigned long count)
{
    long found = 0;

    for (unsigned long i = 0; i < count; i++) {
        items[i].revents = 0;
        if (items[i].file < 0)
            continue;
        int ready = kr_vfs_ready(items[i].file);
        ready = ready < 0 ? NOT_OPEN : with_synonyms(ready);
        items[i].revents = (int16_t)(ready & (items[i].events | ALWAYS | NOT_OPEN));
        found += items[i].revents != 0;
    }
    return found;
}

/* Watches all; returns after how many nanoseconds to look all the same. */
static uint64_t hang(const struct kr_syscall_poll *items, unsigned long count, struct hung *hung,
                     struct kr_sched_queue *queue)
{
    uint64_t again = KR_CLOCK_NEVER;

    for (unsigned long i = 0; i < count; i++) {
        hung[i] = (struct hung){.watch.changed = on_change, .queue = queue};
        hung[i].on = items[i].file >= 0 && kr_vfs_watch(items[i].file, &hung[i].watch) == 0;
        if (hung[i].on && hung[i].watch.look > 0 && hung[i].watch.look < again)
            again = hung[i].watch.look;
    }
    return again;
}

static long wait_for(struct kr_syscall_poll *items, unsigned long count, struct hung *hung,
                     uint64_t deadline)
{
    struct kr_sched_queue queue = {0};
    uint64_t again = hang(items, count, hung, &queue);
    long found = 0;

    for (;;) {
        uint64_t until = again == KR_CLOCK_NEVER ? again : polling_after(again);

        int ended = kr_sched_wait_interruptible(&queue, until < deadline ? until : deadline);
        found = look(items, count);
        if (found > 0 || kr_clock_monotonic() >= deadline)
            break;
        if (ended == -KR_EINTR) {
            found = -KR_EINTR;
            break;
        }
    }
    for (unsigned long i = 0; i < count; i++)
        if (hung[i].on)
            kr_vfs_unwatch(&hung[i].watch);
    return found;
}

long polling_poll(struct kr_syscall_poll *items, unsigned long count, uint64_t deadline)
{
    struct hung few[FEW];

    if (count > MOST)
        return -KR_EINVAL;
    kr_sched_yield();
    long found = look(items, count);
    if (found > 0 || deadline == 0)
        return found;
    struct hung *hung = count <= FEW ? few : kr_alloc_allocate(count * sizeof(*hung));
    if (hung == NULL)
        return -KR_ENOMEM;
    found = wait_for(items, count, hung, deadline);
    if (hung != few)
        kr_alloc_free(hung);
    return found;
}

long kr_syscall_poll(struct kr_syscall_poll *items, unsigned long count, int milliseconds)
{
    if (milliseconds < 0)
        return polling_poll(items, count, KR_CLOCK_NEVER);
    uint64_t wait = (uint64_t)milliseconds * (KR_CLOCK_SECOND / 1000);
    return polling_poll(items, count, wait == 0 ? 0 : polling_after(wait));
}

long kr_syscall_ppoll(struct kr_syscall_poll *items, unsigned long count,
                      struct kr_syscall_time *time, const uint64_t *blocked, size_t set_size)
{
    uint64_t wait = KR_CLOCK_NEVER;
    uint64_t before = 0;

    if (time != NULL && !polling_duration(time->seconds, time->nanoseconds, &wait))
        return -KR_EINVAL;
    long result = kr_signals_begin(blocked, set_size, &before);
    if (result < 0)
        return result;
    uint64_t deadline = wait == 0 ? 0 : polling_after(wait);
    result = polling_poll(items, count, deadline);
    kr_signals_end(blocked, before, result);
    if (time != NULL) {
        uint64_t now = kr_clock_monotonic();
        uint64_t left = deadline > now ? deadline - now : 0;

        time->seconds = (int64_t)(left / KR_CLOCK_SECOND);
        time->nanoseconds = (int64_t)(left % KR_CLOCK_SECOND);
    }
    return result;
}
