/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * How threads begin and end (man 2 clone, set_tid_address, set_robust_list),
 * and signals to one that waits.
 */
#include <kraft/alloc.h>
#include <kraft/clock.h>
#include <kraft/conformance.h>
#include <kraft/hoard.h>
#include <kraft/sched.h>
#include <kraft/signals.h>
#include <kraft/syscall-signals.h>
#include <kraft/syscall-threads.h>
#include <kraft/thread-signals.h>

#define MILLISECOND (KR_CLOCK_SECOND / 1000)
#define CROWD 4u
#define STACK 32768u

#define WAIT 0
#define WAKE 1
#define REQUEUE 3
#define ALL 0x7fffffff

#define PARENT_SETTID 0x00100000
#define CHILD_CLEARTID 0x00200000
#define CHILD_SETTID 0x01000000

#define USER 10 /* SIGUSR1 */
#define RESTART 0x10000000u

#define OWNER_DIED 0x40000000
#define WAITERS ((int)0x80000000)

static char stacks[CROWD][STACK] __attribute__((aligned(64)));
static struct thread {
    int (*body)(void);
    int given;      /* to the parent */
    int alive;      /* the child's id, until it has ended */
    int word;       /* what it waits for */
    long result;
    int id, signals;
    uint64_t blocked;
} threads[CROWD];

static long futex(int *word, int operation, int value)
{
    return kr_syscall_futex(word, operation, value, NULL, NULL, 0);
}

static int begin(void *argument)
{
    struct thread *self = argument;

    self->id = (int)kr_syscall_gettid();
    self->blocked = kr_thread_signals_self()->blocked;
    self->signals = kr_thread_signals_self()->thread;
    return self->body();
}

static long start(unsigned i, int (*body)(void))
{
    threads[i] = (struct thread){.body = body};
    return kr_syscall_clone(begin, stacks[i] + STACK, PARENT_SETTID | CHILD_SETTID | CHILD_CLEARTID,
                            &threads[i], &threads[i].given, NULL, &threads[i].alive);
}

static void join(unsigned i)
{
    for (int id; (id = *(volatile int *)&threads[i].alive) != 0;)
        (void)futex(&threads[i].alive, WAIT, id);
}

static struct thread *self(void)
{
    unsigned i = 0;

    while (i < CROWD && threads[i].id != kr_syscall_gettid())
        i++;
    return &threads[i];
}

static int wait_here(void)
{
    struct thread *thread = self();

    do
        thread->result = futex(&thread->word, WAIT, 0);
    while (thread->result == -KR_EINTR && kr_signals_interrupted());
    return 0;
}

/* Returns when somebody waits for (word). */
static void await_word(int *word)
{
    while (kr_syscall_futex(word, REQUEUE, 0, (const void *)(long)ALL, word, 0) == 0)
        kr_sched_yield();
}

static void await(unsigned i)
{
    await_word(&threads[i].word);
}

static int do_nothing(void)
{
    return 0;
}

KR_TEST(a_thread_has_an_id_that_is_told_and_cleared)
{
    int last = (int)kr_syscall_gettid();

    for (unsigned i = 0; i < 100; i++) {
        long id = start(i % CROWD, do_nothing);
        struct thread *one = &threads[i % CROWD];
        KR_CHECK(id > 0 && id != last && one->given == id && one->alive == id);
        join(i % CROWD);
        KR_CHECK(one->id == id && one->signals == id && one->alive == 0);
        KR_CHECK(kr_thread_signals_of((int)id) == NULL);
        last = (int)id;
    }
}

KR_TEST(threads_begin_and_end_in_every_order)
{
    unsigned char first[CROWD];
    unsigned char then[CROWD];

    for (unsigned which = 0; which < 24 * 24; which++) {
        kr_conformance_permute(which % 24, first, CROWD);
        kr_conformance_permute(which / 24, then, CROWD);
        for (unsigned i = 0; i < CROWD; i++)
            KR_CHECK(start(first[i], wait_here) > 0);
        for (unsigned i = 0; i < CROWD; i++) {
            await(then[i]);
            KR_CHECK(futex(&threads[then[i]].word, WAKE, 1) == 1);
            join(then[i]);
            KR_CHECK(threads[then[i]].result == 0);
        }
    }
    KR_CHECK(kr_thread_signals_next(kr_thread_signals_next(NULL)) == NULL); /* main is alone */
}

