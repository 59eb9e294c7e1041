/* SPDX-License-Identifier: BSD-3-Clause */
/* Options: those that all families share are answered here (man 7 socket). */
#include <kraft/clock.h>
#include <kraft/string.h>

#include "made.h"

#define LEVEL 1 /* SOL_SOCKET */
#define TYPE 3
#define LISTENS 30
#define PROTOCOL 38
#define DOMAIN 39
#define RECEIVE_TIMEOUT 20 /* SO_RCVTIMEO; 66 is its younger number */
#define SEND_TIMEOUT 21
#define RECEIVE_TIMEOUT_64 66
#define SEND_TIMEOUT_64 67

struct timeval {
    int64_t seconds, microseconds;
};

static bool is_timeout(int level, int name)
{
    return level == LEVEL && (name == RECEIVE_TIMEOUT || name == RECEIVE_TIMEOUT_64 ||
                              name == SEND_TIMEOUT || name == SEND_TIMEOUT_64);
}

static uint64_t *timeout_of(struct made *made, int name)
{
    return name == RECEIVE_TIMEOUT || name == RECEIVE_TIMEOUT_64 ? &made->receive_timeout
                                                                : &made->send_timeout;
}

static long set_timeout(struct made *made, int name, const void *value, uint32_t length)
{
    struct timeval time;

    if (length < sizeof(time))
        return -KR_EINVAL;
    memcpy(&time, value, sizeof(time));
    if (time.microseconds < 0 || time.microseconds >= 1000000)
        return -KR_EDOM;
    uint64_t limit = KR_CLOCK_NEVER / KR_CLOCK_SECOND - 1;
    uint64_t *timeout = timeout_of(made, name);
    if (time.seconds < 0)
        *timeout = 1;
    else if ((time.seconds == 0 && time.microseconds == 0) || (uint64_t)time.seconds > limit)
        *timeout = KR_CLOCK_NEVER;
    else
        *timeout = (uint64_t)time.seconds * KR_CLOCK_SECOND + (uint64_t)time.microseconds * 1000;
    return 0;
}

static long give(const void *bytes, uint32_t size, void *value, uint32_t *length)
{
    uint32_t part = *length < size ? *length : size;

    memcpy(value, bytes, part);
    *length = part;
    return 0;
}

static long get_timeout(struct made *made, int name, void *value, uint32_t *length)
{
    uint64_t timeout = *timeout_of(made, name);
    struct timeval time = {0, 0};

    if (timeout != KR_CLOCK_NEVER) {
        time.seconds = (int64_t)(timeout / KR_CLOCK_SECOND);
        time.microseconds = (int64_t)(timeout % KR_CLOCK_SECOND / 1000);
    }
    return give(&time, sizeof(time), value, length);
}

/* What the socket itself says; false where its family has to be asked. */
static bool fact(const struct made *made, int name, int *answer)
{
    switch (name) {
    case TYPE:
        *answer = made->socket.type;
        return true;
    case DOMAIN:
        *answer = made->socket.family;
        return true;
    case PROTOCOL:
        *answer = made->socket.protocol;
        return true;
    case LISTENS:
        *answer = made->listens;
        return true;
    default:
        return false;
    }
}

long kr_syscall_setsockopt(int file, int level, int name, const void *value, uint32_t length)
{
    struct made *made;
    int answer;
    long error = sockets_use(file, &made);

    if (error < 0)
        return error;
    if (is_timeout(level, name))
        error = set_timeout(made, name, value, length);
    else if (level == LEVEL && fact(made, name, &answer))
        error = -KR_ENOPROTOOPT;
    else
        error = made->socket.driver->set_option(&made->socket, level, name, value, length);
    sockets_let_go(made);
    return error;
}

long kr_syscall_getsockopt(int file, int level, int name, void *value, uint32_t *length)
{
    struct made *made;
    int answer;
    long error = sockets_use(file, &made);

    if (error < 0)
        return error;
    if (is_timeout(level, name))
        error = get_timeout(made, name, value, length);
    else if (level == LEVEL && fact(made, name, &answer))
        error = give(&answer, sizeof(answer), value, length);
    else
        error = made->socket.driver->get_option(&made->socket, level, name, value, length);
    sockets_let_go(made);
    return error;
}
