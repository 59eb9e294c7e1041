/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * epoll (man 7 epoll). An item is a watch on an open file, and in the list of
 * those that may be ready once the file said so. A wait takes items from the
 * head of that list, asks each, and puts back at its end what is reported by
 * level. Items are found by descriptor, and by open file where one descriptor
 * has been several.
 */
#include <kraft/alloc.h>
#include <kraft/sched.h>
#include <kraft/signals.h>
#include <kraft/string.h>

#include "epoll.h"

static void append(struct epoll *epoll, struct item *item)
{
    item->listed = true;
    item->list_next = NULL;
    item->list_previous = epoll->last;
    if (epoll->last != NULL)
        epoll->last->list_next = item;
    else
        epoll->first = item;
    epoll->last = item;
}

static void take_out(struct epoll *epoll, struct item *item)
{
    if (item->list_previous != NULL)
        item->list_previous->list_next = item->list_next;
    else
        epoll->first = item->list_next;
    if (item->list_next != NULL)
        item->list_next->list_previous = item->list_previous;
    else
        epoll->last = item->list_previous;
    item->listed = false;
}

void epoll_forget(struct item *item)
{
    struct epoll *epoll = item->epoll;
    struct item **at = &epoll->items[item->file];

    while (*at != item)
        at = &(*at)->next;
    *at = item->next;
    if (item->listed)
        take_out(epoll, item);
    if (item->watch.look > 0)
        epoll->looking--;
    kr_alloc_free(item);
}

void epoll_offer(struct item *item, int ready)
{
    struct epoll *epoll = item->epoll;

    if (item->listed || (with_synonyms(ready) & epoll_wanted(item)) == 0)
        return;
    append(epoll, item);
    if (epoll->waiters.first != NULL)
        kr_sched_wake_one_isr(&epoll->waiters);
    if (epoll->watches != NULL)
        kr_vfs_changed(epoll->watches, IN);
}

void epoll_on_change(struct kr_vfs_watch *watch, int ready)
{
    struct item *item = (struct item *)watch; /* its first member */

    if (ready == 0)
        epoll_forget(item);
    else
        epoll_offer(item, ready);
}

/* Asks those that tell nothing. */
static void look(struct epoll *epoll)
{
    unsigned left = epoll->looking;

    for (unsigned i = 0; i < epoll->size && left > 0; i++) {
        for (struct item *item = epoll->items[i]; item != NULL; item = item->next) {
            if (item->watch.look == 0)
                continue;
            left--;
            epoll_offer(item, kr_vfs_watch_ready(&item->watch));
        }
    }
}

static int collect(struct epoll *epoll, struct kr_syscall_epoll_event *events, int most)
{
    struct item *last = epoll->last;
    struct item *item = epoll->first;
    int found = 0;

    for (bool more = item != NULL; more && found < most;) {
        struct item *next = item->list_next;

        more = item != last;
        take_out(epoll, item);
        int ready = with_synonyms(kr_vfs_watch_ready(&item->watch)) & (int)epoll_wanted(item);
        if (ready != 0) {
            events[found].events = (uint32_t)ready;
            events[found++].data = item->data;
            if ((item->events & ONCE) != 0)
                item->events &= WAYS;
            else if ((item->events & EDGES) == 0)
                append(epoll, item);
        }
        item = next;
    }
    return found;
}

/* For poll, and for a set in a set: is anything ready? */
static int epoll_ready(void *state)
{
    struct epoll *epoll = state;

    if (epoll->looking > 0)
        look(epoll);
    for (struct item *item = epoll->first, *next; item != NULL; item = next) {
        next = item->list_next;
        if ((with_synonyms(kr_vfs_watch_ready(&item->watch)) & (int)epoll_wanted(item)) != 0)
            return IN;
        take_out(epoll, item);
    }
    return 0;
}

static struct kr_vfs_watch **epoll_watches(void *state)
{
    return &((struct epoll *)state)->watches;
}

static void let_go(struct epoll *epoll)
{
    if (--epoll->users > 0)
        return;
    kr_alloc_free(epoll->items);
    kr_alloc_free(epoll);
}

static void epoll_close(void *state)
{
    struct epoll *epoll = state;

    for (unsigned i = 0; i < epoll->size; i++) {
        while (epoll->items[i] != NULL) {
            kr_vfs_unwatch(&epoll->items[i]->watch);
            epoll_forget(epoll->items[i]);
        }
    }
    let_go(epoll);
}

const struct kr_vfs_operations epoll_operations = {
    .mode = 0600,
    .ready = epoll_ready,
    .close = epoll_close,
    .watches = epoll_watches,
};

long kr_syscall_epoll_create(int flags)
{
    if ((flags & ~KR_VFS_CLOSE_ON_EXEC) != 0)
        return -KR_EINVAL;
    struct epoll *epoll = kr_alloc_allocate(sizeof(*epoll));
    if (epoll == NULL)
        return -KR_ENOMEM;
    *epoll = (struct epoll){.users = 1};
    int file = kr_vfs_install(&epoll_operations, epoll, flags | KR_VFS_READ_WRITE);
    if (file < 0)
        kr_alloc_free(epoll);
    return file;
}

static int wait_in(struct epoll *epoll, struct kr_syscall_epoll_event *events, int most,
                   int milliseconds)
{
    uint64_t deadline = milliseconds < 0 ? KR_CLOCK_NEVER : 0;

    for (bool in_time = milliseconds != 0;;) {
        if (epoll->looking > 0)
            look(epoll);
        int found = collect(epoll, events, most);
        if (found > 0 && epoll->first != NULL && epoll->waiters.first != NULL)
            kr_sched_wake_one_isr(&epoll->waiters);
        if (found > 0 || !in_time)
            return found;
        if (deadline == 0)
            deadline = polling_after((uint64_t)milliseconds * (KR_CLOCK_SECOND / 1000));
        uint64_t until = epoll->looking > 0 ? polling_after(epoll->look) : KR_CLOCK_NEVER;
        int ended = kr_sched_wait_interruptible(&epoll->waiters, until < deadline ? until : deadline);
        if (ended == -KR_EINTR)
            return ended;
        in_time = ended == 0 || until < deadline;
    }
}

long kr_syscall_epoll_pwait(int set, struct kr_syscall_epoll_event *events, int most,
                            int milliseconds, const uint64_t *blocked, size_t set_size)
{
    struct epoll *epoll = kr_vfs_state(set, &epoll_operations);
    uint64_t before = 0;

    if (epoll == NULL)
        return kr_vfs_description(set) == NULL ? -KR_EBADF : -KR_EINVAL;
    if (most <= 0)
        return -KR_EINVAL;
    long result = kr_signals_begin(blocked, set_size, &before);
    if (result < 0)
        return result;
    epoll->users++;
    kr_sched_yield();
    result = wait_in(epoll, events, most, milliseconds);
    let_go(epoll);
    kr_signals_end(blocked, before, result);
    return result;
}
