/* SPDX-License-Identifier: BSD-3-Clause */
/* What is sent and received, with addresses and control data. */
#include <kraft/clock.h>
#include <kraft/syscall-signals.h>
#include <kraft/syscall-threads.h>

#include "made.h"

#define BROKEN_PIPE 13 /* SIGPIPE */
#define MOST 1024      /* parts, and messages of one call */
#define ONE_WAITS 0x10000 /* MSG_WAITFORONE */

static long checked(const struct kr_syscall_message *message)
{
    size_t sum = 0;

    if (message->count > MOST)
        return -KR_EMSGSIZE;
    for (size_t i = 0; i < message->count; i++)
        if (__builtin_add_overflow(sum, message->parts[i].length, &sum) || sum > PTRDIFF_MAX)
            return -KR_EINVAL;
    return 0;
}

long kr_syscall_sendmsg(int file, const struct kr_syscall_message *message, int flags)
{
    struct made *made;
    long error = sockets_use(file, &made);

    if (error < 0)
        return error;
    int64_t result = checked(message);
    if (result == 0)
        result = sockets_send(made, message, flags, sockets_waits(file, flags));
    sockets_let_go(made);
    if (result == -KR_EPIPE && (flags & NO_SIGNAL) == 0)
        kr_syscall_tkill((int)kr_syscall_gettid(), BROKEN_PIPE);
    return result;
}

long kr_syscall_sendto(int file, const void *bytes, size_t size, int flags, const void *address,
                       uint32_t length)
{
    struct kr_syscall_socket_part part = {(void *)(uintptr_t)bytes, size};
    const struct kr_syscall_message message = {
        .address = (void *)(uintptr_t)address,
        .address_length = address == NULL ? 0 : length,
        .parts = &part,
        .count = 1,
    };

    return kr_syscall_sendmsg(file, &message, flags);
}

/* MSG_WAITALL: (message) is full of a stream's bytes, of which it has (done). */
static int64_t receive_all(struct made *made, const struct kr_syscall_message *message, int flags,
                           int64_t done)
{
    size_t skip = (size_t)done;

    for (size_t i = 0; i < message->count; i++) {
        struct kr_syscall_socket_part part = message->parts[i];
        struct kr_syscall_message rest = {.parts = &part, .count = 1};
        size_t taken = skip < part.length ? skip : part.length;

        skip -= taken;
        while (part.length > taken) {
            part.bytes = (char *)part.bytes + taken;
            part.length -= taken;
            int64_t received = sockets_receive(made, &rest, flags, true);
            if (received <= 0)
                return done;
            taken = (size_t)received;
            done += received;
        }
    }
    return done;
}

long kr_syscall_recvmsg(int file, struct kr_syscall_message *message, int flags)
{
    struct made *made;
    long error = sockets_use(file, &made);

    if (error < 0)
        return error;
    bool waits = sockets_waits(file, flags);
    int64_t result = checked(message);
    if (result == 0) {
        message->flags = 0;
        result = sockets_receive(made, message, flags, waits);
    }
    if (result > 0 && waits && (flags & (WAIT_ALL | KR_SOCKET_PEEK)) == WAIT_ALL &&
        made->socket.type == KR_SOCKET_STREAM)
        result = receive_all(made, message, flags, result);
    sockets_let_go(made);
    return result;
}

long kr_syscall_recvfrom(int file, void *bytes, size_t size, int flags, void *address,
                         uint32_t *length)
{
    struct kr_syscall_socket_part part = {bytes, size};
    struct kr_syscall_message message = {
        .address = length == NULL ? NULL : address,
        .address_length = address == NULL || length == NULL ? 0 : *length,
        .parts = &part,
        .count = 1,
    };

    long result = kr_syscall_recvmsg(file, &message, flags);
    if (result >= 0 && address != NULL && length != NULL)
        *length = message.address_length;
    return result;
}

long kr_syscall_sendmmsg(int file, struct kr_syscall_messages *messages, unsigned count, int flags)
{
    long result = 0;

    for (unsigned i = 0; i < count && i < MOST; i++) {
        result = kr_syscall_sendmsg(file, &messages[i].message, flags);
        if (result < 0)
            return i > 0 ? (long)i : result;
        messages[i].length = (uint32_t)result;
    }
    return count < MOST ? (long)count : MOST;
}

long kr_syscall_recvmmsg(int file, struct kr_syscall_messages *messages, unsigned count, int flags,
                         struct kr_syscall_time *time)
{
    /* As on Linux, the time is looked at after each message only. */
    uint64_t wait = time == NULL ? KR_CLOCK_NEVER
                                 : (uint64_t)time->seconds * KR_CLOCK_SECOND +
                                       (uint64_t)time->nanoseconds;
    uint64_t deadline = sockets_deadline(wait);
    unsigned done = 0;

    while (done < count) {
        long result = kr_syscall_recvmsg(file, &messages[done].message, flags & ~ONE_WAITS);
        if (result < 0)
            return done > 0 ? (long)done : result;
        messages[done++].length = (uint32_t)result;
        if ((flags & ONE_WAITS) != 0)
            flags |= DONT_WAIT;
        if (kr_clock_monotonic() >= deadline)
            break;
    }
    return (long)done;
}
