/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sockets of whichever family there is for a program alone, AF_UNIX: what waits,
 * what ends a wait, open files that travel, and each call with each of its
 * allocations failing. What they answer at once is compared with Linux in
 * test/posix.
 */
#include <kraft/alloc.h>
#include <kraft/conformance.h>
#include <kraft/sched.h>
#include <kraft/string.h>
#include <kraft/syscall-sockets.h>
#include <kraft/vfs.h>

#define LOCAL 1
#define STREAM 1
#define DATAGRAM 2
#define ENDED_SENDING 1 /* SHUT_WR */

/* One descriptor as control data (man 3 cmsg). */
struct control {
    size_t length;
    int level, type, file, padding;
};
#define CONTROL_LENGTH (sizeof(struct control) - sizeof(int))

static int pair[2];

static bool open_pair(int type)
{
    return KR_CHECK(kr_syscall_socketpair(LOCAL, type, 0, pair) == 0);
}

static void close_pair(void)
{
    KR_CHECK(kr_vfs_close(pair[0]) == 0 && kr_vfs_close(pair[1]) == 0);
}

static long send_text(int file, const char *text, size_t length)
{
    return kr_syscall_sendto(file, text, length, 0, NULL, 0);
}

KR_TEST(a_stream_keeps_order_and_ends)
{
    char text[8] = "";

    if (!open_pair(STREAM))
        return;
    KR_CHECK(send_text(pair[0], "one", 3) == 3 && send_text(pair[0], "two", 3) == 3);
    KR_CHECK(kr_syscall_shutdown(pair[0], ENDED_SENDING) == 0);
    KR_CHECK(kr_syscall_recvfrom(pair[1], text, 4, 0, NULL, NULL) == 4);
    KR_CHECK(memcmp(text, "onet", 4) == 0);
    KR_CHECK(kr_syscall_recvfrom(pair[1], text, 8, 0, NULL, NULL) == 2);
    KR_CHECK(kr_syscall_recvfrom(pair[1], text, 8, 0, NULL, NULL) == 0);
    close_pair();
}

static void *receive(void *argument)
{
    char byte;

    (void)argument;
    return (void *)(intptr_t)kr_syscall_recvfrom(pair[1], &byte, 1, 0, NULL, NULL);
}

static struct kr_sched_thread *receiver(void)
{
    struct kr_sched_thread *thread = NULL;

    KR_CHECK(kr_sched_spawn(&thread, receive, NULL, NULL) == 0);
    kr_sched_yield();
    return thread;
}

static intptr_t result_of(struct kr_sched_thread *thread)
{
    void *result = NULL;

    kr_sched_join(thread, &result);
    return (intptr_t)result;
}

KR_TEST(who_receives_waits_for_who_sends)
{
    if (!open_pair(DATAGRAM))
        return;
    struct kr_sched_thread *thread = receiver();
    KR_CHECK(send_text(pair[0], "x", 1) == 1);
    KR_CHECK(result_of(thread) == 1);
    close_pair();
}

KR_TEST(an_interruption_ends_a_wait_and_takes_nothing)
{
    char byte = 0;

    if (!open_pair(STREAM))
        return;
    struct kr_sched_thread *thread = receiver();
    kr_sched_interrupt(thread);
    KR_CHECK(result_of(thread) == -KR_EINTR);
    KR_CHECK(send_text(pair[0], "y", 1) == 1);
    KR_CHECK(kr_syscall_recvfrom(pair[1], &byte, 1, 0, NULL, NULL) == 1 && byte == 'y');
    close_pair();
}

static long send_file(int socket, int file)
{
    char byte = '!';
    struct kr_syscall_socket_part part = {&byte, 1};
    struct control control = {.length = CONTROL_LENGTH, .level = 1, .type = 1, .file = file};
    const struct kr_syscall_message message = {
        .parts = &part, .count = 1, .control = &control, .control_length = sizeof(control),
    };

    return kr_syscall_sendmsg(socket, &message, 0);
}

static int receive_file(int socket)
{
    char byte;
    struct kr_syscall_socket_part part = {&byte, 1};
    struct control control = {.file = -1};
    struct kr_syscall_message message = {
        .parts = &part, .count = 1, .control = &control, .control_length = sizeof(control),
    };

    KR_CHECK(kr_syscall_recvmsg(socket, &message, 0) == 1);
    return message.control_length == 0 ? -1 : control.file;
}

