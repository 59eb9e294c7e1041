/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Bytes to and from the stack, which takes one buffer at a time: a stream
 * goes part by part; a datagram of several parts is put together first.
 */
#include <kraft/alloc.h>
#include <kraft/string.h>

#include "family.h"

#define LARGEST 65535u /* of a datagram, and of what is put together */

static size_t size_of(const struct kr_syscall_message *message)
{
    size_t size = 0;

    for (size_t i = 0; i < message->count; i++)
        size += message->parts[i].length;
    return size;
}

static ptrdiff_t send_stream(struct inet *inet, const struct kr_syscall_message *message,
                             int flags)
{
    ptrdiff_t done = 0;

    for (size_t i = 0; i < message->count; i++) {
        const struct kr_syscall_socket_part *part = &message->parts[i];
        bool more = (flags & KR_SOCKET_MORE) != 0 || i + 1 < message->count;

        if (part->length == 0)
            continue;
        ptrdiff_t sent = kr_netstack_send(inet->socket, part->bytes, part->length,
                                          more ? KR_NETSTACK_MORE : 0);
        if (sent < 0)
            return done > 0 ? done : sent;
        done += sent;
        if ((size_t)sent < part->length)
            break;
    }
    return done;
}

static ptrdiff_t send_datagram(struct inet *inet, const struct kr_syscall_message *message,
                               const struct kr_netstack_address *to)
{
    size_t size = size_of(message);

    if (message->count == 1)
        return kr_netstack_send_to(inet->socket, message->parts[0].bytes, size, 0, to);
    if (size > LARGEST)
        return -KR_EMSGSIZE;
    char *whole = kr_alloc_allocate(size + 1);
    if (whole == NULL)
        return -KR_ENOMEM;
    size_t at = 0;
    for (size_t i = 0; i < message->count; i++) {
        memcpy(whole + at, message->parts[i].bytes, message->parts[i].length);
        at += message->parts[i].length;
    }
    ptrdiff_t sent = kr_netstack_send_to(inet->socket, whole, size, 0, to);
    kr_alloc_free(whole);
    return sent;
}

ptrdiff_t inet_send(struct kr_socket *socket, const struct kr_syscall_message *message, int flags)
{
    struct inet *inet = inet_of(socket);
    struct kr_netstack_address to;

    if (socket->type == KR_SOCKET_STREAM)
        return send_stream(inet, message, flags);
    if (message->address == NULL || message->address_length == 0)
        return send_datagram(inet, message, NULL);
    int error = inet_read_address(socket, message->address, message->address_length, &to);
    if (error < 0)
        return error;
    if (inet_redirect(&to))
        inet->resolves = true;
    inet_need_address(&to);
    return send_datagram(inet, message, &to);
}

static ptrdiff_t receive_stream(struct inet *inet, const struct kr_syscall_message *message,
                                unsigned flags)
{
    ptrdiff_t done = 0;

    for (size_t i = 0; i < message->count; i++) {
        const struct kr_syscall_socket_part *part = &message->parts[i];

        if (part->length == 0)
            continue;
        /* A peek sees the same bytes again: it fills the first part only. */
        if (done > 0 && (flags & KR_NETSTACK_PEEK) != 0)
            break;
        ptrdiff_t received =
            kr_netstack_receive(inet->socket, part->bytes, part->length, flags);
        if (received < 0)
            return done > 0 ? done : received;
        done += received;
        if ((size_t)received < part->length)
            break;
    }
    return done;
}

/* Spreads (size) bytes over the parts; returns how many found room. */
static size_t spread(const struct kr_syscall_message *message, const char *bytes, size_t size)
{
    size_t done = 0;

    for (size_t i = 0; i < message->count && done < size; i++) {
        size_t part = message->parts[i].length;

        part = part < size - done ? part : size - done;
        memcpy(message->parts[i].bytes, bytes + done, part);
        done += part;
    }
    return done;
}

/* A datagram, and whether there was more of it than room. */
static ptrdiff_t receive_datagram(struct inet *inet, struct kr_syscall_message *message, int flags)
{
    unsigned how = (flags & KR_SOCKET_PEEK) != 0 ? KR_NETSTACK_PEEK : 0;
    struct kr_netstack_address from = {0};
    size_t room = size_of(message);
    int whole = 0;
    char *bytes = message->count == 1 ? message->parts[0].bytes : NULL;
    ptrdiff_t received = -KR_ENOMEM;

    kr_netstack_get_option(inet->socket, KR_NETSTACK_UNREAD, &whole);
    if (bytes == NULL)
        bytes = kr_alloc_allocate((room < LARGEST ? room : LARGEST) + 1);
    if (bytes != NULL)
        received = kr_netstack_receive_from(inet->socket, bytes, room, how, &from);
    if (received >= 0 && message->count != 1)
        spread(message, bytes, (size_t)received);
    if (message->count != 1)
        kr_alloc_free(bytes);
    if (received < 0)
        return received;
    if ((size_t)whole > room)
        message->flags |= KR_SOCKET_CUT;
    if (inet->resolves)
        inet_conceal(&from);
    message->control_length = 0;
    if (message->address != NULL)
        inet_write_address(from.family == KR_NETSTACK_IPV6 ? AF_INET6 : AF_INET, &from,
                           message->address, &message->address_length);
    return (flags & KR_SOCKET_CUT) != 0 && whole > received ? whole : received;
}

ptrdiff_t inet_receive(struct kr_socket *socket, struct kr_syscall_message *message, int flags)
{
    if (socket->type != KR_SOCKET_STREAM)
        return receive_datagram(inet_of(socket), message, flags);
    message->address_length = 0;
    message->control_length = 0;
    return receive_stream(inet_of(socket), message,
                          (flags & KR_SOCKET_PEEK) != 0 ? KR_NETSTACK_PEEK : 0);
}
