/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Streams: the life of a connection, and lwIP's TCP callbacks; transfer.c
 * moves the bytes.
 *
 * What is received stays in the buffers that the device wrote, linked in the
 * socket, until it is read; only then does the peer get more window. A
 * connection that was accepted has a lower priority than a new one, so that
 * lwIP resets the one that was idle longest when control blocks run out.
 */
#include "stack.h"

#include <options.h>

#include "lwip/priv/tcp_priv.h"
#include "lwip/tcp.h"
#include <string.h>

#include <kraft/clock.h>

static void append(struct kr_netstack_socket *socket, struct pbuf *packet)
{
    if (socket->last)
        socket->last->next = packet;
    else
        socket->first = packet;
    while (packet->next)
        packet = packet->next;
    socket->last = packet;
}

static err_t on_receive(void *argument, struct tcp_pcb *pcb, struct pbuf *packet, err_t error)
{
    struct kr_netstack_socket *socket = argument;
    (void)error;
    if (!packet) {
        socket->ended = true;
    } else if (socket->shut_receive) {
        tcp_recved(pcb, packet->tot_len);
        pbuf_free(packet);
    } else {
        append(socket, packet);
    }
    socket_changed(socket);
    return ERR_OK;
}

static err_t on_sent(void *argument, struct tcp_pcb *pcb, u16_t length)
{
    (void)pcb;
    (void)length;
    socket_changed(argument);
    return ERR_OK;
}

static void forget_pending(struct kr_netstack_socket *socket)
{
    struct kr_netstack_socket *listener = socket->listener, *previous = NULL;
    struct kr_netstack_socket *at = listener->pending_first;
    for (; at && at != socket; at = at->pending_next)
        previous = at;
    if (!at)
        return;
    if (previous)
        previous->pending_next = socket->pending_next;
    else
        listener->pending_first = socket->pending_next;
    if (listener->pending_last == socket)
        listener->pending_last = previous;
}

/* lwIP has freed the control block already. */
static void on_error(void *argument, err_t error)
{
    struct kr_netstack_socket *socket = argument;
    bool refused = socket->connecting && error == ERR_RST;
    bool silent = socket->connecting && error == ERR_ABRT;
    socket->tcp = NULL;
    socket->connecting = false;
    if (socket->listener) { /* nobody has it yet, nobody will */
        forget_pending(socket);
        stream_drop_all(socket);
        netstack_lwip_free(socket);
        return;
    }
    socket->error = refused ? KR_ECONNREFUSED : silent ? KR_ETIMEDOUT : -port_error(error);
    socket_changed(socket);
}

static err_t on_connected(void *argument, struct tcp_pcb *pcb, err_t error)
{
    struct kr_netstack_socket *socket = argument;
    (void)pcb;
    (void)error;
    socket->connecting = false;
    socket->connected = true;
    socket_changed(socket);
    return ERR_OK;
}

void stream_attach(struct kr_netstack_socket *socket, struct tcp_pcb *pcb)
{
    socket->tcp = pcb;
    tcp_arg(pcb, socket);
    tcp_recv(pcb, on_receive);
    tcp_sent(pcb, on_sent);
    tcp_err(pcb, on_error);
}

int stream_open(struct kr_netstack_socket *socket)
{
    bool ipv6 = socket->family == KR_NETSTACK_IPV6;
    struct tcp_pcb *pcb = tcp_new_ip_type(ipv6 ? IPADDR_TYPE_ANY : IPADDR_TYPE_V4);
    if (!pcb)
        return -KR_ENFILE;
    stream_attach(socket, pcb);
    return 0;
}

static bool is_ours(const ip_addr_t *ip)
{
    struct netif *netif;
    if (ip_addr_isany(ip))
        return true;
    NETIF_FOREACH(netif)
        if (IP_IS_V4(ip) ? ip4_addr_eq(ip_2_ip4(ip), netif_ip4_addr(netif))
                         : netif_get_ip6_addr_match(netif, ip_2_ip6(ip)) >= 0)
            return true;
    return false;
}

int stream_bind(struct kr_netstack_socket *socket, const ip_addr_t *ip, u16_t port)
{
    if (!socket->tcp || socket->listening || socket->connected || socket->tcp->local_port != 0)
        return -KR_EINVAL;
    if (!is_ours(ip))
        return -KR_EADDRNOTAVAIL;
    if (port != 0)
        return port_error(tcp_bind(socket->tcp, ip, port));
    /* A port that nobody can guess (RFC 6056, 3.3.1). */
    err_t error = ERR_USE;
    for (unsigned i = 0; i < 64 && error == ERR_USE; i++)
        error = tcp_bind(socket->tcp, ip, (u16_t)(49152 + LWIP_RAND() % 16384));
    return port_error(error);
}

