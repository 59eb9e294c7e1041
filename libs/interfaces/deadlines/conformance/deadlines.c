/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Deadlines: called when their time has come, once, in the order of time,
 * whatever order they were set in; and what may be done meanwhile.
 */
#include <kraft/alloc.h>
#include <kraft/clock.h>
#include <kraft/conformance.h>
#include <kraft/deadlines.h>
#include <kraft/hoard.h>
#include <kraft/sched.h>

#define MILLISECOND (KR_CLOCK_SECOND / 1000)
#define CROWD 300u

static struct entry {
    struct kr_deadline deadline; /* first: a deadline is its entry */
    uint64_t when;
    unsigned count;    /* of calls */
    unsigned order;    /* of the last, among all */
    struct entry *then; /* to clear; NULL: none */
    uint64_t again;    /* nanoseconds from then; 0: never, 1: long ago */
} entries[CROWD];
static unsigned calls;

static void pass(struct kr_deadline *deadline)
{
    struct entry *self = (struct entry *)deadline;

    KR_CHECK(kr_clock_monotonic() >= self->when);
    KR_CHECK(kr_deadlines_when(deadline) == 0);
    self->count++;
    self->order = ++calls;
    if (self->then != NULL)
        kr_deadlines_clear(&self->then->deadline);
    if (self->again == 0)
        return;
    self->when = self->again == 1 ? 1 : kr_clock_monotonic() + self->again;
    kr_deadlines_set(deadline, self->when);
}

static void set(unsigned i, uint64_t when)
{
    kr_deadlines_clear(&entries[i].deadline);
    entries[i] = (struct entry){.deadline = {.passed = pass}, .when = when};
    kr_deadlines_set(&entries[i].deadline, when);
}

static void sleep_until(uint64_t time)
{
    kr_sched_sleep(time);
    kr_sched_yield();
}

/* Whether entry (i) is called (count) times before long; the machine may have been busy with something else. */
static bool comes_to(unsigned i, unsigned count)
{
    uint64_t end = kr_clock_monotonic() + 10 * KR_CLOCK_SECOND;

    while (entries[i].count < count && kr_clock_monotonic() < end)
        sleep_until(kr_clock_monotonic() + MILLISECOND / 10);
    return entries[i].count >= count;
}

static void *hoard;

/* First, since what is prepared stays so: the nth allocation fails. */
KR_TEST(no_memory_is_told_before_anything_is_set)
{
    int error;

    kr_hoard_take_all(&hoard);
    while ((error = kr_deadlines_prepare()) == -KR_ENOMEM && kr_hoard_give_back_one(&hoard))
        ;
    KR_CHECK(error == 0 && kr_deadlines_prepare() == 0);
    uint64_t soon = kr_clock_monotonic() + MILLISECOND;
    set(0, soon); /* takes none */
    KR_CHECK(comes_to(0, 1));
    while (kr_hoard_give_back_one(&hoard))
        ;
}

KR_TEST(a_deadline_is_called_once_when_its_time_has_come)
{
    uint64_t soon = kr_clock_monotonic() + 3 * MILLISECOND;

    set(0, soon);
    KR_CHECK(kr_deadlines_when(&entries[0].deadline) == soon);
    KR_CHECK(comes_to(0, 1));
    sleep_until(kr_clock_monotonic() + 5 * MILLISECOND);
    KR_CHECK(entries[0].count == 1);
    set(0, 1); /* long ago */
    sleep_until(kr_clock_monotonic() + MILLISECOND);
    KR_CHECK(entries[0].count == 1);
}

KR_TEST(a_deadline_is_cleared_and_set_anew)
{
    uint64_t now;

    do { /* once more where the first passes meanwhile */
        now = kr_clock_monotonic();
        for (unsigned i = 0; i < 4; i++)
            set(i, now + (2 + i) * MILLISECOND);
        kr_deadlines_clear(&entries[0].deadline);
        kr_deadlines_clear(&entries[0].deadline);
        entries[1].when = now + 20 * MILLISECOND; /* later */
        kr_deadlines_set(&entries[1].deadline, entries[1].when);
        entries[3].when = now + 1;
        kr_deadlines_set(&entries[3].deadline, now + 1); /* sooner */
    } while (kr_clock_monotonic() >= now + 2 * MILLISECOND);
    sleep_until(now + 10 * MILLISECOND);
    KR_CHECK(entries[0].count == 0 && entries[2].count == 1 && entries[3].count == 1);
    KR_CHECK(entries[3].order < entries[2].order);
    kr_deadlines_set(&entries[0].deadline, KR_CLOCK_NEVER);
    sleep_until(now + 30 * MILLISECOND);
    KR_CHECK(entries[0].count == 0 && entries[1].count == 1);
    kr_deadlines_clear(&entries[0].deadline);
}

