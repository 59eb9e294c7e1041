/* SPDX-License-Identifier: BSD-3-Clause */
/* Sets of epoll: epoll.c waits in them, control.c changes them. */
#ifndef SYSCALL_POLLING_VFS_EPOLL_H
#define SYSCALL_POLLING_VFS_EPOLL_H

#include <kraft/sched.h>

#include "waiting.h"

#define EDGES (UINT32_C(1) << 31)     /* EPOLLET */
#define ONCE (UINT32_C(1) << 30)      /* EPOLLONESHOT */
#define WAKE_UP (UINT32_C(1) << 29)   /* EPOLLWAKEUP */
#define EXCLUSIVE (UINT32_C(1) << 28) /* EPOLLEXCLUSIVE */
#define WAYS (EDGES | ONCE | WAKE_UP | EXCLUSIVE)

/* An open file in a set. */
struct item {
    struct kr_vfs_watch watch; /* first: a watch is its item */
    struct epoll *epoll;
    struct epoll *inner; /* the set that the file is; NULL: another kind */
    struct item *next;   /* of those that were added by the same descriptor */
    int file;
    uint32_t events; /* that are wanted, and ways */
    uint64_t data;
    bool listed; /* in the list of those that may be ready */
    struct item *list_next, *list_previous;
};

struct epoll {
    struct item **items; /* by descriptor */
    unsigned size;       /* of items */
    unsigned looking;    /* items whose files tell nothing */
    uint64_t look;       /* nanoseconds after which to look at those */
    struct item *first, *last; /* of those that may be ready */
    struct kr_vfs_watch *watches;
    struct kr_sched_queue waiters;
    unsigned users; /* threads that wait here, and the open file */
};

extern const struct kr_vfs_operations epoll_operations;

static inline uint32_t epoll_wanted(const struct item *item)
{
    return item->events & ~WAYS;
}

void epoll_on_change(struct kr_vfs_watch *watch, int ready);

/* Puts (item) among those that may be ready, if (ready) is wanted. */
void epoll_offer(struct item *item, int ready);

/* Takes (item), whose watch is off, out of its set, and frees it. */
void epoll_forget(struct item *item);

#endif
