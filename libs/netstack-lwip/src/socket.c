/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sockets: what streams and datagrams have in common, and which of the two
 * a call is for.
 */
#include "stack.h"

#include <options.h>

#include "lwip/raw.h"
#include "lwip/tcp.h"
#include "lwip/udp.h"
#include <string.h>

#include <kraft/clock.h>

struct kr_netstack_socket *socket_make(unsigned family, unsigned type)
{
    struct kr_netstack_socket *socket = netstack_lwip_allocate_zero(1, sizeof(*socket));
    if (!socket)
        return NULL;
    socket->family = (uint8_t)family;
    socket->type = (uint8_t)type;
    return socket;
}

int kr_netstack_socket(struct kr_netstack_socket **socket, enum kr_netstack_family family,
                       enum kr_netstack_type type)
{
    if (family != KR_NETSTACK_IPV4 && family != KR_NETSTACK_IPV6)
        return -KR_EAFNOSUPPORT;
    if (type != KR_NETSTACK_STREAM && type != KR_NETSTACK_DATAGRAM && type != KR_NETSTACK_ECHO)
        return -KR_EOPNOTSUPP;
    stack_need_thread();
    struct kr_netstack_socket *made = socket_make(family, type);
    if (!made)
        return -KR_ENOMEM;
    int error = type == KR_NETSTACK_STREAM ? stream_open(made) : datagram_open(made);
    if (error) {
        netstack_lwip_free(made);
        return error;
    }
    *socket = made;
    return 0;
}

int socket_take_error(struct kr_netstack_socket *socket)
{
    int error = socket->error;
    socket->error = 0;
    return -error;
}

int socket_wait(struct kr_netstack_socket *socket, unsigned flags, uint64_t deadline)
{
    if (socket->nonblocking || flags & KR_NETSTACK_NOWAIT) {
        /* What has arrived counts, also for one who never waits. */
        return stack_run() ? 0 : -KR_EAGAIN;
    }
    socket->waiting++;
    bool in_time = stack_wait(&socket->waiters, deadline);
    socket->waiting--;
    if (socket->closing)
        return -KR_ECONNABORTED;
    return in_time ? 0 : -KR_ETIMEDOUT;
}

int kr_netstack_bind(struct kr_netstack_socket *socket, const struct kr_netstack_address *address)
{
    ip_addr_t ip;
    int error = address_to_lwip(socket, address, &ip);
    if (error)
        return error;
    /* :: takes IPv4 too, unless it may not. */
    if (socket->family == KR_NETSTACK_IPV6 && !socket->only_ipv6 && ip_addr_isany(&ip))
        ip = *IP_ANY_TYPE;
    if (socket->type == KR_NETSTACK_STREAM)
        return stream_bind(socket, &ip, address->port);
    return datagram_bind(socket, &ip, address->port);
}

int kr_netstack_connect(struct kr_netstack_socket *socket,
                        const struct kr_netstack_address *address)
{
    ip_addr_t ip;
    int error = address_to_lwip(socket, address, &ip);
    if (error)
        return error;
    unsigned family = IP_IS_V4(&ip) ? KR_NETSTACK_IPV4 : KR_NETSTACK_IPV6;
    uint64_t deadline = socket->nonblocking ? 0 : kr_clock_monotonic() + 10 * KR_CLOCK_SECOND;
    if (!address_is_known(family, deadline))
        return -KR_ENETUNREACH;
    if (socket->type == KR_NETSTACK_STREAM)
        return stream_connect(socket, &ip, address->port);
    return datagram_connect(socket, &ip, address->port);
}

ptrdiff_t kr_netstack_send_to(struct kr_netstack_socket *socket, const void *bytes, size_t size,
                              unsigned flags, const struct kr_netstack_address *peer)
{
    if (socket->type == KR_NETSTACK_STREAM)
        return stream_send(socket, bytes, size, flags);
    return datagram_send(socket, bytes, size, peer);
}

ptrdiff_t kr_netstack_send(struct kr_netstack_socket *socket, const void *bytes, size_t size,
                           unsigned flags)
{
    return kr_netstack_send_to(socket, bytes, size, flags, NULL);
}

ptrdiff_t kr_netstack_receive_from(struct kr_netstack_socket *socket, void *bytes, size_t size,
                                   unsigned flags, struct kr_netstack_address *peer)
{
    if (socket->type != KR_NETSTACK_STREAM)
        return datagram_receive(socket, bytes, size, flags, peer);
    ptrdiff_t count = stream_receive(socket, bytes, size, flags);
    if (count >= 0 && peer)
        address_from_lwip(socket, &socket->peer_ip, socket->peer_port, peer);
    return count;
}

ptrdiff_t kr_netstack_receive(struct kr_netstack_socket *socket, void *bytes, size_t size,
                              unsigned flags)
{
    return kr_netstack_receive_from(socket, bytes, size, flags, NULL);
}

void kr_netstack_close(struct kr_netstack_socket *socket)
{
    if (!socket)
        return;
    watch_forget(socket);
    socket->closing = true;
    while (socket->waiting > 0) {
        kr_sched_wake_all_isr(&socket->waiters);
        socket_changed(socket);
        kr_sched_yield();
    }
    if (socket->type == KR_NETSTACK_STREAM)
        stream_close(socket);
    else
        datagram_close(socket);
    netstack_lwip_free(socket);
}

int kr_netstack_local_address(struct kr_netstack_socket *socket,
                              struct kr_netstack_address *address)
{
    *address = (struct kr_netstack_address){.family = socket->family};
    if (!socket->tcp) /* the union: any of them */
        return 0;
    if (socket->type == KR_NETSTACK_STREAM)
        address_from_lwip(socket, &socket->tcp->local_ip, socket->tcp->local_port, address);
    else if (socket->type == KR_NETSTACK_DATAGRAM)
        address_from_lwip(socket, &socket->udp->local_ip, socket->udp->local_port, address);
    return 0;
}

int kr_netstack_peer_address(struct kr_netstack_socket *socket,
                             struct kr_netstack_address *address)
{
    if (!socket->connected)
        return -KR_ENOTCONN;
    address_from_lwip(socket, &socket->peer_ip, socket->peer_port, address);
    return 0;
}
