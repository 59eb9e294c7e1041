/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a provider of sched with threads promises besides: threads that run,
 * end, and are joined; queues that are fair; deadlines in order; no wake-up
 * lost. Random operations follow a fixed sequence.
 */
#include <kraft/clock.h>
#include <kraft/conformance.h>
#include <kraft/sched.h>

#define MILLISECOND (KR_CLOCK_SECOND / 1000)
#define CROWD 24u

static struct kr_sched_thread *threads[CROWD];
static struct kr_sched_queue queue;
static unsigned order[CROWD];
static unsigned count;

static void *number(unsigned i)
{
    return (void *)(uintptr_t)i;
}

static unsigned number_of(void *argument)
{
    return (unsigned)(uintptr_t)argument;
}

static bool spawn(unsigned i, void *(*entry)(void *))
{
    return KR_CHECK(kr_sched_spawn(&threads[i], entry, number(i), NULL) == 0);
}

static void spawn_crowd(void *(*entry)(void *))
{
    count = 0;
    for (unsigned i = 0; i < CROWD; i++)
        spawn(i, entry);
}

static void join_crowd(void)
{
    for (unsigned i = 0; i < CROWD; i++)
        KR_CHECK(kr_sched_join(threads[i], NULL) == 0);
}

static void *square(void *argument)
{
    return number(number_of(argument) * number_of(argument));
}

KR_TEST(a_join_gives_the_result)
{
    void *result;

    spawn_crowd(square);
    for (unsigned i = 0; i < CROWD; i++) {
        KR_CHECK(kr_sched_join(threads[i], &result) == 0);
        KR_CHECK(number_of(result) == i * i);
    }
}

static void *leave(void *argument)
{
    kr_sched_exit(number(number_of(argument) + 100));
}

KR_TEST(a_thread_may_end_itself)
{
    void *result = NULL;

    if (!spawn(7, leave))
        return;
    kr_sched_yield();
    kr_sched_yield(); /* it has ended before it is joined */
    KR_CHECK(kr_sched_join(threads[7], &result) == 0);
    KR_CHECK(number_of(result) == 107);
}

KR_TEST(nobody_joins_himself)
{
    KR_CHECK(kr_sched_join(kr_sched_self(), NULL) == -KR_EINVAL);
}

static void *name_is_x(void *unused)
{
    (void)unused;
    return number(kr_sched_name(kr_sched_self())[0] == 'x');
}

KR_TEST(a_thread_has_its_name_and_stack)
{
    const struct kr_sched_attributes attributes = {.name = "x", .stack_size = 40000};
    void *result;

    KR_REQUIRE(kr_sched_spawn(&threads[0], name_is_x, NULL, &attributes) == 0);
    KR_CHECK(kr_sched_name(threads[0])[0] == 'x');
    kr_sched_join(threads[0], &result);
    KR_CHECK(number_of(result) == 1);
}

static void *note_order(void *argument)
{
    for (unsigned i = 0; i < 3; i++) {
        order[count++ % CROWD] = number_of(argument);
        kr_sched_yield();
    }
    return NULL;
}

KR_TEST(a_yield_lets_every_other_go_first)
{
    spawn_crowd(note_order);
    for (unsigned round = 0; round < 3; round++) {
        kr_sched_yield();
        KR_CHECK(count == (round + 1) * CROWD);
        for (unsigned i = 0; i < CROWD; i++)
            KR_CHECK(order[i] == i);
    }
    join_crowd();
}

static void *wait_and_note(void *argument)
{
    KR_CHECK(kr_sched_wait(&queue, KR_CLOCK_NEVER) == 0);
    order[count++] = number_of(argument);
    return NULL;
}

