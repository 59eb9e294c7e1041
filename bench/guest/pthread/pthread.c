/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a thread costs that pthread_create makes, that runs and ends at once,
 * and that pthread_join waits for; and the least of system calls. In ticks of
 * the TSC, which counts instructions where QEMU runs with -icount.
 */
#include <kraft/clock.h>
#include <kraft/print.h>
#include <pthread.h>
#include <unistd.h>

#define TURNS 10000u

static void *live(void *argument)
{
    return argument;
}

static void life(void)
{
    pthread_t thread;
    void *result = NULL;

    if (pthread_create(&thread, NULL, live, &thread) != 0 || pthread_join(thread, &result) != 0 ||
        result != &thread)
        kr_print_format("a thread went astray\n");
}

static void print(const char *name, uint64_t total)
{
    uint64_t tenths = (total * 10 + TURNS / 2) / TURNS;

    kr_print_format("figure %s %lu.%lu\n", name, (unsigned long)(tenths / 10),
                    (unsigned long)(tenths % 10));
}

/* As often as the calls, and nothing but that. */
static uint64_t turns(void)
{
    uint64_t start = kr_clock_ticks();

    for (unsigned i = 0; i < TURNS; i++)
        __asm__ volatile("");
    return kr_clock_ticks() - start;
}

int main(void)
{
    life(); /* the first finds its memory */
    uint64_t start = kr_clock_ticks();
    for (unsigned i = 0; i < TURNS; i++)
        life();
    print("create-run-join", kr_clock_ticks() - start);

    start = kr_clock_ticks();
    for (unsigned i = 0; i < TURNS; i++)
        getppid();
    print("getppid", kr_clock_ticks() - start - turns());
    return 0;
}
