/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sequences of waits and wakes, each compared to a model that is too simple to
 * be wrong: for each word, who waits for it, in a row. First every order in
 * which four come to two words, then random calls.
 */
#include <kraft/clock.h>
#include <kraft/conformance.h>
#include <kraft/sched.h>
#include <kraft/syscall-threads.h>

#define WAIT 0
#define REQUEUE 3
#define CMP_REQUEUE 4
#define WAIT_BITSET 9
#define WAKE_BITSET 10
#define ALL 0x7fffffff

#define WORDS 3
#define CROWD 6u
#define TURNS 4000u

static int words[WORDS * 64];
static struct kr_sched_thread *threads[CROWD];

/* What a thread does, and what came of it. */
static struct waiter {
    int word;
    uint32_t bits;
    volatile bool waits;
    long result;
} waiters[CROWD];

/* The model: who waits for a word, the oldest first. */
static struct {
    unsigned char who[CROWD];
    unsigned count;
} rows[WORDS];
static struct {
    bool waits;
    long result;
} expected[CROWD];

static int *word(int number)
{
    return &words[number * number * 16]; /* near and far */
}

static long futex(int at, int operation, int value, long count, int second, uint32_t third)
{
    return kr_syscall_futex(word(at), operation, value, (const void *)count, word(second), (int)third);
}

static void *wait(void *argument)
{
    struct waiter *self = argument;

    self->result = kr_syscall_futex(word(self->word), WAIT_BITSET, 0, NULL, NULL, (int)self->bits);
    self->waits = false;
    return NULL;
}

static void begin(unsigned i, int at, uint32_t bits)
{
    long before = futex(at, REQUEUE, 0, ALL, at, 0);

    waiters[i] = (struct waiter){.word = at, .bits = bits, .waits = true};
    expected[i].waits = true;
    rows[at].who[rows[at].count++] = (unsigned char)i;
    KR_REQUIRE(kr_sched_spawn(&threads[i], wait, &waiters[i], NULL) == 0);
    while (waiters[i].waits && futex(at, REQUEUE, 0, ALL, at, 0) == before)
        kr_sched_yield();
}

/* In the model, the one at (place) waits no more. */
static void take_out(int at, unsigned place)
{
    for (rows[at].count--; place < rows[at].count; place++)
        rows[at].who[place] = rows[at].who[place + 1];
}

static void end(int at, unsigned place, long result)
{
    unsigned who = rows[at].who[place];

    take_out(at, place);
    expected[who].waits = false;
    expected[who].result = result;
}

/* How many the model wakes. */
static long wake(int at, int most, uint32_t bits)
{
    long count = 0;

    for (unsigned place = 0; place < rows[at].count && count < most;) {
        if ((waiters[rows[at].who[place]].bits & bits) == 0) {
            place++;
            continue;
        }
        end(at, place, 0);
        count++;
    }
    return count;
}

static long move(int at, int other, int most)
{
    long count = 0;

    for (; rows[at].count > 0 && count < most; count++) {
        unsigned char who = rows[at].who[0];
        take_out(at, 0);
        rows[other].who[rows[other].count++] = who;
    }
    return count;
}

/* Those who have ended are those that should have; they are joined. */
static void compare(void)
{
    kr_sched_yield();
    for (unsigned i = 0; i < CROWD; i++) {
        KR_CHECK(waiters[i].waits == expected[i].waits);
        if (threads[i] == NULL || waiters[i].waits)
            continue;
        KR_CHECK(waiters[i].result == expected[i].result);
        KR_CHECK(kr_sched_join(threads[i], NULL) == 0);
        threads[i] = NULL;
    }
}

static void wake_all(void)
{
    for (int at = 0; at < WORDS; at++)
        KR_CHECK(futex(at, WAKE_BITSET, ALL, 0, at, UINT32_MAX) == wake(at, ALL, UINT32_MAX));
    compare();
}

KR_TEST(whoever_comes_first_is_woken_first)
{
    unsigned char order[4];

    for (unsigned which = 0; which < 24 * 16; which++) {
        kr_conformance_permute(which % 24, order, 4);
        for (unsigned i = 0; i < 4; i++)
            begin(order[i], (int)(which / 24 >> i & 1), UINT32_MAX);
        for (unsigned i = 0; i < 4; i++) {
            int at = (int)((i ^ which) & 1);
            KR_CHECK(futex(at, WAKE_BITSET, 1, 0, at, UINT32_MAX) == wake(at, 1, UINT32_MAX));
            compare();
        }
        wake_all();
    }
}

KR_TEST(whoever_is_moved_keeps_his_place)
{
    unsigned char order[4];

    for (unsigned which = 0; which < 24 * 16; which++) {
        int woken = (int)(which / 24 % 4);
        int moved = (int)(which / 96);

        kr_conformance_permute(which % 24, order, 4);
        begin(4, 1, UINT32_MAX);
        for (unsigned i = 0; i < 4; i++)
            begin(order[i], 0, UINT32_MAX);
        long count = wake(0, woken, UINT32_MAX);
        KR_CHECK(futex(0, CMP_REQUEUE, woken, moved, 1, 0) == count + move(0, 1, moved));
        for (unsigned i = 0; i < 5; i++) {
            compare();
            KR_CHECK(futex(1, WAKE_BITSET, 1, 0, 1, UINT32_MAX) == wake(1, 1, UINT32_MAX));
        }
        wake_all();
    }
}

static unsigned below(unsigned limit)
{
    return kr_conformance_random() % limit;
}

static void interrupt(unsigned who)
{
    kr_sched_interrupt(threads[who]);
    for (int at = 0; at < WORDS; at++)
        for (unsigned place = rows[at].count; place-- > 0;)
            if (rows[at].who[place] == who)
                end(at, place, -KR_EINTR);
}

static void do_something(void)
{
    int at = (int)below(WORDS);
    int other = (at + 1 + (int)below(WORDS - 1)) % WORDS;
    unsigned who = below(CROWD);
    int most = (int)below(4);
    uint32_t bits = 1 + below(15);

    switch (below(8)) {
    case 0:
        KR_CHECK(futex(at, WAKE_BITSET, most + 1, 0, at, bits) == wake(at, most + 1, bits));
        return;
    case 1: {
        long count = wake(at, most, UINT32_MAX);
        KR_CHECK(futex(at, REQUEUE, most, 2, other, 0) == count + move(at, other, 2));
        return;
    }
    case 2:
        KR_CHECK(futex(at, CMP_REQUEUE, most, 2, other, 1) == -KR_EAGAIN);
        KR_CHECK(futex(at, WAIT, 1, 0, other, 0) == -KR_EAGAIN);
        return;
    case 3:
        if (threads[who] != NULL && expected[who].waits)
            interrupt(who);
        return;
    default:
        if (threads[who] == NULL)
            begin(who, at, bits);
    }
}

KR_TEST(random_calls_do_what_the_model_does)
{
    for (unsigned turn = 0; turn < TURNS; turn++) {
        do_something();
        if (below(3) > 0)
            compare(); /* else those whose wait has ended have not run yet */
    }
    wake_all();
}

KR_SUITE(&test_whoever_comes_first_is_woken_first, &test_whoever_is_moved_keeps_his_place,
         &test_random_calls_do_what_the_model_does)
