/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Threads by deadline: a pairing heap (Fredman, Sedgewick, Sleator, Tarjan:
 * "The pairing heap: a new form of self-adjusting heap", Algorithmica 1,
 * 1986), which lies in the threads themselves. Inserting takes constant
 * time, removing any of n amortised O(log n).
 */
#include "thread.h"

/* One heap of two; either may be NULL. Equal deadlines keep (one) ahead. */
static struct kr_sched_thread *meld(struct kr_sched_thread *one, struct kr_sched_thread *other)
{
    if (one == NULL)
        return other;
    if (other == NULL)
        return one;
    if (other->deadline < one->deadline) {
        struct kr_sched_thread *swap = one;
        one = other;
        other = swap;
    }
    other->sibling = one->child;
    if (other->sibling != NULL)
        other->sibling->link = &other->sibling;
    one->child = other;
    other->link = &one->child;
    one->sibling = NULL;
    return one;
}

/* The two passes: pairs from left to right, then all from right to left. */
static struct kr_sched_thread *meld_siblings(struct kr_sched_thread *first)
{
    struct kr_sched_thread *pairs = NULL;
    struct kr_sched_thread *all = NULL;

    while (first != NULL) {
        struct kr_sched_thread *second = first->sibling;
        struct kr_sched_thread *rest = second == NULL ? NULL : second->sibling;
        first->sibling = NULL;
        struct kr_sched_thread *pair = meld(first, second);
        pair->sibling = pairs;
        pairs = pair;
        first = rest;
    }
    while (pairs != NULL) {
        struct kr_sched_thread *rest = pairs->sibling;
        pairs->sibling = NULL;
        all = meld(pairs, all);
        pairs = rest;
    }
    return all;
}

static void set_earliest(struct kr_sched_thread *thread)
{
    sched.earliest = thread;
    if (thread != NULL)
        thread->link = &sched.earliest;
}

void timers_insert(struct kr_sched_thread *thread, uint64_t deadline)
{
    thread->timed = true;
    thread->deadline = deadline;
    thread->child = NULL;
    thread->sibling = NULL;
    set_earliest(meld(sched.earliest, thread));
}

void timers_remove(struct kr_sched_thread *thread)
{
    struct kr_sched_thread *children = meld_siblings(thread->child);

    thread->timed = false;
    if (thread == sched.earliest) {
        set_earliest(children);
        return;
    }
    *thread->link = thread->sibling;
    if (thread->sibling != NULL)
        thread->sibling->link = thread->link;
    set_earliest(meld(sched.earliest, children));
}