KR_TEST(a_thread_blocks_what_its_maker_does)
{
    uint64_t set = 0x2a0;

    KR_CHECK(kr_syscall_rt_sigprocmask(0, &set, NULL, sizeof(set)) == 0);
    KR_CHECK(start(0, do_nothing) > 0);
    join(0);
    KR_CHECK(threads[0].blocked == set);
    KR_CHECK(kr_syscall_rt_sigprocmask(1, &set, NULL, sizeof(set)) == 0);
}

static unsigned handled;
static long handled_by;

static void handle(int signal)
{
    handled += signal == USER;
    handled_by = kr_syscall_gettid();
}

static void send(unsigned i)
{
    const struct kr_signals_information information = {.signal = USER, .code = KR_SIGNALS_THREAD};

    KR_CHECK(kr_signals_send((int)threads[i].given, &information, NULL) == 0);
}

static void catch(uint64_t flags)
{
    const struct kr_syscall_action action = {.handler = handle, .flags = flags};

    handled = 0;
    KR_CHECK(kr_syscall_rt_sigaction(USER, &action, NULL, sizeof(uint64_t)) == 0);
}

KR_TEST(a_signal_ends_the_wait_of_the_thread_that_it_is_for)
{
    for (unsigned chosen = 0; chosen < 3; chosen++) {
        catch(0);
        for (unsigned i = 0; i < 3; i++) {
            KR_CHECK(start(i, wait_here) > 0);
            await(i);
        }
        send(chosen);
        join(chosen);
        KR_CHECK(handled == 1 && handled_by == threads[chosen].given);
        KR_CHECK(threads[chosen].result == -KR_EINTR);
        for (unsigned i = 0; i < 3; i++)
            KR_CHECK(futex(&threads[i].word, WAKE, ALL) == (i == chosen ? 0 : 1));
        for (unsigned i = 0; i < 3; i++)
            join(i);
    }
}

KR_TEST(a_wait_that_may_go_on_does_and_is_woken)
{
    catch(RESTART);
    KR_CHECK(start(0, wait_here) > 0);
    for (unsigned i = 1; i <= 5; i++) {
        await(0);
        send(0);
        while (handled < i)
            kr_sched_yield();
    }
    await(0);
    KR_CHECK(futex(&threads[0].word, WAKE, 1) == 1);
    join(0);
    KR_CHECK(threads[0].result == 0 && handled == 5);
}

KR_TEST(a_signal_that_a_thread_blocks_ends_nothing)
{
    uint64_t set = UINT64_C(1) << (USER - 1);

    catch(0);
    KR_CHECK(kr_syscall_rt_sigprocmask(0, &set, NULL, sizeof(set)) == 0);
    KR_CHECK(start(0, wait_here) > 0);
    await(0);
    send(0);
    kr_sched_sleep(kr_clock_monotonic() + MILLISECOND);
    KR_CHECK(handled == 0 && threads[0].alive != 0);
    KR_CHECK(futex(&threads[0].word, WAKE, 1) == 1);
    join(0);
    KR_CHECK(threads[0].result == 0);
    KR_CHECK(kr_syscall_rt_sigprocmask(1, &set, NULL, sizeof(set)) == 0);
    KR_CHECK(handled == 0); /* it was the thread's, which is no more */
}

/* Locks as pthread_mutex_t has them: an entry, and a word behind it. */
static struct lock {
    struct kr_syscall_robust entry;
    int word;
} locks[4];
static struct kr_syscall_robust list;

#define OFFSET ((long)offsetof(struct lock, word))

