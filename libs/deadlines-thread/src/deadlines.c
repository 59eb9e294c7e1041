/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Deadlines in a heap, and the thread that calls them. A round is what had
 * passed when it began; between rounds the thread sleeps, a little at least,
 * so that a deadline that is always due leaves time to others.
 */
#include <kraft/clock.h>
#include <kraft/deadlines.h>
#include <kraft/sched.h>

#define LEAST UINT64_C(50000) /* nanoseconds between rounds */

static struct {
    struct kr_heap_node *soonest;
    struct kr_sched_queue sleep; /* of the thread */
    uint64_t until;              /* when it wakes by itself */
    uint64_t round;              /* what has passed by then is called; 0: between rounds */
    bool has_thread;
} deadlines;

static void *run(void *argument)
{
    for (uint64_t least = 0;; least = kr_clock_monotonic() + LEAST) {
        uint64_t when = deadlines.soonest == NULL ? KR_CLOCK_NEVER : deadlines.soonest->key;

        deadlines.until = when > least ? when : least;
        kr_sched_wait(&deadlines.sleep, deadlines.until);
        deadlines.round = kr_clock_monotonic();
        while (deadlines.soonest != NULL && deadlines.soonest->key <= deadlines.round) {
            struct kr_deadline *deadline = (struct kr_deadline *)deadlines.soonest; /* its first member */
            kr_heap_remove(&deadlines.soonest, &deadline->place);
            deadline->passed(deadline);
        }
        deadlines.round = 0;
    }
    return argument;
}

int kr_deadlines_prepare(void)
{
    static const struct kr_sched_attributes attributes = {.name = "deadlines", .priority = KR_SCHED_PRIORITY_MOST};
    struct kr_sched_thread *thread;

    if (deadlines.has_thread)
        return 0;
    int error = kr_sched_spawn(&thread, run, NULL, &attributes);
    if (error < 0)
        return error;
    kr_sched_detach(thread);
    deadlines.has_thread = true;
    return 0;
}

void kr_deadlines_set(struct kr_deadline *deadline, uint64_t when)
{
    kr_deadlines_clear(deadline);
    if (when <= deadlines.round)
        when = deadlines.round + 1;
    kr_heap_insert(&deadlines.soonest, &deadline->place, when);
    if (when < deadlines.until)
        kr_sched_wake_all_isr(&deadlines.sleep);
}

void kr_deadlines_clear(struct kr_deadline *deadline)
{
    if (deadline->place.link != NULL)
        kr_heap_remove(&deadlines.soonest, &deadline->place);
}
