/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * deadlines: times at which libs want to be called.
 *
 * Cardinality: one provider.
 * Context:     thread context. What is called runs in a thread of the
 *              provider's, and MUST NOT wait.
 * Failure:     kr_deadlines_prepare has some; once it has succeeded, nothing.
 * Ownership:   a deadline is its owner's, who keeps it in place while it is
 *              set; inside (passed) it is set no more, and MAY be freed.
 *
 * Between two calls of (passed) others may run; so whoever sets a deadline that
 * has passed already, again and again, stops nobody.
 */
#ifndef KRAFT_DEADLINES_H
#define KRAFT_DEADLINES_H

#include <kraft/heap.h>

/* Zero, but for (passed), is a deadline that is not set. */
struct kr_deadline {
    struct kr_heap_node place;                   /* the provider's */
    void (*passed)(struct kr_deadline *deadline); /* its time has come */
};

/* Makes sure that deadlines can be set from now on: 0 or -KR_ENOMEM. MUST have
 * succeeded before the first is set. */
int kr_deadlines_prepare(void);

/* Calls (passed) once, when the monotonic time (when) has come and not before,
 * in place of any time that was set before. */
void kr_deadlines_set(struct kr_deadline *deadline, uint64_t when);

/* Calls it no more, which MAY be so already. */
void kr_deadlines_clear(struct kr_deadline *deadline);

/* When it is to be called; 0 where it is not set. */
static inline uint64_t kr_deadlines_when(const struct kr_deadline *deadline)
{
    return deadline->place.link == NULL ? 0 : deadline->place.key;
}

#endif
