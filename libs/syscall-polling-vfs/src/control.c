/* SPDX-License-Identifier: BSD-3-Clause */
/* epoll_ctl: what is in a set (man 2 epoll_ctl). */
#include <kraft/alloc.h>
#include <kraft/string.h>

#include "epoll.h"

#define ADD 1
#define DELETE 2
#define MODIFY 3
#define NESTED 4 /* sets in sets in … at most, beneath the outermost */
#define LEAST 16 /* size of a new table */

/* The item of the descriptor's open file. */
static struct item *find(const struct epoll *epoll, int file)
{
    const void *description = kr_vfs_description(file);

    if ((unsigned)file >= epoll->size)
        return NULL;
    struct item *item = epoll->items[file];
    while (item != NULL && item->watch.file != description)
        item = item->next;
    return item;
}

/* Sets beneath (from), 0 for none; more than NESTED where (to) is one of them. */
static unsigned depth(const struct epoll *from, const struct epoll *to, unsigned level)
{
    unsigned deepest = level;

    if (from == to || level > NESTED)
        return NESTED + 1;
    for (unsigned i = 0; i < from->size; i++) {
        for (const struct item *item = from->items[i]; item != NULL; item = item->next) {
            unsigned below = item->inner == NULL ? level : depth(item->inner, to, level + 1);

            deepest = below > deepest ? below : deepest;
        }
    }
    return deepest;
}

/* A table with a place for (file). */
static int make_room(struct epoll *epoll, int file)
{
    unsigned size = epoll->size == 0 ? LEAST : epoll->size;

    while (size <= (unsigned)file)
        size *= 2;
    if (size == epoll->size)
        return 0;
    struct item **items = kr_alloc_allocate(size * sizeof(struct item *));
    if (items == NULL)
        return -KR_ENOMEM;
    memset(items, 0, size * sizeof(struct item *));
    if (epoll->size > 0)
        memcpy(items, epoll->items, epoll->size * sizeof(struct item *));
    kr_alloc_free(epoll->items);
    epoll->items = items;
    epoll->size = size;
    return 0;
}

static int add(struct epoll *epoll, int file, const struct kr_syscall_epoll_event *event)
{
    struct epoll *inner = kr_vfs_state(file, &epoll_operations);

    if (inner != NULL && (event->events & EXCLUSIVE) != 0)
        return -KR_EINVAL;
    if (inner != NULL && depth(inner, epoll, 1) > NESTED)
        return -KR_ELOOP;
    int error = make_room(epoll, file);
    struct item *item = error < 0 ? NULL : kr_alloc_allocate(sizeof(*item));
    if (item == NULL)
        return -KR_ENOMEM;
    *item = (struct item){
        .watch.changed = epoll_on_change,
        .epoll = epoll,
        .inner = inner,
        .next = epoll->items[file],
        .file = file,
        .events = event->events | ALWAYS,
        .data = event->data,
    };
    error = kr_vfs_watch(file, &item->watch);
    if (error < 0) {
        kr_alloc_free(item);
        return error;
    }
    epoll->items[file] = item;
    if (item->watch.look > 0) {
        epoll->look = epoll->looking++ > 0 && epoll->look < item->watch.look ? epoll->look
                                                                            : item->watch.look;
    }
    epoll_offer(item, kr_vfs_watch_ready(&item->watch));
    return 0;
}

static int modify(struct item *item, const struct kr_syscall_epoll_event *event)
{
    if (((item->events | event->events) & EXCLUSIVE) != 0)
        return -KR_EINVAL;
    item->events = event->events | ALWAYS;
    item->data = event->data;
    epoll_offer(item, kr_vfs_watch_ready(&item->watch));
    return 0;
}

long kr_syscall_epoll_ctl(int set, int operation, int file,
                          const struct kr_syscall_epoll_event *event)
{
    struct epoll *epoll = kr_vfs_state(set, &epoll_operations);

    if (kr_vfs_description(set) == NULL || kr_vfs_description(file) == NULL)
        return -KR_EBADF;
    if (epoll == NULL || kr_vfs_description(set) == kr_vfs_description(file))
        return -KR_EINVAL;
    struct item *item = find(epoll, file);
    switch (operation) {
    case ADD:
        return item != NULL ? -KR_EEXIST : add(epoll, file, event);
    case MODIFY:
        return item == NULL ? -KR_ENOENT : modify(item, event);
    case DELETE:
        if (item == NULL)
            return -KR_ENOENT;
        kr_vfs_unwatch(&item->watch);
        epoll_forget(item);
        return 0;
    default:
        return -KR_EINVAL;
    }
}