KR_TEST(an_open_file_lives_while_it_travels)
{
    int other[2];
    char byte = 0;

    if (!open_pair(STREAM) || !KR_CHECK(kr_syscall_socketpair(LOCAL, STREAM, 0, other) == 0))
        return;
    KR_CHECK(send_file(pair[0], other[0]) == 1);
    KR_CHECK(kr_vfs_close(other[0]) == 0);
    int file = receive_file(pair[1]);
    KR_CHECK(file >= 0 && send_text(file, "z", 1) == 1);
    KR_CHECK(kr_syscall_recvfrom(other[1], &byte, 1, 0, NULL, NULL) == 1 && byte == 'z');
    KR_CHECK(send_file(pair[0], file) == 1); /* nobody receives it */
    KR_CHECK(kr_vfs_close(file) == 0);
    close_pair();
    KR_CHECK(kr_syscall_recvfrom(other[1], &byte, 1, 0, NULL, NULL) == 0); /* so it is closed */
    KR_CHECK(kr_vfs_close(other[1]) == 0);
    if (open_pair(STREAM)) {
        KR_CHECK(send_file(pair[0], 1000) == -KR_EBADF);
        close_pair();
    }
}

static void *hoard; /* a chain of all the memory there is, largest pieces first */

static void take_all(void)
{
    for (size_t size = 1u << 24; size >= 16; size /= 2)
        for (void **piece; (piece = kr_alloc_allocate(size)) != NULL; hoard = piece)
            *piece = hoard;
}

static bool give_back(bool all)
{
    bool any = hoard != NULL;

    do {
        void **piece = hoard;

        if (piece == NULL)
            break;
        hoard = *piece;
        kr_alloc_free(piece);
    } while (all);
    return any;
}

static int made[2];

static long make_pair(void)
{
    return kr_syscall_socketpair(LOCAL, STREAM, 0, made);
}

static long make_one(void)
{
    long file = kr_syscall_socket(LOCAL, DATAGRAM, 0);

    made[0] = (int)file;
    made[1] = -1;
    return file < 0 ? file : 0;
}

static long send_some(void)
{
    made[0] = made[1] = -1;
    return send_text(pair[0], "some bytes", 10) < 0 ? -KR_ENOMEM : 0;
}

static long send_right(void)
{
    long sent = send_file(pair[0], pair[1]);

    made[0] = made[1] = -1;
    return sent < 0 ? sent : 0;
}

/* The nth allocation fails, for every n until it is done. */
static void until_done(long (*call)(void))
{
    long result = -KR_ENOMEM;
    unsigned failures = 0;

    take_all();
    for (; result < 0; failures++) {
        result = call();
        KR_CHECK(result == 0 || result == -KR_ENOMEM);
        if (result < 0 && !give_back(false))
            break;
    }
    give_back(true);
    KR_CHECK(result == 0 && failures > 1);
    for (int i = 0; i < 2; i++)
        if (made[i] >= 0)
            KR_CHECK(kr_vfs_close(made[i]) == 0);
}

KR_TEST(a_call_without_memory_has_done_nothing)
{
    static long (*const calls[])(void) = {make_pair, make_one, send_some, send_right};
    struct kr_alloc_figures before;
    struct kr_alloc_figures after;
    char text[16];

    kr_alloc_figures(&before);
    for (unsigned i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
        if (!open_pair(DATAGRAM))
            return;
        until_done(calls[i]);
        if (calls[i] == send_some)
            KR_CHECK(kr_syscall_recvfrom(pair[1], text, sizeof(text), 0, NULL, NULL) == 10);
        if (calls[i] == send_right) {
            int file = receive_file(pair[1]);
            KR_CHECK(file >= 0 && kr_vfs_close(file) == 0);
        }
        close_pair();
    }
    kr_alloc_figures(&after);
    KR_CHECK(after.used == before.used);
}

KR_SUITE(&test_a_stream_keeps_order_and_ends, &test_who_receives_waits_for_who_sends,
         &test_an_interruption_ends_a_wait_and_takes_nothing,
         &test_an_open_file_lives_while_it_travels, &test_a_call_without_memory_has_done_nothing)
