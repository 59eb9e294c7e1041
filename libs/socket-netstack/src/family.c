/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * AF_INET and AF_INET6: each call is the stack's of that name, on a socket
 * that never waits.
 */
#include <kraft/alloc.h>
#include <kraft/string.h>

#include "family.h"

#define TCP 6
#define UDP 17
#define ICMP 1
#define ICMP6 58

/* The stack's type for a type and protocol, or a negative error. */
static int type_of(const struct kr_socket *socket)
{
    int protocol = socket->protocol;

    switch (socket->type) {
    case KR_SOCKET_STREAM:
        return protocol == 0 || protocol == TCP ? KR_NETSTACK_STREAM : -KR_EPROTONOSUPPORT;
    case KR_SOCKET_DATAGRAM:
        if (protocol == 0 || protocol == UDP)
            return KR_NETSTACK_DATAGRAM;
        return protocol == (socket->family == AF_INET ? ICMP : ICMP6) ? KR_NETSTACK_ECHO
                                                                     : -KR_EPROTONOSUPPORT;
    case KR_SOCKET_RAW:
        return -KR_EPERM;
    default:
        return -KR_ESOCKTNOSUPPORT;
    }
}

static int events_of(unsigned ready)
{
    return ((ready & KR_NETSTACK_READABLE) != 0 ? KR_SOCKET_IN : 0) |
           ((ready & KR_NETSTACK_WRITABLE) != 0 ? KR_SOCKET_OUT : 0) |
           ((ready & KR_NETSTACK_HANGUP) != 0 ? KR_SOCKET_HANGUP : 0) |
           ((ready & KR_NETSTACK_ENDED) != 0 ? KR_SOCKET_HALF_HANGUP : 0) |
           ((ready & KR_NETSTACK_FAILED) != 0 ? KR_SOCKET_ERROR : 0);
}

static int inet_ready(struct kr_socket *socket)
{
    return events_of(kr_netstack_ready(inet_of(socket)->socket));
}

static void on_change(void *argument)
{
    struct kr_socket *socket = argument;

    socket->changed(socket, inet_ready(socket));
}

/* The stack's socket becomes (socket)'s state. */
static int take(struct kr_socket *socket, struct kr_netstack_socket *below)
{
    struct inet *inet = kr_alloc_allocate(sizeof(*inet));

    if (inet == NULL)
        return -KR_ENOMEM;
    *inet = (struct inet){.socket = below};
    socket->state = inet;
    kr_netstack_set_option(below, KR_NETSTACK_NONBLOCKING, 1);
    kr_netstack_notify(below, on_change, socket);
    return 0;
}

static int inet_make(struct kr_socket *socket)
{
    struct kr_netstack_socket *below;
    int type = type_of(socket);
    enum kr_netstack_family family =
        socket->family == AF_INET ? KR_NETSTACK_IPV4 : KR_NETSTACK_IPV6;

    if (type < 0)
        return type;
    if (socket->protocol == 0)
        socket->protocol = type == KR_NETSTACK_STREAM ? TCP : UDP;
    int error = kr_netstack_socket(&below, family, (enum kr_netstack_type)type);
    if (error < 0)
        return error;
    error = take(socket, below);
    if (error < 0)
        kr_netstack_close(below);
    return error;
}

static void inet_close(struct kr_socket *socket)
{
    kr_netstack_close(inet_of(socket)->socket);
    kr_alloc_free(socket->state);
}

static int inet_bind(struct kr_socket *socket, const void *bytes, uint32_t length)
{
    struct kr_netstack_address address;
    int error = inet_read_address(socket, bytes, length, &address);

    return error < 0 ? error : kr_netstack_bind(inet_of(socket)->socket, &address);
}

static int inet_listen(struct kr_socket *socket, int backlog)
{
    unsigned most = backlog < 1 ? 1 : backlog > 255 ? 255 : (unsigned)backlog;

    return kr_netstack_listen(inet_of(socket)->socket, most);
}

static int inet_accept(struct kr_socket *socket, struct kr_socket *connection)
{
    struct kr_netstack_socket *below;
    int error = kr_netstack_accept(inet_of(socket)->socket, &below, NULL);

    if (error < 0)
        return error;
    error = take(connection, below);
    if (error < 0)
        kr_netstack_close(below);
    return error;
}

static int inet_connect(struct kr_socket *socket, const void *bytes, uint32_t length)
{
    struct kr_netstack_address address;
    int error = inet_read_address(socket, bytes, length, &address);

    if (error < 0)
        return error;
    if (socket->type == KR_SOCKET_DATAGRAM)
        inet_of(socket)->resolves = inet_redirect(&address);
    inet_need_address(&address);
    return kr_netstack_connect(inet_of(socket)->socket, &address);
}

static int inet_shutdown(struct kr_socket *socket, int how)
{
    static const unsigned ways[] = {
        KR_NETSTACK_SHUT_RECEIVE,
        KR_NETSTACK_SHUT_SEND,
        KR_NETSTACK_SHUT_RECEIVE | KR_NETSTACK_SHUT_SEND,
    };

    return kr_netstack_shutdown(inet_of(socket)->socket, ways[how]);
}

static long inet_unread(struct kr_socket *socket)
{
    int bytes = 0;

    kr_netstack_get_option(inet_of(socket)->socket, KR_NETSTACK_UNREAD, &bytes);
    return bytes;
}

static int inet_own_address(struct kr_socket *socket, void *bytes, uint32_t *length)
{
    struct kr_netstack_address address;
    int error = kr_netstack_local_address(inet_of(socket)->socket, &address);

    if (error == 0)
        inet_write_address(socket->family, &address, bytes, length);
    return error;
}

static int inet_peer_address(struct kr_socket *socket, void *bytes, uint32_t *length)
{
    struct kr_netstack_address address;
    int error = kr_netstack_peer_address(inet_of(socket)->socket, &address);

    if (error == 0)
        inet_write_address(socket->family, &address, bytes, length);
    return error;
}

extern const struct kr_socket_driver socket_netstack_socket;
const struct kr_socket_driver socket_netstack_socket = {
    .name = "inet",
    .families = {AF_INET, AF_INET6},
    .make = inet_make,
    .close = inet_close,
    .bind = inet_bind,
    .listen = inet_listen,
    .accept = inet_accept,
    .connect = inet_connect,
    .send = inet_send,
    .receive = inet_receive,
    .shutdown = inet_shutdown,
    .ready = inet_ready,
    .unread = inet_unread,
    .own_address = inet_own_address,
    .peer_address = inet_peer_address,
    .set_option = inet_set_option,
    .get_option = inet_get_option,
};
