/* SPDX-License-Identifier: BSD-3-Clause */
/* Options (man 7 socket, unix): most are taken and change nothing. */
#include <kraft/string.h>

#include "local.h"

#define LEVEL 1 /* SOL_SOCKET */
#define ERROR 4
#define SEND_BUFFER 7
#define RECEIVE_BUFFER 8
#define PEER_CREDENTIALS 17

/* SO_REUSEADDR, _BROADCAST, _SNDBUF, _RCVBUF, _KEEPALIVE, _PRIORITY, _REUSEPORT, _PASSCRED. */
static bool is_taken(int name)
{
    static const int names[] = {2, 6, SEND_BUFFER, RECEIVE_BUFFER, 9, 12, 15, 16};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (names[i] == name)
            return true;
    return false;
}

int local_set_option(struct kr_socket *socket, int level, int name, const void *value,
                     uint32_t length)
{
    (void)socket, (void)value;
    if (level != LEVEL || !is_taken(name))
        return -KR_ENOPROTOOPT;
    return length < sizeof(int) ? -KR_EINVAL : 0;
}

static int give(const void *bytes, uint32_t size, void *value, uint32_t *length)
{
    uint32_t part = *length < size ? *length : size;

    memcpy(value, bytes, part);
    *length = part;
    return 0;
}

int local_get_option(struct kr_socket *socket, int level, int name, void *value, uint32_t *length)
{
    static const int credentials[] = {1, 0, 0}; /* struct ucred */
    struct local *local = local_of(socket);
    int number = 0;

    if (level != LEVEL)
        return -KR_ENOPROTOOPT;
    if (name == PEER_CREDENTIALS)
        return give(credentials, sizeof(credentials), value, length);
    if (name == ERROR) {
        number = local->error;
        local->error = 0;
    } else if (name == SEND_BUFFER || name == RECEIVE_BUFFER) {
        number = MOST;
    } else if (!is_taken(name)) {
        return -KR_ENOPROTOOPT;
    }
    return give(&number, sizeof(number), value, length);
}
