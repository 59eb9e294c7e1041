/* SPDX-License-Identifier: BSD-3-Clause */
/* Messages: what is sent lies with the receiver, in the order that it came. */
#include <kraft/alloc.h>
#include <kraft/string.h>

#include "local.h"

bool local_is_full(const struct local *local)
{
    return local->bytes >= MOST || (local_keeps_bounds(local) && local->packets > MOST_WAITING);
}

static void drop_first(struct local *local)
{
    struct packet *packet = local->first;

    struct rights *rights = packet->rights;

    local->first = packet->next;
    local->packets--;
    kr_alloc_free(packet);
    local_drop_rights(rights);
}

void local_drop_all(struct local *local)
{
    while (local->first != NULL)
        drop_first(local);
    local->bytes = 0;
}

static size_t size_of(const struct kr_syscall_message *message)
{
    size_t size = 0;

    for (size_t i = 0; i < message->count; i++)
        size += message->parts[i].length;
    return size;
}

/* Puts the first (size) bytes of (message) with (to). */
static ptrdiff_t put(struct local *to, const struct name *from,
                     const struct kr_syscall_message *message, size_t size)
{
    struct packet *packet = kr_alloc_allocate(sizeof(*packet) + size);
    size_t done = 0;

    if (packet == NULL)
        return -KR_ENOMEM;
    int error = local_take_rights(message, &packet->rights);
    if (error < 0) {
        kr_alloc_free(packet);
        return error;
    }
    packet->next = NULL;
    packet->size = size;
    packet->read = 0;
    packet->from = *from;
    for (size_t i = 0; done < size; i++) {
        size_t part = message->parts[i].length;

        part = part < size - done ? part : size - done;
        memcpy(packet->bytes + done, message->parts[i].bytes, part);
        done += part;
    }
    if (to->first == NULL)
        to->first = packet;
    else
        to->last->next = packet;
    to->last = packet;
    to->packets++;
    to->bytes += size;
    local_tell(to);
    return (ptrdiff_t)size;
}

/* Where a datagram goes, or why nowhere. */
static int receiver(struct local *local, const struct kr_syscall_message *message,
                    struct local **to)
{
    struct name name;
    int error = 0;

    *to = local->peer;
    if (message->address != NULL && message->address_length > 0) {
        error = local_read_name(message->address, message->address_length, &name);
        *to = error < 0 ? NULL : local_find(&name, &error);
    } else if (*to == NULL) {
        error = local->connected ? -KR_ECONNREFUSED : -KR_ENOTCONN;
    }
    if (*to == NULL)
        return error;
    if ((*to)->type != KR_SOCKET_DATAGRAM)
        return -KR_EPROTOTYPE;
    if ((*to)->peer != NULL && (*to)->peer != local)
        return -KR_EPERM;
    return (*to)->shut_receive ? -KR_EPIPE : 0;
}

ptrdiff_t local_send(struct kr_socket *socket, const struct kr_syscall_message *message, int flags)
{
    struct local *local = local_of(socket);
    struct local *to = local->peer;
    size_t size = size_of(message);

    (void)flags;
    if (local->type == KR_SOCKET_DATAGRAM) {
        int error = receiver(local, message, &to);
        if (error < 0)
            return error;
    } else if (message->address != NULL && message->address_length > 0) {
        return local->connected ? -KR_EISCONN : -KR_EOPNOTSUPP;
    } else if (!local->connected) {
        return -KR_ENOTCONN;
    } else if (to == NULL || to->ended || to->shut_receive) {
        return -KR_EPIPE;
    }
    if (local_keeps_bounds(local) && size > MOST)
        return -KR_EMSGSIZE;
    if (local->type == KR_SOCKET_STREAM && size == 0)
        return 0;
    if (local_is_full(to) || (local_keeps_bounds(local) && to->bytes > 0 && size > MOST - to->bytes)) {
        local->awaits = to;
        return -KR_EAGAIN;
    }
    size_t room = MOST - to->bytes;
    return put(to, &local->name, message, size < room ? size : room);
}

/* Copies from (bytes) to what lies behind (skip) bytes of the parts. */
static size_t spread(const struct kr_syscall_message *message, size_t skip, const char *bytes,
                     size_t size)
{
    size_t done = 0;

    for (size_t i = 0; i < message->count && done < size; i++) {
        size_t length = message->parts[i].length;
        size_t gone = skip < length ? skip : length;
        size_t part = length - gone < size - done ? length - gone : size - done;

        skip -= gone;
        memcpy((char *)message->parts[i].bytes + gone, bytes + done, part);
        done += part;
    }
    return done;
}

/* What goes with a part of a stream comes with its first byte, and no byte
 * that was sent later comes with it. */
static ptrdiff_t receive_stream(struct local *local, struct kr_syscall_message *message,
                                size_t control, int flags)
{
    size_t room = size_of(message);
    size_t done = 0;
    bool more = true;

    for (struct packet *packet = local->first, *next; packet != NULL && done < room && more; packet = next) {
        size_t left = packet->size - packet->read;
        size_t part = spread(message, done, packet->bytes + packet->read, left);

        next = packet->next;
        done += part;
        more = packet->rights == NULL;
        local_give_rights(packet->rights, message, control, flags);
        if ((flags & KR_SOCKET_PEEK) != 0)
            continue;
        local_drop_rights(packet->rights);
        packet->rights = NULL;
        local->bytes -= part;
        packet->read += part;
        if (part == left)
            drop_first(local);
    }
    return (ptrdiff_t)done;
}

static ptrdiff_t receive_packet(struct local *local, struct kr_syscall_message *message,
                                size_t control, int flags)
{
    struct packet *packet = local->first;
    size_t size = packet->size;
    size_t done = spread(message, 0, packet->bytes, size);

    if (done < size)
        message->flags |= KR_SOCKET_CUT;
    if (message->address != NULL && local->type == KR_SOCKET_DATAGRAM &&
        packet->from.length > 0)
        local_write_name(&packet->from, message->address, &message->address_length);
    else
        message->address_length = 0;
    local_give_rights(packet->rights, message, control, flags);
    if ((flags & KR_SOCKET_PEEK) == 0) {
        local->bytes -= size;
        drop_first(local);
    }
    return (ptrdiff_t)((flags & KR_SOCKET_CUT) != 0 ? size : done);
}

ptrdiff_t local_receive(struct kr_socket *socket, struct kr_syscall_message *message, int flags)
{
    struct local *local = local_of(socket);
    bool peeks = (flags & KR_SOCKET_PEEK) != 0;
    size_t control = message->control_length;

    message->control_length = 0;
    if (local->type != KR_SOCKET_DATAGRAM && !local->connected)
        return local->type == KR_SOCKET_STREAM ? -KR_EINVAL : -KR_ENOTCONN;
    if (local->first == NULL) {
        int error = local->error;

        message->address_length = 0;
        local->error = 0;
        if (error != 0)
            return -error;
        return local->ended || local->shut_receive ? 0 : -KR_EAGAIN;
    }
    bool was_full = local_is_full(local);
    ptrdiff_t done;
    if (local->type == KR_SOCKET_STREAM) {
        message->address_length = 0;
        done = receive_stream(local, message, control, flags);
    } else {
        done = receive_packet(local, message, control, flags);
    }
    if (!peeks && (was_full || local_keeps_bounds(local)))
        local_tell_awaiting(local);
    return done;
}

long local_unread(struct kr_socket *socket)
{
    const struct local *local = local_of(socket);

    if (local->type == KR_SOCKET_STREAM)
        return (long)local->bytes;
    return local->first == NULL ? 0 : (long)local->first->size;
}
