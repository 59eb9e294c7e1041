/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Threads that never yield, and others that run all the same. Each loop ends
 * at a number of turns at the latest, so that a scheduler which does not
 * preempt fails, rather than hang.
 */
#include <kraft/alloc.h>
#include <kraft/clock.h>
#include <kraft/conformance.h>
#include <kraft/irq.h>
#include <kraft/sched.h>
#include <kraft/string.h>

#define MILLISECOND (KR_CLOCK_SECOND / 1000)
#define CROWD 6u
#define PATIENCE (2 * KR_CLOCK_SECOND)

static struct kr_sched_thread *threads[CROWD];
static volatile uint64_t turns[CROWD];
static volatile bool stop;
static uint64_t limit; /* when a loop gives up */

static bool spawn(unsigned i, void *(*entry)(void *), int priority)
{
    const struct kr_sched_attributes attributes = {.name = "one", .priority = priority};
    void *argument = (void *)(uintptr_t)i;

    return KR_CHECK(kr_sched_spawn(&threads[i], entry, argument, &attributes) == 0);
}

static void begin(void)
{
    stop = false;
    limit = kr_clock_monotonic() + PATIENCE;
    for (unsigned i = 0; i < CROWD; i++)
        turns[i] = 0;
}

/* Never calls the scheduler; other libs now and then. */
static void *spin(void *argument)
{
    unsigned i = (unsigned)(uintptr_t)argument;

    while (!stop && (++turns[i] % 1024 != 0 || kr_clock_monotonic() < limit))
        ;
    return NULL;
}

static bool all_have_turned(void)
{
    for (unsigned i = 0; i < CROWD; i++)
        if (turns[i] == 0)
            return false;
    return true;
}

KR_TEST(threads_that_never_yield_all_run)
{
    begin();
    for (unsigned i = 0; i < CROWD; i++)
        spawn(i, spin, 0);
    for (uint64_t i = 1; !all_have_turned(); i++)
        if (i % 1024 == 0 && kr_clock_monotonic() >= limit)
            break;
    KR_CHECK(all_have_turned());
    stop = true;
    for (unsigned i = 0; i < CROWD; i++)
        kr_sched_join(threads[i], NULL);
}

KR_TEST(turns_are_about_equal)
{
    uint64_t most = 0;
    uint64_t least = UINT64_MAX;

    begin();
    for (unsigned i = 0; i < CROWD; i++)
        spawn(i, spin, 0);
    kr_sched_sleep(kr_clock_monotonic() + 300 * MILLISECOND);
    KR_CHECK(kr_clock_monotonic() < limit);
    stop = true;
    for (unsigned i = 0; i < CROWD; i++) {
        kr_sched_join(threads[i], NULL);
        most = turns[i] > most ? turns[i] : most;
        least = turns[i] < least ? turns[i] : least;
    }
    KR_CHECK(least > 0 && most / 8 <= least);
}

static void *arrive(void *argument)
{
    kr_sched_sleep(kr_clock_monotonic() + 100 * MILLISECOND);
    stop = true;
    return argument;
}

KR_TEST(a_sleeper_that_is_more_urgent_takes_the_cpu)
{
    begin();
    spawn(1, arrive, 3);
    kr_sched_yield();
    spawn(0, spin, 0);
    kr_sched_join(threads[0], NULL);
    KR_CHECK(kr_clock_monotonic() < limit);
    kr_sched_join(threads[1], NULL);
}

static void *note_turns(void *argument)
{
    turns[3] = turns[0] + 1; /* 1: before the other began */
    return argument;
}

KR_TEST(what_is_less_urgent_waits)
{
    begin();
    limit = kr_clock_monotonic() + 50 * MILLISECOND;
    spawn(3, note_turns, -1);
    spawn(0, spin, 0);
    spawn(1, spin, 0);
    kr_sched_join(threads[0], NULL);
    KR_CHECK(turns[3] == 0 || turns[3] > turns[0]);
    kr_sched_join(threads[1], NULL);
    kr_sched_join(threads[3], NULL);
    KR_CHECK(turns[3] == turns[0] + 1);
}

static volatile uint64_t wrong; /* what the workers found */

/* A crowd of (entry) for a while; all get on, and none finds anything wrong. */
static void crowd_works(void *(*entry)(void *))
{
    begin();
    wrong = 0;
    limit = kr_clock_monotonic() + KR_CLOCK_SECOND;
    for (unsigned i = 0; i < CROWD; i++)
        spawn(i, entry, 0);
    kr_sched_sleep(limit - 700 * MILLISECOND);
    stop = kr_clock_monotonic() < limit;
    KR_CHECK(stop);
    for (unsigned i = 0; i < CROWD; i++) {
        kr_sched_join(threads[i], NULL);
        KR_CHECK(turns[i] > 0);
    }
    KR_CHECK(wrong == 0);
}

/* Sums in vector and x87 registers, flags and general registers, which the
 * compiler keeps there for the whole loop. */
