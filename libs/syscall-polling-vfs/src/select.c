/* SPDX-License-Identifier: BSD-3-Clause */
/* select and pselect: sets of descriptors made into poll's items, and back. */
#include <kraft/alloc.h>
#include <kraft/signals.h>

#include "waiting.h"

#define BITS 64
#define MOST 65536
#define READABLE (IN | IN_NORMAL | HANGUP | ERROR)
#define WRITABLE (OUT | OUT_NORMAL | ERROR)

struct sets {
    uint64_t *reading, *writing, *exceptional; /* each may be NULL */
    int count;
};

static bool has(const uint64_t *set, int file)
{
    return set != NULL && (set[file / BITS] >> (file % BITS) & 1) != 0;
}

static void clear(uint64_t *set, int file)
{
    if (set != NULL)
        set[file / BITS] &= ~(UINT64_C(1) << (file % BITS));
}

static int wanted(const struct sets *sets, int file)
{
    return (has(sets->reading, file) ? IN : 0) | (has(sets->writing, file) ? OUT : 0) |
           (has(sets->exceptional, file) ? PRIORITY : 0);
}

/* One item for each descriptor in a set; into (items) unless NULL. Returns how many. */
static unsigned long gather(const struct sets *sets, struct kr_syscall_poll *items)
{
    unsigned long found = 0;

    for (int file = 0; file < sets->count; file++) {
        int events = wanted(sets, file);

        if (events == 0)
            continue;
        if (items != NULL)
            items[found] = (struct kr_syscall_poll){.file = file, .events = (int16_t)events};
        found++;
    }
    return found;
}

/* Leaves in (set), for an item that wants (event), only what is (ready). */
static long keep(uint64_t *set, const struct kr_syscall_poll *item, int event, int ready)
{
    if ((item->events & event) == 0)
        return 0;
    if ((item->revents & ready) != 0)
        return 1;
    clear(set, item->file);
    return 0;
}

static long select_until(const struct sets *sets, uint64_t deadline)
{
    if (sets->count < 0 || sets->count > MOST)
        return -KR_EINVAL;
    unsigned long count = gather(sets, NULL);
    struct kr_syscall_poll *items = kr_alloc_allocate((count + 1) * sizeof(*items));
    if (items == NULL)
        return -KR_ENOMEM;
    gather(sets, items);
    long result = 0;
    for (unsigned long i = 0; i < count && result == 0; i++)
        result = kr_vfs_ready(items[i].file) < 0 ? -KR_EBADF : 0;
    if (result == 0)
        result = polling_poll(items, count, deadline);
    if (result >= 0) {
        result = 0;
        for (unsigned long i = 0; i < count; i++)
            result += keep(sets->reading, &items[i], IN, READABLE) +
                      keep(sets->writing, &items[i], OUT, WRITABLE) +
                      keep(sets->exceptional, &items[i], PRIORITY, PRIORITY);
    }
    kr_alloc_free(items);
    return result;
}

static uint64_t left(uint64_t deadline)
{
    uint64_t now = kr_clock_monotonic();

    return deadline > now ? deadline - now : 0;
}

long kr_syscall_select(int count, uint64_t *reading, uint64_t *writing, uint64_t *exceptional,
                       struct kr_syscall_timeval *time)
{
    const struct sets sets = {reading, writing, exceptional, count};
    uint64_t wait = KR_CLOCK_NEVER;

    if (time != NULL && (time->microseconds < 0 ||
                         !polling_duration(time->seconds + time->microseconds / 1000000,
                                           time->microseconds % 1000000 * 1000, &wait)))
        return -KR_EINVAL;
    uint64_t deadline = wait == 0 ? 0 : polling_after(wait);
    long result = select_until(&sets, deadline);
    if (time != NULL) {
        time->seconds = (int64_t)(left(deadline) / KR_CLOCK_SECOND);
        time->microseconds = (int64_t)(left(deadline) % KR_CLOCK_SECOND / 1000);
    }
    return result;
}

long kr_syscall_pselect(int count, uint64_t *reading, uint64_t *writing, uint64_t *exceptional,
                        struct kr_syscall_time *time, const struct kr_syscall_blocked *blocked)
{
    const struct sets sets = {reading, writing, exceptional, count};
    const uint64_t *fresh = blocked == NULL ? NULL : blocked->signals;
    uint64_t wait = KR_CLOCK_NEVER;
    uint64_t before = 0;

    if (time != NULL && !polling_duration(time->seconds, time->nanoseconds, &wait))
        return -KR_EINVAL;
    long result = kr_signals_begin(fresh, blocked == NULL ? 0 : blocked->size, &before);
    if (result < 0)
        return result;
    uint64_t deadline = wait == 0 ? 0 : polling_after(wait);
    result = select_until(&sets, deadline);
    kr_signals_end(fresh, before, result);
    if (time != NULL) {
        time->seconds = (int64_t)(left(deadline) / KR_CLOCK_SECOND);
        time->nanoseconds = (int64_t)(left(deadline) % KR_CLOCK_SECOND);
    }
    return result;
}
