/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Waiting for many sockets. A set keeps a list of those of its sockets that
 * may be ready: a change puts a socket at its end, a wait looks at the list
 * from its beginning, reports what is ready and moves it to the end, and
 * drops what is not ready any more.
 */
#include "stack.h"

#include <kraft/clock.h>

#define ALWAYS (KR_NETSTACK_HANGUP | KR_NETSTACK_FAILED)

unsigned kr_netstack_ready(struct kr_netstack_socket *socket)
{
    if (socket->type == KR_NETSTACK_STREAM)
        return stream_ready(socket);
    unsigned ready = KR_NETSTACK_WRITABLE;
    if (socket->datagram_first || socket->error)
        ready |= KR_NETSTACK_READABLE;
    return ready | (socket->error ? KR_NETSTACK_FAILED : 0);
}

void kr_netstack_notify(struct kr_netstack_socket *socket, void (*changed)(void *argument),
                        void *argument)
{
    socket->changed = changed;
    socket->argument = argument;
}

static unsigned look(struct kr_netstack_poll *items, unsigned count)
{
    unsigned found = 0;
    for (unsigned i = 0; i < count; i++) {
        items[i].ready = 0;
        if (!items[i].socket)
            continue;
        items[i].ready = kr_netstack_ready(items[i].socket) & (items[i].wanted | ALWAYS);
        found += items[i].ready != 0;
    }
    return found;
}

unsigned kr_netstack_poll(struct kr_netstack_poll *items, unsigned count, uint64_t deadline)
{
    unsigned found;
    bool in_time = true;
    stack_run();
    stack_poller_count++;
    while ((found = look(items, count)) == 0 && in_time)
        in_time = stack_wait(&stack_pollers, deadline);
    stack_poller_count--;
    return found;
}

static void append(struct kr_netstack_set *set, struct kr_netstack_socket *socket)
{
    socket->listed = true;
    socket->list_next = NULL;
    socket->list_previous = set->last;
    if (set->last)
        set->last->list_next = socket;
    else
        set->first = socket;
    set->last = socket;
}

static void remove_from(struct kr_netstack_set *set, struct kr_netstack_socket *socket)
{
    if (socket->list_previous)
        socket->list_previous->list_next = socket->list_next;
    else
        set->first = socket->list_next;
    if (socket->list_next)
        socket->list_next->list_previous = socket->list_previous;
    else
        set->last = socket->list_previous;
    socket->listed = false;
}

void watch_changed(struct kr_netstack_socket *socket)
{
    if (!socket->listed && kr_netstack_ready(socket) & (socket->wanted | ALWAYS))
        append(socket->set, socket);
    if (socket->set->waiter)
        kr_sched_wake_all_isr(socket->set->waiter);
}

void watch_forget(struct kr_netstack_socket *socket)
{
    if (socket->set && socket->listed)
        remove_from(socket->set, socket);
    socket->set = NULL;
}

int kr_netstack_watch(struct kr_netstack_set *set, struct kr_netstack_socket *socket,
                      unsigned wanted, void *tag)
{
    if (socket->set && socket->set != set)
        return -KR_EBUSY;
    if (wanted == 0) {
        watch_forget(socket);
        return 0;
    }
    socket->set = set;
    socket->wanted = wanted;
    socket->tag = tag;
    watch_changed(socket);
    return 0;
}

static unsigned collect(struct kr_netstack_set *set, struct kr_netstack_event *events,
                        unsigned count)
{
    unsigned found = 0;
    struct kr_netstack_socket *last = set->last, *socket = set->first, *next;
    for (bool more = socket != NULL; more && found < count; socket = next) {
        more = socket != last;
        next = socket->list_next;
        unsigned ready = kr_netstack_ready(socket) & (socket->wanted | ALWAYS);
        remove_from(set, socket);
        if (ready == 0)
            continue;
        append(set, socket);
        events[found].tag = socket->tag;
        events[found++].ready = ready;
    }
    return found;
}

unsigned kr_netstack_wait(struct kr_netstack_set *set, struct kr_netstack_event *events,
                          unsigned count, uint64_t deadline)
{
    struct kr_sched_queue queue = {0};
    if (count == 0)
        return 0;
    if (set->first)
        stack_run(); /* those that are ready shall not starve the rest */
    set->waiter = &queue;
    unsigned found;
    bool in_time = true;
    while ((found = collect(set, events, count)) == 0 && in_time)
        in_time = stack_wait(&queue, deadline);
    set->waiter = NULL;
    return found;
}