static int die_with_locks(void)
{
    int id = (int)kr_syscall_gettid();

    list = (struct kr_syscall_robust){&locks[0].entry, OFFSET, &locks[3].entry};
    KR_CHECK(kr_syscall_set_robust_list(&list, sizeof(list) - 1) == -KR_EINVAL);
    KR_CHECK(kr_syscall_set_robust_list(&list, sizeof(list)) == 0);
    locks[0] = (struct lock){{&locks[1].entry, 0, NULL}, id};
    locks[1] = (struct lock){{&locks[2].entry, 0, NULL}, id | WAITERS};
    locks[2] = (struct lock){{&list, 0, NULL}, id + 1}; /* another's by now */
    locks[3].word = id | WAITERS;                       /* about to be let go */
    return wait_here();
}

static int wait_for_lock(void)
{
    struct thread *thread = self();
    int *word = &locks[thread - threads].word;

    thread->result = futex(word, WAIT, *word);
    return 0;
}

KR_TEST(locks_of_a_thread_that_ends_are_found_abandoned)
{
    KR_CHECK(start(0, die_with_locks) > 0);
    int id = threads[0].given;
    await(0);
    KR_CHECK(start(1, wait_for_lock) > 0 && start(3, wait_for_lock) > 0);
    await_word(&locks[1].word);
    await_word(&locks[3].word);
    KR_CHECK(futex(&threads[0].word, WAKE, 1) == 1);
    join(0);
    join(1);
    join(3);
    KR_CHECK(threads[1].result == 0 && threads[3].result == 0);
    KR_CHECK(locks[0].word == OWNER_DIED);
    KR_CHECK(locks[1].word == (WAITERS | OWNER_DIED) && locks[3].word == (WAITERS | OWNER_DIED));
    KR_CHECK(locks[2].word == id + 1);
}

static int die_in_a_circle(void)
{
    list = (struct kr_syscall_robust){&locks[0].entry, OFFSET, NULL};
    locks[0] = (struct lock){{&locks[1].entry, 0, NULL}, (int)kr_syscall_gettid()};
    locks[1] = (struct lock){{&locks[0].entry, 0, NULL}, (int)kr_syscall_gettid()};
    KR_CHECK(kr_syscall_set_robust_list(&list, sizeof(list)) == 0);
    return 0;
}

KR_TEST(a_list_of_locks_without_an_end_ends)
{
    KR_CHECK(start(0, die_in_a_circle) > 0);
    join(0);
    KR_CHECK(locks[0].word == OWNER_DIED && locks[1].word == OWNER_DIED);
}

static void *hoard;

/* The nth allocation fails, for every n until there is a thread. */
KR_TEST(a_thread_that_has_no_memory_is_none)
{
    struct kr_alloc_figures before;
    struct kr_alloc_figures after;
    long id;

    kr_alloc_figures(&before);
    kr_hoard_take_all(&hoard);
    while ((id = start(0, wait_here)) < 0 && KR_CHECK(id == -KR_ENOMEM || id == -KR_EAGAIN)) {
        KR_CHECK(threads[0].given == 0 && threads[0].alive == 0);
        if (!kr_hoard_give_back_one(&hoard))
            break;
    }
    KR_CHECK(id > 0);
    await(0);
    KR_CHECK(futex(&threads[0].word, WAKE, 1) == 1);
    join(0);
    while (kr_hoard_give_back_one(&hoard))
        ;
    kr_alloc_figures(&after);
    KR_CHECK(after.used == before.used);
}

KR_SUITE(&test_a_thread_has_an_id_that_is_told_and_cleared, &test_threads_begin_and_end_in_every_order,
         &test_a_thread_blocks_what_its_maker_does, &test_a_signal_ends_the_wait_of_the_thread_that_it_is_for,
         &test_a_wait_that_may_go_on_does_and_is_woken, &test_a_signal_that_a_thread_blocks_ends_nothing,
         &test_locks_of_a_thread_that_ends_are_found_abandoned, &test_a_list_of_locks_without_an_end_ends,
         &test_a_thread_that_has_no_memory_is_none)
