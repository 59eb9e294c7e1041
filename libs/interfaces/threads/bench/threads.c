/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a scheduler costs, in ticks of the TSC, which counts instructions
 * where QEMU runs with -icount. A loop's own instructions, two or three a
 * turn, are in the figures.
 */
#include <kraft/clock.h>
#include <kraft/print.h>
#include <kraft/sched.h>

#define TURNS 10000u
#define SLEEPERS 64u

static struct kr_sched_queue ping, pong;
static uint64_t start;

static void print(const char *name, uint64_t ticks, uint64_t count)
{
    uint64_t tenths = (ticks * 10 + count / 2) / count;

    kr_print_format("figure %s %lu.%lu\n", name, (unsigned long)(tenths / 10),
                    (unsigned long)(tenths % 10));
}

static struct kr_sched_thread *spawn(void *(*entry)(void *), void *argument)
{
    struct kr_sched_thread *thread;

    return kr_sched_spawn(&thread, entry, argument, NULL) == 0 ? thread : NULL;
}

static void *yield(void *unused)
{
    for (unsigned i = 0; i < TURNS; i++)
        kr_sched_yield();
    return unused;
}

static void measure_switch(void)
{
    struct kr_sched_thread *one = spawn(yield, NULL);
    struct kr_sched_thread *other = spawn(yield, NULL);

    start = kr_clock_ticks();
    kr_sched_join(one, NULL);
    kr_sched_join(other, NULL);
    print("switch", kr_clock_ticks() - start, 2 * TURNS);
}

static void *answer(void *unused)
{
    for (unsigned i = 0; i < TURNS; i++) {
        kr_sched_wait(&ping, KR_CLOCK_NEVER);
        kr_sched_wake_one_isr(&pong);
    }
    return unused;
}

/* A wake and a wait, there and back. */
static void measure_wake(void)
{
    struct kr_sched_thread *thread = spawn(answer, NULL);

    kr_sched_yield();
    start = kr_clock_ticks();
    for (unsigned i = 0; i < TURNS; i++) {
        kr_sched_wake_one_isr(&ping);
        kr_sched_wait(&pong, KR_CLOCK_NEVER);
    }
    print("wake-and-wait", kr_clock_ticks() - start, 2 * TURNS);
    kr_sched_join(thread, NULL);
}

static void *end(void *argument)
{
    return argument;
}

static void measure_life(void)
{
    kr_sched_join(spawn(end, NULL), NULL);
    start = kr_clock_ticks();
    for (unsigned i = 0; i < TURNS; i++)
        kr_sched_join(spawn(end, NULL), NULL);
    print("spawn-run-join", kr_clock_ticks() - start, TURNS);
}

static void *sleep(void *argument)
{
    kr_sched_sleep(*(uint64_t *)argument);
    return NULL;
}

/* To begin, and to fall asleep: what it takes until the next thread runs. */
static void measure_timers(void)
{
    struct kr_sched_thread *threads[SLEEPERS];
    uint64_t deadlines[SLEEPERS];
    uint64_t soon;

    kr_sched_sleep(kr_clock_monotonic() + 1); /* the first alarm may calibrate */
    soon = kr_clock_monotonic() + KR_CLOCK_SECOND / 1000;
    for (unsigned i = 0; i < SLEEPERS; i++) {
        deadlines[i] = soon + i * 7 % SLEEPERS;
        threads[i] = spawn(sleep, &deadlines[i]);
    }
    start = kr_clock_ticks();
    kr_sched_yield();
    print("fall-asleep", kr_clock_ticks() - start, SLEEPERS);
    for (unsigned i = 0; i < SLEEPERS; i++)
        kr_sched_join(threads[i], NULL);
}

int main(void)
{
    measure_switch();
    measure_wake();
    measure_life();
    measure_timers();
    return 0;
}
