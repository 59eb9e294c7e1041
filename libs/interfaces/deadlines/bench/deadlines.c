/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a deadline costs among few and among many others, in ticks of the TSC,
 * which counts instructions where QEMU runs with -icount.
 */
#include <kraft/clock.h>
#include <kraft/deadlines.h>
#include <kraft/print.h>

#define MANY 4096u
#define TURNS 10000u

static struct kr_deadline others[MANY];
static struct kr_deadline one;
static uint32_t state = 1;

static void pass(struct kr_deadline *deadline)
{
    (void)deadline;
}

/* Far away, in no order. */
static uint64_t far(void)
{
    state = state * 1664525 + 1013904223;
    return kr_clock_monotonic() + 1000 * KR_CLOCK_SECOND + (state >> 2);
}

static void measure(const char *name, unsigned count)
{
    one.passed = pass;
    for (unsigned i = 0; i < count; i++) {
        others[i].passed = pass;
        kr_deadlines_set(&others[i], far());
    }
    uint64_t start = kr_clock_ticks();
    for (unsigned i = 0; i < TURNS; i++)
        kr_deadlines_set(i % 2 == 0 ? &one : &others[i % count], far());
    uint64_t tenths = (kr_clock_ticks() - start) * 10 / TURNS;
    kr_print_format("figure %s %lu.%lu\n", name, (unsigned long)(tenths / 10), (unsigned long)(tenths % 10));
    for (unsigned i = 0; i < count; i++)
        kr_deadlines_clear(&others[i]);
}

int main(void)
{
    if (kr_deadlines_prepare() < 0)
        return 1;
    measure("set-among-16", 16);
    measure("set-among-4096", MANY);
    return 0;
}
