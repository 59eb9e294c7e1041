/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * socket: a family of sockets, as the provider of syscall-sockets sees it.
 *
 * Cardinality: any number of providers, each for families of its own; each
 *              exports one `const struct kr_socket_driver`.
 * Context:     thread context. A driver MUST NOT wait: what would is
 *              -KR_EAGAIN, and (changed) is called once it may not any more.
 * Failure:     as each call on Linux, negative. An option that is not known is
 *              -KR_ENOPROTOOPT.
 * Ownership:   a struct kr_socket is the caller's, from make, pair or accept
 *              to close; (state) in it is the driver's.
 *
 * Addresses are Linux's struct sockaddr and its kin; lengths are in bytes.
 */
#ifndef KRAFT_SOCKET_H
#define KRAFT_SOCKET_H

#include <kraft/syscall-sockets.h>

/* Types, SOCK_…, and events, POLL…. */
#define KR_SOCKET_STREAM 1
#define KR_SOCKET_DATAGRAM 2
#define KR_SOCKET_RAW 3
#define KR_SOCKET_SEQUENCE 5
#define KR_SOCKET_IN 1
#define KR_SOCKET_OUT 4
#define KR_SOCKET_ERROR 8
#define KR_SOCKET_HANGUP 16
#define KR_SOCKET_HALF_HANGUP 0x2000

/* Flags of one message, MSG_…. */
#define KR_SOCKET_PEEK 0x2
#define KR_SOCKET_CONTROL_CUT 0x8 /* answered: control data was lost */
#define KR_SOCKET_CUT 0x20        /* answered: the rest of a datagram was lost; asked: its length */
#define KR_SOCKET_MORE 0x8000
#define KR_SOCKET_CLOSE_ON_EXEC 0x40000000 /* of descriptors that are received */

struct kr_socket {
    const struct kr_socket_driver *driver;
    void *state;
    int family, type, protocol;

    /* The caller's: these events may hold from now on, or again. */
    void (*changed)(struct kr_socket *socket, int ready);
};

struct kr_socket_driver {
    const char *name;
    int families[2]; /* AF_…; the second MAY be 0 */

    /* Fills (state) for the family, type and protocol of (socket), or both
     * for a pair: -KR_EPROTONOSUPPORT, _ESOCKTNOSUPPORT, _ENOMEM. */
    int (*make)(struct kr_socket *socket);
    int (*pair)(struct kr_socket *one, struct kr_socket *other); /* MAY be NULL */
    void (*close)(struct kr_socket *socket);

    int (*bind)(struct kr_socket *socket, const void *address, uint32_t length);
    int (*listen)(struct kr_socket *socket, int backlog);
    int (*accept)(struct kr_socket *socket, struct kr_socket *connection);

    /* 0; -KR_EINPROGRESS: OUT or ERROR will say when, and SO_ERROR what came
     * of it; -KR_EAGAIN: ask again after OUT. */
    int (*connect)(struct kr_socket *socket, const void *address, uint32_t length);

    /* Bytes, or for a datagram with KR_SOCKET_CUT asked its whole length. A
     * stream MAY take or give fewer than all. Received: (address_length)
     * becomes the address's whole length, (control_length) what was filled,
     * (flags) those that are answered. */
    ptrdiff_t (*send)(struct kr_socket *socket, const struct kr_syscall_message *message,
                      int flags);
    ptrdiff_t (*receive)(struct kr_socket *socket, struct kr_syscall_message *message, int flags);

    int (*shutdown)(struct kr_socket *socket, int how); /* SHUT_… */
    int (*ready)(struct kr_socket *socket);             /* events that hold now */
    long (*unread)(struct kr_socket *socket);           /* FIONREAD; MAY be NULL */

    /* Writes at most (*length) bytes, and the whole length to it. */
    int (*own_address)(struct kr_socket *socket, void *address, uint32_t *length);
    int (*peer_address)(struct kr_socket *socket, void *address, uint32_t *length);

    int (*set_option)(struct kr_socket *socket, int level, int name, const void *value,
                      uint32_t length);
    int (*get_option)(struct kr_socket *socket, int level, int name, void *value,
                      uint32_t *length);
};

extern const struct kr_socket_driver *const kr_socket_drivers[]; /* generated */
extern const size_t kr_socket_driver_count;                      /* generated */

#endif
