/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * AF_UNIX: the life of a socket. A connection is two halves, each of which
 * holds what the other has sent; the half of a connection that nobody has
 * accepted has no socket yet. Nothing waits here: whoever could not go on is
 * told when that has changed.
 */
#include "local.h"

#include <kraft/alloc.h>

struct local *local_all;

static int local_ready(struct kr_socket *socket);

void local_tell(struct local *local)
{
    if (local->socket != NULL && local->socket->changed != NULL)
        local->socket->changed(local->socket, local_ready(local->socket));
}

void local_tell_awaiting(struct local *full)
{
    for (struct local *at = local_all; at != NULL; at = at->next) {
        if (at->awaits != full && at->peer != full)
            continue;
        at->awaits = NULL;
        local_tell(at);
    }
}

static struct local *create(int type)
{
    struct local *local = kr_alloc_allocate(sizeof(*local));

    if (local == NULL)
        return NULL;
    *local = (struct local){.type = type, .next = local_all};
    local_all = local;
    return local;
}

static void connect_both(struct local *one, struct local *other)
{
    one->peer = other;
    other->peer = one;
    one->connected = other->connected = true;
}

static int local_make(struct kr_socket *socket)
{
    if (socket->type != KR_SOCKET_STREAM && socket->type != KR_SOCKET_DATAGRAM &&
        socket->type != KR_SOCKET_SEQUENCE)
        return -KR_ESOCKTNOSUPPORT;
    if (socket->protocol != 0 && socket->protocol != AF_UNIX)
        return -KR_EPROTONOSUPPORT;
    struct local *local = create(socket->type);
    if (local == NULL)
        return -KR_ENOMEM;
    local->socket = socket;
    socket->state = local;
    return 0;
}

/* Takes (local) from all there are. */
static void forget(struct local *local)
{
    struct local **at = &local_all;

    while (*at != local)
        at = &(*at)->next;
    *at = local->next;
    local_drop_all(local);
    kr_alloc_free(local);
}

/* One who sent to (local), which goes: what was not read is lost, and said so. */
static void lose(struct local *sender, const struct local *local)
{
    bool is_datagram = sender->type == KR_SOCKET_DATAGRAM;

    sender->peer = NULL;
    sender->ended = sender->ended || !is_datagram;
    if (!is_datagram && (local->first != NULL || local->socket == NULL))
        sender->error = KR_ECONNRESET;
    local_tell(sender);
}

static void end(struct local *local)
{
    for (struct local *at = local_all; at != NULL; at = at->next) {
        if (at->awaits == local)
            at->awaits = NULL;
        if (at->peer == local)
            lose(at, local);
    }
    forget(local);
}

static void local_close(struct kr_socket *socket)
{
    struct local *local = local_of(socket);

    for (struct local *at = local->pending_first, *next; at != NULL; at = next) {
        next = at->pending_next;
        end(at);
    }
    local_tell_awaiting(local);
    end(local);
}

static int local_pair(struct kr_socket *one, struct kr_socket *other)
{
    int error = local_make(one);

    if (error < 0)
        return error;
    error = local_make(other);
    if (error < 0) {
        forget(local_of(one));
        return error;
    }
    connect_both(local_of(one), local_of(other));
    return 0;
}

static int local_listen(struct kr_socket *socket, int backlog)
{
    struct local *local = local_of(socket);

    if (local->type == KR_SOCKET_DATAGRAM)
        return -KR_EOPNOTSUPP;
    if (local->name.length == 0 || local->connected)
        return -KR_EINVAL;
    local->listening = true;
    local->backlog = backlog < 0 ? 0 : (unsigned)backlog;
    return 0;
}

static int local_accept(struct kr_socket *socket, struct kr_socket *connection)
{
    struct local *local = local_of(socket);
    struct local *accepted = local->pending_first;

    if (local->type == KR_SOCKET_DATAGRAM)
        return -KR_EOPNOTSUPP;
    if (!local->listening)
        return -KR_EINVAL;
    if (accepted == NULL)
        return -KR_EAGAIN;
    local->pending_first = accepted->pending_next;
    local->pending--;
    accepted->socket = connection;
    connection->state = accepted;
    local_tell_awaiting(local);
    return 0;
}