KR_TEST(waiters_are_woken_oldest_first)
{
    spawn_crowd(wait_and_note);
    kr_sched_yield();
    KR_CHECK(count == 0);
    for (unsigned i = 0; i < 5; i++)
        KR_CHECK(kr_sched_wake_one_isr(&queue) == 1);
    KR_CHECK(count == 0); /* a wake does not switch */
    kr_sched_yield();
    KR_CHECK(count == 5);
    KR_CHECK(kr_sched_wake_all_isr(&queue) == CROWD - 5);
    KR_CHECK(kr_sched_wake_all_isr(&queue) == 0);
    join_crowd();
    KR_CHECK(count == CROWD);
    for (unsigned i = 0; i < CROWD; i++)
        KR_CHECK(order[i] == i);
}

/* Deadlines are apart, and in an order unlike that of the threads. */
static uint64_t deadlines[CROWD];
static uint64_t ended[CROWD];
static unsigned begun;

static void *sleep_and_note(void *argument)
{
    unsigned i = number_of(argument);

    begun++;
    kr_sched_sleep(deadlines[i]);
    ended[i] = kr_clock_monotonic();
    order[count++] = i;
    return NULL;
}

/* Whether all were asleep before the first deadline: a busy machine may be late. */
static bool send_to_sleep(uint64_t lead)
{
    uint64_t start = kr_clock_monotonic() + lead;
    bool asleep;

    begun = 0;
    for (unsigned i = 0; i < CROWD; i++)
        deadlines[i] = start + i * 7 % CROWD * MILLISECOND;
    spawn_crowd(sleep_and_note);
    while (begun < CROWD)
        kr_sched_yield();
    asleep = kr_clock_monotonic() < start;
    join_crowd();
    return asleep;
}

KR_TEST(sleepers_wake_by_their_deadlines)
{
    uint64_t lead = 4 * MILLISECOND;

    while (!send_to_sleep(lead) && lead < KR_CLOCK_SECOND)
        lead *= 4;
    for (unsigned i = 0; i < CROWD; i++)
        KR_CHECK(ended[i] >= deadlines[i]);
    for (unsigned i = 1; i < CROWD; i++)
        KR_CHECK(deadlines[order[i - 1]] < deadlines[order[i]]);
}

static unsigned timeouts;

static void *wait_a_little(void *argument)
{
    unsigned i = number_of(argument);

    if (kr_sched_wait(&queue, deadlines[i]) == -KR_ETIMEDOUT) {
        timeouts++;
        KR_CHECK(kr_clock_monotonic() >= deadlines[i]);
    }
    return NULL;
}

KR_TEST(a_waiter_is_woken_or_timed_out_never_both)
{
    for (unsigned round = 0; round < 100; round++) {
        uint64_t now = kr_clock_monotonic();
        unsigned woken = 0;
        timeouts = 0;
        for (unsigned i = 0; i < CROWD; i++)
            deadlines[i] = now + kr_conformance_random() % MILLISECOND;
        spawn_crowd(wait_a_little);
        for (unsigned i = 0; i < 8; i++) {
            kr_sched_sleep(now + kr_conformance_random() % MILLISECOND);
            woken += kr_sched_wake_one_isr(&queue);
        }
        join_crowd();
        KR_CHECK(woken + timeouts == CROWD);
        KR_CHECK(kr_sched_wake_all_isr(&queue) == 0);
    }
}

static void *busy(void *unused)
{
    volatile bool *stop = unused;

    while (!*stop)
        kr_sched_yield();
    return NULL;
}

KR_TEST(a_sleeper_wakes_though_others_never_wait)
{
    static volatile bool stop;
    struct kr_sched_thread *runner;
    uint64_t deadline = kr_clock_monotonic() + MILLISECOND;

    deadlines[0] = deadline;
    count = 0;
    KR_REQUIRE(kr_sched_spawn(&runner, busy, (void *)(uintptr_t)&stop, NULL) == 0);
    spawn(0, sleep_and_note);
    while (count == 0 && kr_clock_monotonic() < deadline + 500 * MILLISECOND)
        kr_sched_yield();
    KR_CHECK(count == 1);
    stop = true;
    kr_sched_join(runner, NULL);
    kr_sched_join(threads[0], NULL);
}

/* A ring of threads that hand a token on, each by waking the next. */
static struct kr_sched_queue places[CROWD];
static unsigned token;

