/* SPDX-License-Identifier: BSD-3-Clause */
/* Options: Linux's levels and names, the stack's options (man 7 socket, tcp, ipv6). */
#include <kraft/string.h>

#include "family.h"

#define LEVEL_SOCKET 1
#define LEVEL_IP 0
#define LEVEL_TCP 6
#define LEVEL_IPV6 41
#define LINGER 13
#define NOTHING (-1) /* accepted, 0 when asked */

struct row {
    int level, name, option;
    bool only_read;
};

static const struct row rows[] = {
    {LEVEL_SOCKET, 2, KR_NETSTACK_REUSE_ADDRESS, false},
    {LEVEL_SOCKET, 4, KR_NETSTACK_ERROR, true},
    {LEVEL_SOCKET, 6, KR_NETSTACK_BROADCAST, false},
    {LEVEL_SOCKET, 7, KR_NETSTACK_SEND_BUFFER, false},
    {LEVEL_SOCKET, 8, KR_NETSTACK_RECEIVE_BUFFER, false},
    {LEVEL_SOCKET, 9, KR_NETSTACK_KEEPALIVE, false},
    {LEVEL_SOCKET, 12, NOTHING, false}, /* SO_PRIORITY */
    {LEVEL_SOCKET, 15, KR_NETSTACK_REUSE_ADDRESS, false}, /* SO_REUSEPORT */
    {LEVEL_TCP, 1, KR_NETSTACK_NODELAY, false},
    {LEVEL_TCP, 4, KR_NETSTACK_KEEP_IDLE, false},
    {LEVEL_TCP, 5, KR_NETSTACK_KEEP_INTERVAL, false},
    {LEVEL_TCP, 6, KR_NETSTACK_KEEP_COUNT, false},
    {LEVEL_TCP, 12, NOTHING, false}, /* TCP_QUICKACK */
    {LEVEL_IP, 1, NOTHING, false},   /* IP_TOS */
    {LEVEL_IP, 11, NOTHING, false},  /* IP_RECVERR: musl's resolver asks for it */
    {LEVEL_IPV6, 25, NOTHING, false},
    {LEVEL_IPV6, 26, KR_NETSTACK_IPV6_ONLY, false},
    {LEVEL_IPV6, 67, NOTHING, false}, /* IPV6_TCLASS */
};

static const struct row *find(int level, int name)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (rows[i].level == level && rows[i].name == name)
            return &rows[i];
    return NULL;
}

/* struct linger: off is how it is, on is not to be had. */
static int set_linger(const void *value, uint32_t length)
{
    int linger[2];

    if (length < sizeof(linger))
        return -KR_EINVAL;
    memcpy(linger, value, sizeof(linger));
    return linger[0] == 0 ? 0 : -KR_ENOPROTOOPT;
}

int inet_set_option(struct kr_socket *socket, int level, int name, const void *value,
                    uint32_t length)
{
    const struct row *row = find(level, name);
    int number;

    if (level == LEVEL_SOCKET && name == LINGER)
        return set_linger(value, length);
    if (row == NULL || row->only_read)
        return -KR_ENOPROTOOPT;
    if (length < sizeof(number))
        return -KR_EINVAL;
    memcpy(&number, value, sizeof(number));
    if (row->option == NOTHING)
        return 0;
    int error = kr_netstack_set_option(inet_of(socket)->socket,
                                       (enum kr_netstack_option)row->option, number);
    bool is_size = row->option == KR_NETSTACK_SEND_BUFFER ||
                   row->option == KR_NETSTACK_RECEIVE_BUFFER;
    return error == -KR_EOPNOTSUPP && is_size ? 0 : error;
}

int inet_get_option(struct kr_socket *socket, int level, int name, void *value,
                    uint32_t *length)
{
    const struct row *row = find(level, name);
    int numbers[2] = {0, 0};
    bool is_linger = level == LEVEL_SOCKET && name == LINGER;
    uint32_t size = is_linger ? sizeof(numbers) : sizeof(numbers[0]);

    if (row == NULL && !is_linger)
        return -KR_ENOPROTOOPT;
    if (row != NULL && row->option != NOTHING) {
        int error = kr_netstack_get_option(inet_of(socket)->socket,
                                           (enum kr_netstack_option)row->option, &numbers[0]);
        if (error < 0)
            return error;
    }
    *length = *length < size ? *length : size;
    memcpy(value, numbers, *length);
    return 0;
}
