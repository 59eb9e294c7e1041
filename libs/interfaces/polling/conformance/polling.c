/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What waits: pipes, events, timers, poll and epoll between threads, and what
 * happens when memory runs out. What they answer at once is compared with Linux
 * in test/posix.
 */
#include <kraft/alloc.h>
#include <kraft/clock.h>
#include <kraft/conformance.h>
#include <kraft/hoard.h>
#include <kraft/sched.h>
#include <kraft/string.h>
#include <kraft/syscall-polling.h>
#include <kraft/vfs.h>

#define MILLISECOND (KR_CLOCK_SECOND / 1000)
#define IN 1
#define OUT 4
#define HANGUP 16
#define ADD 1
#define EDGES (UINT32_C(1) << 31)

static int ends[2];
static char bytes[70000];

static struct kr_sched_thread *spawn(void *(*entry)(void *))
{
    struct kr_sched_thread *thread = NULL;

    KR_CHECK(kr_sched_spawn(&thread, entry, NULL, NULL) == 0);
    return thread;
}

static intptr_t result_of(struct kr_sched_thread *thread)
{
    void *result = NULL;

    kr_sched_join(thread, &result);
    return (intptr_t)result;
}

static void let_others_run(void)
{
    kr_sched_sleep(kr_clock_monotonic() + MILLISECOND);
}

static void close_both(void)
{
    kr_vfs_close(ends[0]);
    kr_vfs_close(ends[1]);
}

static void *read_three(void *argument)
{
    char three[3] = {0};

    (void)argument;
    return (void *)(intptr_t)(kr_vfs_read(ends[0], three, 3) * 1000 + three[0]);
}

KR_TEST(a_reader_waits_for_a_writer)
{
    KR_REQUIRE(kr_syscall_pipe(ends, 0) == 0);
    struct kr_sched_thread *reader = spawn(read_three);
    let_others_run();
    KR_CHECK(kr_vfs_write(ends[1], "ab", 2) == 2);
    KR_CHECK(result_of(reader) == 2000 + 'a');
    reader = spawn(read_three);
    let_others_run();
    kr_vfs_close(ends[1]);
    KR_CHECK(result_of(reader) == 0);
    kr_vfs_close(ends[0]);
}

static void *write_much(void *argument)
{
    (void)argument;
    return (void *)(intptr_t)kr_vfs_write(ends[1], bytes, sizeof(bytes));
}

KR_TEST(a_writer_waits_for_room_and_every_byte_arrives)
{
    static char got[sizeof(bytes)];
    size_t done = 0;

    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (char)(i * 7);
    KR_REQUIRE(kr_syscall_pipe(ends, 0) == 0);
    struct kr_sched_thread *writer = spawn(write_much);
    let_others_run();
    while (done < sizeof(got)) {
        int64_t count = kr_vfs_read(ends[0], got + done, 1 + kr_conformance_random() % 5000);
        KR_REQUIRE(count > 0);
        done += (size_t)count;
    }
    KR_CHECK(memcmp(got, bytes, sizeof(got)) == 0);
    KR_CHECK(result_of(writer) == (intptr_t)sizeof(bytes));
    writer = spawn(write_much);
    let_others_run();
    kr_vfs_close(ends[0]); /* 65,536 were taken before */
    KR_CHECK(result_of(writer) == 65536);
    kr_vfs_close(ends[1]);
}

KR_TEST(short_writes_are_never_divided)
{
    int64_t sum = 0;

    KR_REQUIRE(kr_syscall_pipe(ends, KR_VFS_NON_BLOCKING) == 0);
    for (unsigned turn = 0; turn < 2000; turn++) {
        size_t length = 1 + kr_conformance_random() % 4096;
        int64_t written = kr_vfs_write(ends[1], bytes, length);
        KR_CHECK(written == (int64_t)length || written == -KR_EAGAIN);
        sum += written > 0 ? written : 0;
        int64_t got = kr_vfs_read(ends[0], bytes, 1 + kr_conformance_random() % 4096);
        KR_CHECK(got > 0 || got == -KR_EAGAIN);
        sum -= got > 0 ? got : 0;
    }
    for (int64_t got; (got = kr_vfs_read(ends[0], bytes, sizeof(bytes))) > 0;)
        sum -= got;
    KR_CHECK(sum == 0);
    close_both();
}

