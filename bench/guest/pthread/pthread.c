/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a thread costs that pthread_create makes, that runs and ends at once,
 * and that pthread_join waits for: in ticks of the TSC, which counts
 * instructions where QEMU runs with -icount.
 */
#include <kraft/clock.h>
#include <kraft/print.h>
#include <pthread.h>

#define LIVES 10000u

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

int main(void)
{
    life(); /* the first finds its memory */
    uint64_t start = kr_clock_ticks();
    for (unsigned i = 0; i < LIVES; i++)
        life();
    uint64_t tenths = (kr_clock_ticks() - start) * 10 / LIVES;

    kr_print_format("figure create-run-join %lu.%lu\n", (unsigned long)(tenths / 10),
                    (unsigned long)(tenths % 10));
    return 0;
}
