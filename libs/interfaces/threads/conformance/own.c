/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a thread has to itself besides a stack of the provider's: a thread
 * pointer, a word, and a stack that its maker brings.
 */
#include <kraft/clock.h>
#include <kraft/conformance.h>
#include <kraft/sched.h>
#include <kraft/thread-pointer.h>

#define CROWD 8u
#define STACK 16384u

static char blocks[CROWD + 1][64]; /* what pointers point at */
static char stacks[CROWD][STACK] __attribute__((aligned(16)));
static struct kr_sched_thread *threads[CROWD];
static struct kr_sched_queue queue;
static bool within[CROWD];
static unsigned ended;

static unsigned number_of(void *argument)
{
    return (unsigned)(uintptr_t)argument;
}

/* Waits in each of the ways, and looks after each. */
static void *look(void *argument)
{
    unsigned i = number_of(argument);

    within[i] = (uintptr_t)&i - (uintptr_t)stacks[i] < STACK;
    for (unsigned round = 0; round < 3 * CROWD; round++) {
        KR_CHECK(kr_thread_pointer_get() == blocks[i]);
        KR_CHECK(kr_sched_local() == &threads[i]);
        if (round % 3 == 0)
            kr_sched_yield();
        else if (round % 3 == 1)
            kr_sched_sleep(kr_clock_monotonic() + 1000 * (i + 1));
        else
            kr_sched_wait(&queue, kr_clock_monotonic() + 2000);
    }
    ended++;
    return argument;
}

static bool spawn(unsigned i, bool own_stack)
{
    const struct kr_sched_attributes attributes = {
        .pointer = blocks[i],
        .local = &threads[i],
        .stack_end = own_stack ? stacks[i] + STACK : NULL,
    };

    return KR_CHECK(kr_sched_spawn(&threads[i], look, (void *)(uintptr_t)i, &attributes) == 0);
}

/* Main's pointer is that of its C library where there is one: put back. */
static void beside_main(void (*others)(void))
{
    void *before = kr_thread_pointer_get();

    kr_thread_pointer_set(blocks[CROWD]);
    kr_sched_keep_pointer(blocks[CROWD]);
    others();
    KR_CHECK(kr_thread_pointer_get() == blocks[CROWD]);
    KR_CHECK(kr_sched_local() == NULL);
    kr_thread_pointer_set(before);
    kr_sched_keep_pointer(before);
}

static void run_joined(void)
{
    for (unsigned i = 0; i < CROWD; i++)
        KR_REQUIRE(spawn(i, false));
    for (unsigned i = 0; i < CROWD; i++)
        KR_CHECK(kr_sched_join(threads[i], NULL) == 0);
}

KR_TEST(a_pointer_and_a_word_belong_to_a_thread)
{
    beside_main(run_joined);
    for (unsigned i = 0; i < CROWD; i++)
        KR_CHECK(!within[i]);
}

static void run_on_own_stacks(void)
{
    for (unsigned turn = 0; turn < 3; turn++) {
        for (unsigned i = 0; i < CROWD; i++)
            KR_REQUIRE(spawn(i, true));
        for (unsigned i = 0; i < CROWD; i++)
            KR_CHECK(kr_sched_join(threads[i], NULL) == 0);
    }
}

KR_TEST(a_thread_runs_on_the_stack_of_its_maker)
{
    beside_main(run_on_own_stacks);
    for (unsigned i = 0; i < CROWD; i++)
        KR_CHECK(within[i]);
}

/* In turn on one half of the stacks and on the other; what is on those of before is not looked at. */
KR_TEST(a_detached_thread_leaves_the_stack_of_its_maker)
{
    ended = 0;
    for (unsigned turn = 1; turn <= 4; turn++) {
        for (unsigned i = 0; i < CROWD / 2; i++) {
            unsigned which = turn % 2 * CROWD / 2 + i;
            KR_REQUIRE(spawn(which, true));
            kr_sched_detach(threads[which]);
        }
        while (ended < turn * CROWD / 2)
            kr_sched_sleep(kr_clock_monotonic() + 1000000);
        kr_sched_yield();
        for (unsigned i = 0; i < CROWD; i++)
            for (unsigned byte = 0; byte < STACK; byte++)
                stacks[i][byte] = (char)0xa5;
    }
}

KR_SUITE(&test_a_pointer_and_a_word_belong_to_a_thread,
         &test_a_thread_runs_on_the_stack_of_its_maker,
         &test_a_detached_thread_leaves_the_stack_of_its_maker)