KR_TEST(they_are_called_in_the_order_of_time_whatever_order_they_are_set_in)
{
    unsigned char order[5];

    for (unsigned which = 0; which < 120; which++) {
        uint64_t start;

        kr_conformance_permute(which, order, 5);
        do { /* once more where one passes meanwhile */
            start = kr_clock_monotonic() + 2 * MILLISECOND;
            for (unsigned i = 0; i < 5; i++)
                set(order[i], start + order[i] * MILLISECOND / 20);
            kr_deadlines_clear(&entries[order[2]].deadline);
        } while (kr_clock_monotonic() >= start);
        sleep_until(start + MILLISECOND);
        unsigned last = 0;
        for (unsigned i = 0; i < 5; i++) {
            KR_CHECK(entries[i].count == (i == order[2] ? 0 : 1));
            KR_CHECK(i == order[2] || entries[i].order > last);
            last = i == order[2] ? last : entries[i].order;
        }
    }
}

KR_TEST(a_crowd_that_changes_is_called_as_it_was_set_last)
{
    uint64_t start = kr_clock_monotonic() + 400 * MILLISECOND;
    bool cleared[CROWD] = {false};

    for (unsigned i = 0; i < CROWD; i++)
        set(i, start + kr_conformance_random() % (10 * MILLISECOND));
    for (unsigned turn = 0; turn < 5 * CROWD; turn++) {
        unsigned i = kr_conformance_random() % CROWD;

        cleared[i] = kr_conformance_random() % 3 == 0;
        if (cleared[i])
            kr_deadlines_clear(&entries[i].deadline);
        else
            set(i, start + kr_conformance_random() % (10 * MILLISECOND));
    }
    KR_CHECK(kr_clock_monotonic() < start);
    sleep_until(start + 50 * MILLISECOND);
    for (unsigned i = 0; i < CROWD; i++) {
        KR_CHECK(entries[i].count == (cleared[i] ? 0 : 1));
        for (unsigned other = 0; other < i && !cleared[i]; other++)
            KR_CHECK(cleared[other] || entries[i].when == entries[other].when ||
                     (entries[i].when < entries[other].when) == (entries[i].order < entries[other].order));
    }
}

KR_TEST(what_is_called_may_set_itself_and_clear_others)
{
    uint64_t start = kr_clock_monotonic() + 2 * MILLISECOND;

    set(0, start);
    set(1, start + 1);
    entries[0].then = &entries[1]; /* which is due as well by then */
    entries[0].again = MILLISECOND;
    KR_CHECK(comes_to(0, 5));
    KR_CHECK(entries[1].count == 0);
    KR_CHECK(entries[0].count <= (kr_clock_monotonic() - start) / MILLISECOND + 1);
    kr_deadlines_clear(&entries[0].deadline);
    unsigned count = entries[0].count;
    sleep_until(kr_clock_monotonic() + 3 * MILLISECOND);
    KR_CHECK(entries[0].count == count);
}

static void pass_and_free(struct kr_deadline *deadline)
{
    calls++;
    kr_alloc_free(deadline);
}

KR_TEST(what_is_called_may_free_itself)
{
    struct kr_alloc_figures before;
    struct kr_alloc_figures after;

    calls = 0;
    kr_alloc_figures(&before);
    for (unsigned i = 0; i < 50; i++) {
        struct kr_deadline *one = kr_alloc_allocate(sizeof(*one));
        KR_REQUIRE(one != NULL);
        *one = (struct kr_deadline){.passed = pass_and_free};
        kr_deadlines_set(one, kr_clock_monotonic() + i % 7 * MILLISECOND);
    }
    sleep_until(kr_clock_monotonic() + 10 * MILLISECOND);
    kr_alloc_figures(&after);
    KR_CHECK(calls == 50 && after.used == before.used);
}

KR_TEST(one_that_is_always_due_stops_nobody)
{
    set(0, 1);
    entries[0].again = 1;
    for (unsigned i = 0; i < 100; i++)
        kr_sched_yield();
    sleep_until(kr_clock_monotonic() + 2 * MILLISECOND);
    kr_deadlines_clear(&entries[0].deadline);
    KR_CHECK(entries[0].count > 1);
}

KR_SUITE(&test_no_memory_is_told_before_anything_is_set, &test_a_deadline_is_called_once_when_its_time_has_come,
         &test_a_deadline_is_cleared_and_set_anew,
         &test_they_are_called_in_the_order_of_time_whatever_order_they_are_set_in,
         &test_a_crowd_that_changes_is_called_as_it_was_set_last,
         &test_what_is_called_may_set_itself_and_clear_others, &test_what_is_called_may_free_itself,
         &test_one_that_is_always_due_stops_nobody)
