/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * clock: what time it is, and a call when it is later.
 *
 * Cardinality: one provider.
 * Context:     any, interrupt handlers included, except where said.
 * Failure:     none.
 * Ownership:   nothing changes hands.
 *
 * Times are unsigned 64-bit nanoseconds: enough for 584 years.
 */
#ifndef KRAFT_CLOCK_H
#define KRAFT_CLOCK_H

#include <kraft/base.h>

#define KR_CLOCK_NEVER UINT64_MAX
#define KR_CLOCK_SECOND UINT64_C(1000000000)

/* Nanoseconds since some moment before main; never goes back. The first call
 * MAY take up to 1 ms to calibrate. */
uint64_t kr_clock_monotonic(void);

/* Nanoseconds since 1970-01-01T00:00:00Z, without leap seconds (POSIX.1-2017
 * 4.16). */
uint64_t kr_clock_wall(void);

/* A cheap counter of an unknown, constant frequency, for measuring. */
uint64_t kr_clock_ticks(void);

/*
 * Asks for one interrupt at or after (deadline), a monotonic time; it
 * replaces any earlier request. KR_CLOCK_NEVER cancels. The interrupt ends
 * kr_irq_wait and calls (handler_isr), in interrupt context, unless NULL.
 * A (deadline) that has passed interrupts at once.
 */
void kr_clock_alarm(uint64_t deadline, void (*handler_isr)(void));

#endif