static void *poll_for_input(void *argument)
{
    struct kr_syscall_poll items[2] = {{ends[0], IN, 0}, {-1, IN, 0}};
    long found = kr_syscall_poll(items, 2, 1000);

    (void)argument;
    return (void *)(intptr_t)(found * 1000 + items[0].revents);
}

KR_TEST(poll_is_woken_by_what_it_waits_for)
{
    KR_REQUIRE(kr_syscall_pipe(ends, 0) == 0);
    struct kr_sched_thread *one = spawn(poll_for_input);
    struct kr_sched_thread *other = spawn(poll_for_input);
    let_others_run();
    kr_vfs_write(ends[1], "x", 1);
    KR_CHECK(result_of(one) == 1000 + IN && result_of(other) == 1000 + IN);
    kr_vfs_read(ends[0], bytes, 1);
    one = spawn(poll_for_input);
    let_others_run();
    kr_vfs_close(ends[1]);
    KR_CHECK(result_of(one) == 1000 + HANGUP);
    kr_vfs_close(ends[0]);
}

KR_TEST(poll_ends_in_time)
{
    struct kr_syscall_poll item = {-1, IN, 0};
    uint64_t start = kr_clock_monotonic();

    KR_CHECK(kr_syscall_poll(&item, 1, 20) == 0);
    KR_CHECK(kr_clock_monotonic() - start >= 20 * MILLISECOND);
    KR_CHECK(kr_syscall_poll(NULL, 0, 0) == 0);
}

static int set;

static void add(int file, uint32_t events)
{
    const struct kr_syscall_epoll_event event = {events, (uint64_t)file};

    KR_CHECK(kr_syscall_epoll_ctl(set, ADD, file, &event) == 0);
}

static void *wait_in_set(void *argument)
{
    struct kr_syscall_epoll_event event = {0};
    long found = kr_syscall_epoll_pwait(set, &event, 1, 1000, NULL, 0);

    (void)argument;
    return (void *)(intptr_t)(found * 1000 + (long)event.data);
}

KR_TEST(a_set_wakes_one_thread_for_one_edge)
{
    set = (int)kr_syscall_epoll_create(0);
    KR_REQUIRE(kr_syscall_pipe(ends, 0) == 0);
    add(ends[0], IN | EDGES);
    struct kr_sched_thread *one = spawn(wait_in_set);
    struct kr_sched_thread *other = spawn(wait_in_set);
    let_others_run();
    kr_vfs_write(ends[1], "x", 1);
    KR_CHECK(result_of(one) == 1000 + ends[0]);
    kr_vfs_write(ends[1], "y", 1);
    KR_CHECK(result_of(other) == 1000 + ends[0]);
    close_both();
    KR_CHECK(kr_vfs_close(set) == 0);
}

KR_TEST(a_set_may_be_closed_while_a_thread_waits_in_it)
{
    set = (int)kr_syscall_epoll_create(0);
    KR_REQUIRE(kr_syscall_pipe(ends, 0) == 0);
    add(ends[0], IN);
    struct kr_sched_thread *waiter = spawn(wait_in_set);
    let_others_run();
    kr_vfs_close(set);
    close_both();
    KR_CHECK(result_of(waiter) == 0);
}

KR_TEST(a_wait_costs_what_is_ready_whatever_is_watched)
{
    static int many[900];
    uint64_t one = 1;
    struct kr_syscall_epoll_event event;
    int ready = (int)kr_syscall_eventfd(0, 0);

    set = (int)kr_syscall_epoll_create(0);
    add(ready, IN | EDGES);
    for (unsigned i = 0; i < 900; i++) {
        many[i] = (int)kr_syscall_eventfd(0, 0);
        add(many[i], IN);
    }
    for (unsigned turn = 0; turn < 1000; turn++) {
        kr_vfs_write(ready, &one, sizeof(one));
        KR_CHECK(kr_syscall_epoll_pwait(set, &event, 1, 0, NULL, 0) == 1);
    }
    for (unsigned i = 0; i < 900; i++)
        kr_vfs_close(many[i]);
    kr_vfs_close(ready);
    kr_vfs_close(set);
}

