/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of clock-tsc tell one another. */
#ifndef CLOCK_TSC_H
#define CLOCK_TSC_H

#include <kraft/base.h>

/*
 * A rate, as the number of target units per source unit times 2^32: ticks
 * become nanoseconds by one multiplication.
 */
typedef uint64_t rate;

static inline uint64_t tsc_scale(uint64_t value, rate by)
{
    return (uint64_t)((unsigned __int128)value * by >> 32);
}

static inline rate tsc_rate(uint32_t to, uint64_t from)
{
    return ((uint64_t)to << 32) / from;
}

/* Nanoseconds per tick of the TSC; takes up to 1 ms where nobody knows. */
rate tsc_calibrate(void);

/* Seconds since 1970 by the battery-backed clock; 0: there is none. */
uint64_t tsc_rtc_seconds(void);

/* By KVM's paravirtual clock, where there is one; else false. */
bool tsc_kvm_rate(rate *nanoseconds_per_tick);
bool tsc_kvm_wall(uint64_t *nanoseconds);

/* Whether a hypervisor says that its name begins with (twelve). */
bool tsc_hypervisor_is(const char *twelve, uint32_t *last_leaf);

#endif
