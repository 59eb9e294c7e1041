/* SPDX-License-Identifier: BSD-3-Clause */
/* Sockets come to be, are named, connected and ended. */
#include <kraft/clock.h>

#include "made.h"

#define TYPE_MASK 0xf
#define FLAGS (KR_VFS_NON_BLOCKING | KR_VFS_CLOSE_ON_EXEC) /* SOCK_… are the same */
#define SOCKET_LEVEL 1                                     /* SOL_SOCKET */
#define PENDING_ERROR 4                                    /* SO_ERROR */

static bool is_type(int type)
{
    return (type & ~(TYPE_MASK | FLAGS)) == 0 && (type & TYPE_MASK) != 0;
}

long kr_syscall_socket(int family, int type, int protocol)
{
    int error;

    if (!is_type(type))
        return -KR_EINVAL;
    struct made *made = sockets_allocate(family, type & TYPE_MASK, protocol, &error);
    if (made == NULL)
        return error;
    error = made->socket.driver->make(&made->socket);
    if (error < 0) {
        sockets_forget(made);
        return error;
    }
    return sockets_install(made, type & FLAGS);
}

long kr_syscall_socketpair(int family, int type, int protocol, int files[2])
{
    int error;

    if (!is_type(type))
        return -KR_EINVAL;
    struct made *one = sockets_allocate(family, type & TYPE_MASK, protocol, &error);
    struct made *other = one == NULL ? NULL
                                     : sockets_allocate(family, type & TYPE_MASK, protocol, &error);
    if (other != NULL)
        error = one->socket.driver->pair == NULL
                    ? -KR_EOPNOTSUPP
                    : one->socket.driver->pair(&one->socket, &other->socket);
    if (other == NULL || error < 0) {
        sockets_forget(one);
        sockets_forget(other);
        return error;
    }
    long first = sockets_install(one, type & FLAGS);
    if (first < 0) {
        sockets_let_go(other);
        return first;
    }
    long second = sockets_install(other, type & FLAGS);
    if (second < 0) {
        kr_vfs_close((int)first);
        return second;
    }
    files[0] = (int)first;
    files[1] = (int)second;
    return 0;
}

long kr_syscall_bind(int file, const void *address, uint32_t length)
{
    struct made *made;
    long error = sockets_use(file, &made);

    if (error < 0)
        return error;
    error = made->socket.driver->bind(&made->socket, address, length);
    sockets_let_go(made);
    return error;
}

long kr_syscall_listen(int file, int backlog)
{
    struct made *made;
    long error = sockets_use(file, &made);

    if (error < 0)
        return error;
    error = made->socket.driver->listen(&made->socket, backlog);
    made->listens = made->listens || error == 0;
    sockets_let_go(made);
    return error;
}

/* A connection of (made), as a socket without a descriptor. */
static long accept_from(struct made *made, struct made **fresh, bool waits)
{
    int error;
    uint64_t deadline = 0;

    *fresh = sockets_allocate(made->socket.family, made->socket.type, made->socket.protocol, &error);
    if (*fresh == NULL)
        return error;
    while ((error = made->socket.driver->accept(&made->socket, &(*fresh)->socket)) ==
               -KR_EAGAIN &&
           waits) {
        deadline = deadline == 0 ? sockets_deadline(made->receive_timeout) : deadline;
        error = (int)sockets_wait(made, deadline);
        if (error < 0)
            break;
    }
    if (error < 0)
        sockets_forget(*fresh);
    return error;
}

long kr_syscall_accept(int file, void *address, uint32_t *length, int flags)
{
    struct made *made;
    struct made *fresh;

    if ((flags & ~FLAGS) != 0)
        return -KR_EINVAL;
    long error = sockets_use(file, &made);
    if (error < 0)
        return error;
    error = accept_from(made, &fresh, sockets_waits(file, 0));
    sockets_let_go(made);
    if (error < 0)
        return error;
    if (address != NULL && length != NULL) {
        error = fresh->socket.driver->peer_address(&fresh->socket, address, length);
        if (error < 0) { /* it has gone already */
            sockets_let_go(fresh);
            return -KR_ECONNABORTED;
        }
    }
    return sockets_install(fresh, flags);
}

/* Waits until a connection is, or is not. */
static long connected(struct made *made)
{
    uint64_t deadline = sockets_deadline(made->send_timeout);

    while ((made->socket.driver->ready(&made->socket) &
            (KR_SOCKET_OUT | KR_SOCKET_ERROR | KR_SOCKET_HANGUP)) == 0)
        switch (sockets_wait(made, deadline)) {
        case 0:
            break;
        case -KR_EINTR:
            return -KR_EINTR;
        default:
            return -KR_EINPROGRESS;
        }
    int error = 0;
    uint32_t size = sizeof(error);
    made->socket.driver->get_option(&made->socket, SOCKET_LEVEL, PENDING_ERROR, &error, &size);
    return -error;
}

long kr_syscall_connect(int file, const void *address, uint32_t length)
{
    struct made *made;
    uint64_t deadline = 0;
    long error = sockets_use(file, &made);

    if (error < 0)
        return error;
    bool waits = sockets_waits(file, 0);
    for (;;) {
        error = made->socket.driver->connect(&made->socket, address, length);
        if (error != -KR_EAGAIN || !waits)
            break;
        deadline = deadline == 0 ? sockets_deadline(made->send_timeout) : deadline;
        error = sockets_wait(made, deadline);
        if (error < 0)
            break;
    }
    if (error == -KR_EINPROGRESS && waits)
        error = connected(made);
    sockets_let_go(made);
    return error;
}

long kr_syscall_shutdown(int file, int how)
{
    struct made *made;

    if (how < 0 || how > 2)
        return -KR_EINVAL;
    long error = sockets_use(file, &made);
    if (error < 0)
        return error;
    error = made->socket.driver->shutdown(&made->socket, how);
    sockets_let_go(made);
    return error;
}

long kr_syscall_getsockname(int file, void *address, uint32_t *length)
{
    struct made *made;
    long error = sockets_use(file, &made);

    if (error < 0)
        return error;
    error = made->socket.driver->own_address(&made->socket, address, length);
    sockets_let_go(made);
    return error;
}

long kr_syscall_getpeername(int file, void *address, uint32_t *length)
{
    struct made *made;
    long error = sockets_use(file, &made);

    if (error < 0)
        return error;
    error = made->socket.driver->peer_address(&made->socket, address, length);
    sockets_let_go(made);
    return error;
}
