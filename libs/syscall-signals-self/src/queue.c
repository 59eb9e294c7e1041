/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What is told of signals that wait, in a table of fixed size. A signal
 * without an entry tells nothing but its number: a kill of oneself never fails.
 */
#include <kraft/string.h>

#include "options.h"
#include "self.h"

static struct entry {
    struct kr_signals_information information; /* signal 0: free */
    int thread;
    unsigned order; /* of all that were put */
    int *told;
} entries[OPT_QUEUE];

static unsigned last_order;

static struct entry *find(int thread, int signal)
{
    struct entry *found = NULL;

    for (struct entry *one = entries; one < entries + OPT_QUEUE; one++)
        if (one->information.signal == signal && one->thread == thread &&
            (found == NULL || one->order - last_order - 1 < found->order - last_order - 1))
            found = one;
    return found;
}

/* Threads that have ended leave theirs behind. */
static void sweep(void)
{
    for (struct entry *one = entries; one < entries + OPT_QUEUE; one++)
        if (one->thread != 0 && kr_thread_signals_of(one->thread) == NULL)
            one->information.signal = 0;
}

static struct entry *free_entry(void)
{
    for (struct entry *one = entries; one < entries + OPT_QUEUE; one++)
        if (one->information.signal == 0)
            return one;
    return NULL;
}

/* Whether it is one of a timer's that waits already; it is counted then. */
static bool counted(const struct kr_signals_information *information, const int *told)
{
    for (struct entry *one = entries; told != NULL && one < entries + OPT_QUEUE; one++) {
        if (one->information.signal == 0 || one->told != told)
            continue;
        one->information.user += 1 + information->user;
        return true;
    }
    return false;
}

long self_queue_put(int thread, const struct kr_signals_information *information, int *told)
{
    if (counted(information, told))
        return 0;
    if (information->signal < FIRST_REAL_TIME && find(thread, information->signal) != NULL)
        return 0;
    struct entry *entry = free_entry();
    if (entry == NULL) {
        sweep();
        entry = free_entry();
    }
    if (entry == NULL)
        return information->signal < FIRST_REAL_TIME ? 0 : -KR_EAGAIN;
    *entry = (struct entry){*information, thread, ++last_order, told};
    return 0;
}

struct kr_signals_information self_queue_take(int thread, int signal, bool *more)
{
    struct entry *entry = find(thread, signal);
    struct kr_signals_information taken = {.signal = signal};

    *more = false;
    if (entry == NULL)
        return taken;
    taken = entry->information;
    if (entry->told != NULL)
        *entry->told = taken.user;
    entry->information.signal = 0;
    *more = find(thread, signal) != NULL;
    return taken;
}

void kr_signals_forget(const int *told)
{
    for (struct entry *one = entries; one < entries + OPT_QUEUE; one++) {
        if (one->information.signal == 0 || one->told != told)
            continue;
        int signal = one->information.signal;
        struct kr_thread_signals *of = one->thread == 0 ? NULL : kr_thread_signals_of(one->thread);
        one->information.signal = 0;
        if (find(one->thread, signal) != NULL)
            continue;
        if (one->thread == 0)
            self_raised &= ~self_bit(signal);
        else if (of != NULL)
            of->raised &= ~self_bit(signal);
    }
}
