/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What preemption costs, in ticks of the TSC, which counts instructions where
 * QEMU runs with -icount: work that two threads share, against the same work
 * in one, by how often they were preempted.
 */
#include <kraft/clock.h>
#include <kraft/print.h>
#include <kraft/sched.h>

#define YIELDS 10000u
#define LIVES 10000u
#define WORK 100000000u /* turns of a loop */

static const void *volatile last; /* who worked last */
static volatile uint64_t preemptions;

static void print(const char *name, uint64_t ticks, uint64_t count)
{
    uint64_t tenths = (ticks * 10 + count / 2) / count;

    kr_print_format("figure %s %lu.%lu\n", name, (unsigned long)(tenths / 10),
                    (unsigned long)(tenths % 10));
}

/* Runs as many threads of (entry), and returns how long they took. */
static uint64_t time_of(unsigned threads, void *(*entry)(void *), uint64_t *argument)
{
    struct kr_sched_thread *thread[2];
    uint64_t start = kr_clock_ticks();

    for (unsigned i = 0; i < threads; i++)
        if (kr_sched_spawn(&thread[i], entry, argument, NULL) != 0)
            kr_print_format("no memory\n");
    for (unsigned i = 0; i < threads; i++)
        kr_sched_join(thread[i], NULL);
    return kr_clock_ticks() - start;
}

static void *yield(void *count)
{
    for (uint64_t i = 0; i < *(uint64_t *)count; i++)
        kr_sched_yield();
    return NULL;
}

static void *work(void *count)
{
    const int here = 0;

    for (uint64_t i = 0; i < *(uint64_t *)count; i++) {
        if (last != &here) {
            last = &here;
            preemptions++;
        }
    }
    return NULL;
}

int main(void)
{
    uint64_t yields = YIELDS;
    uint64_t all = WORK;
    uint64_t half = WORK / 2;
    uint64_t none = 0;
    uint64_t lives = 0;

    time_of(2, work, &none); /* the first alarm calibrates */
    print("switch", time_of(2, yield, &yields), 2 * YIELDS);
    for (unsigned i = 0; i < LIVES; i++)
        lives += time_of(1, yield, &none);
    print("spawn-run-join", lives, LIVES);

    uint64_t alone = time_of(1, work, &all);

    preemptions = 0;
    uint64_t shared = time_of(2, work, &half);

    kr_print_format("%lu preemptions\n", (unsigned long)preemptions);
    print("preemption", shared - alone, preemptions);
    return 0;
}