static err_t on_accept(void *argument, struct tcp_pcb *pcb, err_t error)
{
    struct kr_netstack_socket *listener = argument;
    if (!pcb || error != ERR_OK || !listener)
        return ERR_VAL;
    struct kr_netstack_socket *socket = socket_make(listener->family, KR_NETSTACK_STREAM);
    if (!socket)
        return ERR_MEM;
    stream_attach(socket, pcb);
    tcp_setprio(pcb, TCP_PRIO_NORMAL - 1);
    tcp_backlog_delayed(pcb); /* it counts until it is accepted */
    socket->connected = true;
    ip_addr_copy(socket->peer_ip, pcb->remote_ip);
    socket->peer_port = pcb->remote_port;
    socket->listener = listener;
    if (listener->pending_first)
        listener->pending_last->pending_next = socket;
    else
        listener->pending_first = socket;
    listener->pending_last = socket;
    socket_changed(listener);
    return ERR_OK;
}

int kr_netstack_listen(struct kr_netstack_socket *socket, unsigned backlog)
{
    if (socket->type != KR_NETSTACK_STREAM)
        return -KR_EOPNOTSUPP;
    if (!socket->tcp || socket->connected || socket->connecting || backlog == 0)
        return -KR_EINVAL;
    if (socket->listening)
        return 0;
    if (socket->tcp->local_port == 0) {
        int bound = stream_bind(socket, &socket->tcp->local_ip, 0);
        if (bound)
            return bound;
    }
    err_t error;
    u8_t limit = (u8_t)(backlog > 255 ? 255 : backlog);
    struct tcp_pcb *pcb = tcp_listen_with_backlog_and_err(socket->tcp, limit, &error);
    if (!pcb)
        return error == ERR_MEM ? -KR_ENFILE : port_error(error);
    socket->tcp = pcb;
    socket->listening = true;
    tcp_arg(pcb, socket);
    tcp_accept(pcb, on_accept);
    return 0;
}

int kr_netstack_accept(struct kr_netstack_socket *socket, struct kr_netstack_socket **connection,
                       struct kr_netstack_address *peer)
{
    if (!socket->listening)
        return -KR_EINVAL;
    while (!socket->pending_first) {
        int error = socket_wait(socket, 0, KR_CLOCK_NEVER);
        if (error)
            return error;
    }
    struct kr_netstack_socket *accepted = socket->pending_first;
    forget_pending(accepted);
    accepted->listener = NULL;
    accepted->pending_next = NULL;
    tcp_backlog_accepted(accepted->tcp);
    if (peer)
        address_from_lwip(accepted, &accepted->peer_ip, accepted->peer_port, peer);
    *connection = accepted;
    return 0;
}

int stream_connect(struct kr_netstack_socket *socket, const ip_addr_t *ip, u16_t port)
{
    if (socket->error)
        return socket_take_error(socket);
    if (socket->connecting)
        return -KR_EALREADY;
    if (socket->connected)
        return -KR_EISCONN;
    if (!socket->tcp || socket->listening || port == 0)
        return -KR_EINVAL;
    if (socket->tcp->local_port == 0) {
        int bound = stream_bind(socket, &socket->tcp->local_ip, 0);
        if (bound)
            return bound;
    }
    err_t error = tcp_connect(socket->tcp, ip, port, on_connected);
    if (error != ERR_OK)
        return port_error(error);
    socket->connecting = true;
    ip_addr_copy(socket->peer_ip, *ip);
    socket->peer_port = port;
    if (socket->nonblocking)
        return -KR_EINPROGRESS;
    while (socket->connecting) {
        int interrupted = socket_wait(socket, 0, KR_CLOCK_NEVER);
        if (interrupted)
            return interrupted;
    }
    return socket_take_error(socket);
}

void stream_close(struct kr_netstack_socket *socket)
{
    stream_drop_all(socket);
    struct kr_netstack_socket *next = socket->pending_first;
    for (struct kr_netstack_socket *at = next; at; at = next) {
        next = at->pending_next;
        at->listener = NULL;
        tcp_arg(at->tcp, NULL);
        tcp_err(at->tcp, NULL);
        tcp_abort(at->tcp);
        stream_drop_all(at);
        netstack_lwip_free(at);
    }
    struct tcp_pcb *pcb = socket->tcp;
    if (!pcb)
        return;
    tcp_arg(pcb, NULL);
    if (!socket->listening) {
        tcp_recv(pcb, NULL);
        tcp_sent(pcb, NULL);
        tcp_err(pcb, NULL);
    }
    if (tcp_close(pcb) != ERR_OK)
        tcp_abort(pcb);
}

/* Keeps the list that lwIP walks for each segment of a new connection short:
 * beyond the limit, the oldest is forgotten. New ones are at its head. */
void stream_forget_time_wait(void)
{
    static const struct tcp_pcb *seen; /* the head, when it was last counted */
    if (tcp_tw_pcbs == seen)
        return;
    unsigned count = 0;
    for (struct tcp_pcb *pcb = tcp_tw_pcbs, *next; pcb; pcb = next) {
        next = pcb->next;
        if (++count > OPT_TIME_WAIT)
            tcp_abort(pcb); /* of TIME-WAIT: without a reset */
    }
    seen = tcp_tw_pcbs;
}
