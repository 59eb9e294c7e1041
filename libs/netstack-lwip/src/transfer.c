/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Streams: the bytes, between the application and lwIP's queues. What is
 * sent is copied, since the application may change it at once; what is
 * received is copied from where the device wrote it.
 */
#include "stack.h"

#include "lwip/tcp.h"
#include <string.h>

#include <kraft/clock.h>

#define CHUNK 0xffffu /* bytes that lwIP is told of at once, at most */

/* Takes the first buffer off, and lets it go. */
static void drop_first(struct kr_netstack_socket *socket)
{
    struct pbuf *first = socket->first;
    socket->first = first->next;
    if (!socket->first)
        socket->last = NULL;
    first->next = NULL;
    pbuf_free(first);
}

void stream_drop_all(struct kr_netstack_socket *socket)
{
    while (socket->first)
        drop_first(socket);
}

/* Bytes that can be given to lwIP now. */
static size_t room(const struct kr_netstack_socket *socket)
{
    const struct tcp_pcb *pcb = socket->tcp;
    if (!pcb || tcp_sndqueuelen(pcb) >= TCP_SND_QUEUELEN - 4)
        return 0;
    return tcp_sndbuf(pcb) < CHUNK ? tcp_sndbuf(pcb) : CHUNK;
}

/* Why (socket) cannot send, or 0. */
static int cannot_send(struct kr_netstack_socket *socket)
{
    if (socket->error)
        return socket_take_error(socket);
    if (socket->shut_send || (socket->connected && !socket->tcp))
        return -KR_EPIPE;
    return socket->connected || socket->connecting ? 0 : -KR_ENOTCONN;
}

ptrdiff_t stream_send(struct kr_netstack_socket *socket, const void *bytes, size_t size,
                      unsigned flags)
{
    const char *at = bytes;
    size_t done = 0;
    while (done < size) {
        int error = cannot_send(socket);
        if (error)
            return done > 0 ? (ptrdiff_t)done : error;
        size_t part = socket->connecting ? 0 : room(socket);
        if (part > size - done)
            part = size - done;
        bool more = flags & KR_NETSTACK_MORE || part < size - done;
        u8_t how = (u8_t)(TCP_WRITE_FLAG_COPY | (more ? TCP_WRITE_FLAG_MORE : 0));
        if (part > 0 && tcp_write(socket->tcp, at + done, (u16_t)part, how) == ERR_OK) {
            done += part;
            tcp_output(socket->tcp);
            continue;
        }
        error = socket_wait(socket, flags, KR_CLOCK_NEVER);
        if (error)
            return done > 0 ? (ptrdiff_t)done : error;
    }
    return (ptrdiff_t)done;
}

static size_t read_out(struct kr_netstack_socket *socket, char *to, size_t size)
{
    size_t done = 0;
    while (done < size && socket->first) {
        struct pbuf *first = socket->first;
        size_t part = first->len < size - done ? first->len : size - done;
        memcpy(to + done, first->payload, part);
        done += part;
        if (part == first->len)
            drop_first(socket);
        else
            pbuf_remove_header(first, part);
    }
    return done;
}

static size_t peek(const struct kr_netstack_socket *socket, char *to, size_t size)
{
    size_t done = 0;
    for (const struct pbuf *at = socket->first; at && done < size; at = at->next) {
        size_t part = at->len < size - done ? at->len : size - done;
        memcpy(to + done, at->payload, part);
        done += part;
    }
    return done;
}

/* More window for the peer, now that (size) bytes are read. */
static void open_window(struct kr_netstack_socket *socket, size_t size)
{
    for (size_t part; size > 0 && socket->tcp; size -= part) {
        part = size < CHUNK ? size : CHUNK;
        tcp_recved(socket->tcp, (u16_t)part);
    }
}

ptrdiff_t stream_receive(struct kr_netstack_socket *socket, void *bytes, size_t size,
                         unsigned flags)
{
    if (size == 0)
        return 0;
    while (!socket->first) {
        if (socket->error)
            return socket_take_error(socket);
        if (socket->ended || socket->shut_receive || (socket->connected && !socket->tcp))
            return 0;
        if (!socket->connected && !socket->connecting)
            return -KR_ENOTCONN;
        int error = socket_wait(socket, flags, KR_CLOCK_NEVER);
        if (error)
            return error;
    }
    if (flags & KR_NETSTACK_PEEK)
        return (ptrdiff_t)peek(socket, bytes, size);
    size_t done = read_out(socket, bytes, size);
    open_window(socket, done);
    return (ptrdiff_t)done;
}

int kr_netstack_shutdown(struct kr_netstack_socket *socket, unsigned how)
{
    if (socket->type != KR_NETSTACK_STREAM)
        return -KR_EOPNOTSUPP;
    if (!socket->connected || !socket->tcp)
        return -KR_ENOTCONN;
    if (how & KR_NETSTACK_SHUT_RECEIVE) {
        size_t unread = 0;
        for (const struct pbuf *at = socket->first; at; at = at->next)
            unread += at->len;
        stream_drop_all(socket);
        open_window(socket, unread);
        socket->shut_receive = true;
    }
    if (how & KR_NETSTACK_SHUT_SEND && !socket->shut_send) {
        socket->shut_send = true;
        err_t error = tcp_shutdown(socket->tcp, 0, 1);
        if (error != ERR_OK)
            return port_error(error);
    }
    socket_changed(socket);
    return 0;
}

unsigned stream_ready(const struct kr_netstack_socket *socket)
{
    unsigned ready = socket->error ? KR_NETSTACK_FAILED | KR_NETSTACK_READABLE : 0;
    if (socket->listening)
        return ready | (socket->pending_first ? KR_NETSTACK_READABLE : 0);
    bool gone = socket->connected && !socket->tcp;
    bool no_more = socket->ended || socket->shut_receive || gone;
    if (socket->first || no_more)
        ready |= KR_NETSTACK_READABLE;
    if (socket->connected && no_more)
        ready |= KR_NETSTACK_ENDED;
    if (gone || (socket->connected && (socket->shut_send || room(socket) >= TCP_SNDLOWAT)))
        ready |= KR_NETSTACK_WRITABLE;
    if (gone || socket->error || (no_more && socket->shut_send))
        ready |= KR_NETSTACK_HANGUP;
    return ready;
}