static void *compute(void *argument)
{
    unsigned i = (unsigned)(uintptr_t)argument;
    double step = 1.0 + i;
    long double fine = 1.0L / (1.0L + i);

    while (!stop && kr_clock_monotonic() < limit) {
        double sum = 0;
        long double product = 0;
        uint64_t integer = 0;
        for (unsigned turn = 0; turn < 20000; turn++) {
            sum += step;
            product += fine;
            integer = integer * 3 + i;
            __asm__ volatile("" : "+x"(sum), "+t"(product), "+r"(integer));
        }
        turns[i]++;
        if (sum != 20000 * step || product < 19999.9L * fine || product > 20000.1L * fine)
            wrong++;
    }
    return NULL;
}

/*
 * A buffer that threads fill, each with its own byte, and compare with itself:
 * it takes many slices to get through these, so whoever is interrupted is in
 * the middle of one. As calls of a lib they are whole, and the buffer always
 * holds one byte only. Done by the app itself they are not, which shows that
 * this can tell.
 */
#define BUFFER ((size_t)2 << 20)

static unsigned char *buffer;
static bool torn;

static bool fill_and_compare(unsigned char byte)
{
    memset(buffer, byte, BUFFER);
    return memcmp(buffer, buffer + 1, BUFFER - 1) == 0;
}

static bool fill_and_compare_in_the_app(unsigned char byte)
{
    volatile unsigned char *at = buffer;
    bool same = true;

    for (size_t i = 0; i < BUFFER; i++)
        at[i] = byte;
    for (size_t i = 1; i < BUFFER; i++)
        same = same && at[i] == at[0];
    return same;
}

static bool (*fill)(unsigned char byte);

static void *fill_for_long(void *argument)
{
    while (!stop && kr_clock_monotonic() < limit)
        torn = !fill((unsigned char)(uintptr_t)argument) || torn;
    return NULL;
}

static bool is_torn(bool (*by)(unsigned char byte))
{
    fill = by;
    torn = false;
    begin();
    for (unsigned i = 0; i < 3; i++)
        spawn(i, fill_for_long, 0);
    while (!torn && kr_clock_monotonic() < limit)
        kr_sched_sleep(kr_clock_monotonic() + 10 * MILLISECOND);
    stop = true;
    for (unsigned i = 0; i < 3; i++)
        kr_sched_join(threads[i], NULL);
    return torn;
}

KR_TEST(what_a_lib_does_is_whole_where_the_app_would_be_torn)
{
    buffer = kr_alloc_allocate(BUFFER);
    KR_REQUIRE(buffer != NULL);
    KR_CHECK(!is_torn(fill_and_compare));
    KR_CHECK(is_torn(fill_and_compare_in_the_app));
    kr_alloc_free(buffer);
}

KR_TEST(registers_survive_preemption)
{
    crowd_works(compute);
}

KR_TEST(disabled_interrupts_keep_others_out)
{
    begin();
    spawn(0, spin, 0);
    kr_sched_yield();
    bool enabled = kr_irq_disable();
    uint64_t before = turns[0];
    uint64_t end = kr_clock_monotonic() + 20 * MILLISECOND;

    while (kr_clock_monotonic() < end)
        for (volatile unsigned i = 0; i < 1000; i++)
            ;
    KR_CHECK(turns[0] == before);
    kr_irq_restore(enabled);
    while (turns[0] == before && kr_clock_monotonic() < limit)
        for (volatile unsigned i = 0; i < 1000; i++)
            ;
    KR_CHECK(turns[0] != before);
    stop = true;
    kr_sched_join(threads[0], NULL);
}

static volatile unsigned delivered;

static void deliver(void)
{
    kr_sched_uninterrupt();
    delivered += kr_sched_self() == threads[0];
}

/* Whether it is interrupted before it runs, or while it does. */
KR_TEST(an_interruption_reaches_who_computes)
{
    kr_sched_on_interruption(deliver);
    for (unsigned early = 0; early < 2; early++) {
        begin();
        delivered = 0;
        spawn(0, spin, 0);
        if (!early)
            kr_sched_sleep(kr_clock_monotonic() + 20 * MILLISECOND);
        kr_sched_interrupt(threads[0]);
        kr_sched_sleep(kr_clock_monotonic() + 200 * MILLISECOND);
        KR_CHECK(delivered == 1);
        stop = true;
        kr_sched_join(threads[0], NULL);
    }
    kr_sched_on_interruption(NULL);
}

KR_SUITE(&test_threads_that_never_yield_all_run, &test_turns_are_about_equal,
         &test_a_sleeper_that_is_more_urgent_takes_the_cpu, &test_what_is_less_urgent_waits,
         &test_what_a_lib_does_is_whole_where_the_app_would_be_torn,
         &test_registers_survive_preemption,
         &test_disabled_interrupts_keep_others_out,
         &test_an_interruption_reaches_who_computes)
