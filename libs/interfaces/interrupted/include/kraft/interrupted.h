/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * interrupted: where an interrupt came upon the app, and where the app goes
 * on. A scheduler that preempts is made of this.
 *
 * Cardinality: one provider, the one of irq.
 * Context:     any; outside of interrupts there is no interrupted code.
 * Failure:     none.
 * Ownership:   nothing changes hands.
 *
 * Only the app's own code can be diverted. A lib's may be in the middle of
 * something: libs take no locks, because nobody else runs between two of
 * their waits. Where they call the app back they are ready for others to run,
 * since it may wait there.
 */
#ifndef KRAFT_INTERRUPTED_H
#define KRAFT_INTERRUPTED_H

#include <kraft/base.h>

struct kr_interrupted {
    uintptr_t program_counter;
    uintptr_t stack_pointer;
};

/* Called while an interrupt is handled that came upon the app's code: says
 * where, and returns true. Otherwise returns false. */
bool kr_interrupted_app_isr(struct kr_interrupted *at);

/*
 * After kr_interrupted_app_isr returned true, in the same handler: when the
 * interrupt returns, the app goes on at (at), interrupts enabled, all other
 * registers as they were, vector registers and flags included.
 */
void kr_interrupted_resume_isr(const struct kr_interrupted *at);

#endif
