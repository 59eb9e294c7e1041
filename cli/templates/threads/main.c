/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Three threads hand what they make to a fourth, through a shelf with one
 * place. Deadlines decide the order: the output is the same on every run.
 */
#include <kraft/clock.h>
#include <kraft/print.h>
#include <kraft/sched.h>

#define WORKERS 3u
#define ROUNDS 3u
#define PACE (20 * (KR_CLOCK_SECOND / 1000))

static uint64_t start;
static unsigned shelf; /* 0: empty */
static struct kr_sched_queue filled, emptied;

static void *work(void *argument)
{
    unsigned me = (unsigned)(uintptr_t)argument;
    for (unsigned round = 1; round <= ROUNDS; round++) {
        kr_sched_sleep(start + (round * WORKERS + me) * PACE);
        while (shelf != 0)
            kr_sched_wait(&emptied, KR_CLOCK_NEVER);
        shelf = 10 * me + round;
        kr_sched_wake_one_isr(&filled);
    }
    return (void *)(uintptr_t)(me * me);
}

static void *collect(void *unused)
{
    (void)unused;
    for (unsigned i = 0; i < WORKERS * ROUNDS; i++) {
        while (shelf == 0)
            kr_sched_wait(&filled, KR_CLOCK_NEVER);
        kr_print_format("worker %u made piece %u\n", shelf / 10, shelf % 10);
        shelf = 0;
        kr_sched_wake_one_isr(&emptied);
    }
    return NULL;
}

int main(void)
{
    struct kr_sched_thread *threads[WORKERS + 1];
    uintptr_t results[WORKERS + 1], sum = 0;
    start = kr_clock_monotonic();
    for (unsigned i = 0; i <= WORKERS; i++)
        if (kr_sched_spawn(&threads[i], i == 0 ? collect : work, (void *)(uintptr_t)i, NULL) != 0)
            return 1;
    for (unsigned i = 0; i <= WORKERS; i++) {
        kr_sched_join(threads[i], (void **)&results[i]);
        sum += results[i];
    }
    kr_print_format("all done, sum of squares %u\n", (unsigned)sum);
    return 0;
}