static int connect_stream(struct local *local, struct local *listener)
{
    if (local->connected)
        return -KR_EISCONN;
    if (local->listening)
        return -KR_EINVAL;
    if (listener->type != local->type)
        return -KR_EPROTOTYPE;
    if (!listener->listening)
        return -KR_ECONNREFUSED;
    if (listener->pending > listener->backlog) {
        local->awaits = listener;
        return -KR_EAGAIN;
    }
    struct local *half = create(local->type);
    if (half == NULL)
        return -KR_ENOMEM;
    half->name = listener->name;
    connect_both(local, half);
    if (listener->pending_first == NULL)
        listener->pending_first = half;
    else
        listener->pending_last->pending_next = half;
    listener->pending_last = half;
    listener->pending++;
    local_tell(listener);
    return 0;
}

static int local_connect(struct kr_socket *socket, const void *address, uint32_t length)
{
    struct local *local = local_of(socket);
    struct name name;
    uint16_t family = 0;

    if (length >= sizeof(family))
        family = *(const uint16_t *)address;
    if (local->type == KR_SOCKET_DATAGRAM && length >= sizeof(family) && family == 0) {
        local->peer = NULL; /* AF_UNSPEC */
        local->connected = false;
        return 0;
    }
    int error = local_read_name(address, length, &name);
    if (error < 0)
        return error;
    struct local *to = local_find(&name, &error);
    if (to == NULL)
        return error;
    if (local->type != KR_SOCKET_DATAGRAM)
        return connect_stream(local, to);
    if (to->type != local->type)
        return -KR_EPROTOTYPE;
    local->peer = to;
    local->connected = true;
    return 0;
}

static int local_shutdown(struct kr_socket *socket, int how)
{
    struct local *local = local_of(socket);
    struct local *peer = local->peer;

    if (peer == NULL)
        return local->connected && local->type != KR_SOCKET_DATAGRAM ? 0 : -KR_ENOTCONN;
    bool mutual = local->type != KR_SOCKET_DATAGRAM;
    if (how != 1) /* SHUT_WR */
        local->shut_receive = true;
    if (how != 0 && mutual) /* SHUT_RD */
        peer->ended = true;
    local_tell(local);
    if (mutual)
        local_tell(peer);
    return 0;
}

/* Whether nothing that is sent now would be received. */
static bool is_deaf(const struct local *local)
{
    return local->peer == NULL || local->peer->shut_receive || local->peer->ended;
}

static int local_ready(struct kr_socket *socket)
{
    const struct local *local = local_of(socket);
    bool gone = local->connected && local->peer == NULL && local->type != KR_SOCKET_DATAGRAM;
    bool no_more = local->ended || local->shut_receive;
    int ready = local->error != 0 ? KR_SOCKET_ERROR : 0;

    if (local->listening)
        return ready | (local->pending_first != NULL ? KR_SOCKET_IN : 0);
    if (local->first != NULL || no_more)
        ready |= KR_SOCKET_IN;
    if (no_more)
        ready |= KR_SOCKET_HALF_HANGUP;
    if (gone || (no_more && local->connected && is_deaf(local)))
        ready |= KR_SOCKET_HANGUP;
    if (local->type != KR_SOCKET_DATAGRAM && !local->connected)
        return ready | KR_SOCKET_OUT | KR_SOCKET_HANGUP;
    if (local->awaits == NULL && (local->peer == NULL || !local_is_full(local->peer)))
        ready |= KR_SOCKET_OUT;
    return ready;
}

extern const struct kr_socket_driver socket_local_socket;
const struct kr_socket_driver socket_local_socket = {
    .name = "local",
    .families = {AF_UNIX},
    .make = local_make,
    .pair = local_pair,
    .close = local_close,
    .bind = local_bind,
    .listen = local_listen,
    .accept = local_accept,
    .connect = local_connect,
    .send = local_send,
    .receive = local_receive,
    .shutdown = local_shutdown,
    .ready = local_ready,
    .unread = local_unread,
    .own_address = local_own_address,
    .peer_address = local_peer_address,
    .set_option = local_set_option,
    .get_option = local_get_option,
};