static void *read_timer(void *argument)
{
    uint64_t count = 0;

    (void)argument;
    kr_vfs_read(ends[0], &count, sizeof(count));
    return (void *)(uintptr_t)count;
}

KR_TEST(timers_go_off_in_order_whoever_waits)
{
    struct kr_syscall_timer soon = {{0, 0}, {0, 5 * (int64_t)MILLISECOND}};
    struct kr_syscall_timer later = {{0, 0}, {0, 12 * (int64_t)MILLISECOND}};
    struct kr_syscall_epoll_event event;
    int first = (int)kr_syscall_timerfd_create(1, 0);

    ends[0] = (int)kr_syscall_timerfd_create(1, 0);
    KR_REQUIRE(first >= 0 && ends[0] >= 0);
    set = (int)kr_syscall_epoll_create(0);
    add(first, IN);
    KR_CHECK(kr_syscall_timerfd_settime(ends[0], 0, &later, NULL) == 0);
    KR_CHECK(kr_syscall_timerfd_settime(first, 0, &soon, NULL) == 0);
    struct kr_sched_thread *reader = spawn(read_timer);
    uint64_t start = kr_clock_monotonic();
    KR_CHECK(kr_syscall_epoll_pwait(set, &event, 1, -1, NULL, 0) == 1);
    KR_CHECK(kr_clock_monotonic() - start >= 4 * MILLISECOND);
    KR_CHECK(result_of(reader) == 1);
    KR_CHECK(kr_clock_monotonic() - start >= 11 * MILLISECOND);
    kr_vfs_close(first);
    kr_vfs_close(ends[0]);
    kr_vfs_close(set);
}

static void *hoard;

static void give_back(unsigned count)
{
    for (unsigned i = 0; (count == 0 || i < count) && kr_hoard_give_back_one(&hoard); i++)
        ;
}

static long make_pipe(void)
{
    return kr_syscall_pipe(ends, 0);
}

static long make_event(void)
{
    ends[0] = (int)kr_syscall_eventfd(1, 0);
    ends[1] = -1;
    return ends[0];
}

static long make_set(void)
{
    const struct kr_syscall_epoll_event event = {IN, 0};

    ends[0] = (int)kr_syscall_epoll_create(0);
    ends[1] = -1;
    if (ends[0] < 0)
        return ends[0];
    long error = kr_syscall_epoll_ctl(ends[0], ADD, set, &event);
    if (error < 0)
        kr_vfs_close(ends[0]);
    return error;
}

KR_TEST(what_has_no_memory_has_done_nothing)
{
    static long (*const calls[])(void) = {make_pipe, make_event, make_set};

    set = (int)kr_syscall_eventfd(1, 0);
    for (unsigned i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
        int next = kr_vfs_dup(set); /* the lowest descriptor that is free */
        long result = -KR_ENOMEM;

        kr_vfs_close(next);
        kr_hoard_take_all(&hoard);
        for (unsigned turn = 0; turn < 1000 && result < 0; turn++) {
            result = calls[i]();
            KR_CHECK(result >= 0 || result == -KR_ENOMEM);
            give_back(1);
        }
        give_back(0);
        KR_CHECK(result >= 0 && ends[0] == next);
        kr_vfs_close(ends[0]);
        if (ends[1] >= 0)
            kr_vfs_close(ends[1]);
    }
    kr_vfs_close(set);
}

KR_SUITE(&test_a_reader_waits_for_a_writer,
         &test_a_writer_waits_for_room_and_every_byte_arrives,
         &test_short_writes_are_never_divided, &test_poll_is_woken_by_what_it_waits_for,
         &test_poll_ends_in_time, &test_a_set_wakes_one_thread_for_one_edge,
         &test_a_set_may_be_closed_while_a_thread_waits_in_it,
         &test_a_wait_costs_what_is_ready_whatever_is_watched,
         &test_timers_go_off_in_order_whoever_waits, &test_what_has_no_memory_has_done_nothing)