static void *hand_on(void *argument)
{
    unsigned i = number_of(argument);

    for (unsigned lap = 0; lap < 50; lap++) {
        while (token % CROWD != i)
            KR_CHECK(kr_sched_wait(&places[i], KR_CLOCK_NEVER) == 0);
        token++;
        kr_sched_wake_all_isr(&places[(i + 1) % CROWD]);
    }
    return NULL;
}

KR_TEST(a_token_goes_round)
{
    token = 0;
    spawn_crowd(hand_on);
    join_crowd();
    KR_CHECK(token == 50 * CROWD);
}

static void *count_up(void *unused)
{
    (void)unused;
    count++;
    return NULL;
}

KR_TEST(detached_threads_free_themselves)
{
    count = 0;
    for (unsigned i = 0; i < 300; i++) {
        if (!spawn(0, count_up))
            return;
        if (i % 3 == 0)
            kr_sched_yield(); /* this one has ended */
        kr_sched_detach(threads[0]);
        if (i % 3 == 1)
            kr_sched_yield();
        if (i % 3 == 2)
            KR_CHECK(kr_sched_join(threads[0], NULL) == -KR_EINVAL);
    }
    kr_sched_yield();
    kr_sched_yield();
    KR_CHECK(count == 300);
}

KR_TEST(registers_survive_a_switch)
{
    /* Values that only a register holds: the compiler keeps what it can. */
    uint64_t a = kr_conformance_random();
    uint64_t b = a * 3;
    uint64_t c = a * 5;
    uint64_t d = a * 7;
    uint64_t e = a * 11;

    spawn_crowd(note_order);
    for (unsigned i = 0; i < 8; i++) {
        kr_sched_yield();
        __asm__ volatile("" : "+r"(a), "+r"(b), "+r"(c), "+r"(d), "+r"(e));
    }
    KR_CHECK(b == a * 3 && c == a * 5 && d == a * 7 && e == a * 11);
    join_crowd();
}

/* Threads are chained by their argument, which each gives back: no array. */
static void *give_back(void *argument)
{
    return argument;
}

static unsigned spawn_all(struct kr_sched_thread **last)
{
    const struct kr_sched_attributes attributes = {.name = "one of many", .stack_size = 250000};
    unsigned made = 0;
    int error = 0;

    for (*last = NULL; made < 2000; made++) {
        struct kr_sched_thread *thread;
        error = kr_sched_spawn(&thread, give_back, *last, &attributes);
        if (error != 0)
            break;
        *last = thread;
    }
    KR_CHECK(error == 0 || error == -KR_ENOMEM);
    return made;
}

static void join_all(struct kr_sched_thread *last)
{
    while (last != NULL) {
        void *before;
        KR_CHECK(kr_sched_join(last, &before) == 0);
        last = before;
    }
}

KR_TEST(memory_that_runs_out_is_told_and_comes_back)
{
    const struct kr_sched_attributes huge = {.name = "huge", .stack_size = (size_t)1 << 40};
    struct kr_sched_thread *thread;

    KR_CHECK(kr_sched_spawn(&thread, square, NULL, &huge) == -KR_ENOMEM);
    unsigned made = spawn_all(&thread);

    KR_CHECK(made > 0);
    join_all(thread);
    KR_CHECK(spawn_all(&thread) >= made);
    join_all(thread);
    spawn_crowd(square);
    join_crowd();
}

KR_SUITE(&test_a_join_gives_the_result, &test_a_thread_may_end_itself, &test_nobody_joins_himself,
         &test_a_thread_has_its_name_and_stack, &test_a_yield_lets_every_other_go_first,
         &test_waiters_are_woken_oldest_first, &test_sleepers_wake_by_their_deadlines,
         &test_a_waiter_is_woken_or_timed_out_never_both,
         &test_a_sleeper_wakes_though_others_never_wait, &test_a_token_goes_round,
         &test_detached_threads_free_themselves, &test_registers_survive_a_switch,
         &test_memory_that_runs_out_is_told_and_comes_back)
