/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * netstack: sockets over the internet protocols, with the meaning that they
 * have in POSIX.1-2017 (2.10, and the functions of these names).
 *
 * Cardinality: one provider.
 * Context:     thread context, after the boot step of the provider. Threads
 *              may share a socket; a thread that waits in one of these
 *              functions lets others run.
 * Failure:     negative KR_E…. Any function may return -KR_EINVAL for an
 *              argument that no caller should pass, and -KR_ENOMEM or
 *              -KR_ENFILE when memory or a table is exhausted. A function
 *              that would wait returns -KR_EAGAIN instead if the socket has
 *              KR_NETSTACK_NONBLOCKING or the call KR_NETSTACK_NOWAIT.
 * Ownership:   a socket belongs to whoever made or accepted it, until it is
 *              closed. Buffers and addresses stay the caller's.
 *
 * The stack runs in the threads that wait in it, and, where the scheduler
 * has threads, in one of its own while nobody does. With sched-none, packets
 * are answered and resent only while the application waits here.
 */
#ifndef KRAFT_NETSTACK_H
#define KRAFT_NETSTACK_H

#include <kraft/base.h>

struct kr_netstack_socket; /* the provider's */

enum kr_netstack_family {
    KR_NETSTACK_IPV4 = 4,
    KR_NETSTACK_IPV6 = 6, /* takes IPv4 too, as ::ffff:a.b.c.d, unless
                             KR_NETSTACK_IPV6_ONLY */
};

enum kr_netstack_type {
    KR_NETSTACK_STREAM = 1,   /* TCP */
    KR_NETSTACK_DATAGRAM = 2, /* UDP */
    KR_NETSTACK_ECHO = 3,     /* ICMP echo: a datagram sent is an ICMP message
                                 of type echo request, its identifier set by
                                 the stack; replies to it are received */
};

struct kr_netstack_address {
    uint8_t family;    /* enum kr_netstack_family; 0 is none */
    uint16_t port;     /* in the byte order of the machine */
    uint32_t scope;    /* of a link-local IPv6 address: interface, from 1 */
    uint8_t bytes[16]; /* network order; IPv4 has the first four */
};

/* Makes a socket. Returns 0, -KR_EAFNOSUPPORT, -KR_EOPNOTSUPP. */
int kr_netstack_socket(struct kr_netstack_socket **socket, enum kr_netstack_family family,
                       enum kr_netstack_type type);

/* Gives (socket) its own address; all zero bytes are any, port 0 is one that
 * is free. Returns 0, -KR_EADDRINUSE, -KR_EADDRNOTAVAIL, -KR_EAFNOSUPPORT. */
int kr_netstack_bind(struct kr_netstack_socket *socket, const struct kr_netstack_address *address);

/* Listens for connections. At most (backlog), 1 to 255, wait to be accepted
 * or to be established; further ones are not answered. Returns 0,
 * -KR_EOPNOTSUPP, -KR_EADDRINUSE. */
int kr_netstack_listen(struct kr_netstack_socket *socket, unsigned backlog);

/*
 * Waits for a connection. (peer), unless NULL, becomes its address. When
 * connections run out, the stack MAY reset the one that has been idle
 * longest to admit a new one. Returns 0, -KR_EAGAIN, -KR_ECONNABORTED.
 */
int kr_netstack_accept(struct kr_netstack_socket *socket, struct kr_netstack_socket **connection,
                       struct kr_netstack_address *peer);

/*
 * A stream: connects, waiting until it is established. A datagram socket:
 * fixes the peer. Waits first for an address of our own, for 10 s at most.
 * Returns 0, -KR_EINPROGRESS (nonblocking), -KR_EALREADY, -KR_EISCONN,
 * -KR_ECONNREFUSED, -KR_ETIMEDOUT, -KR_ENETUNREACH, -KR_EHOSTUNREACH.
 */
int kr_netstack_connect(struct kr_netstack_socket *socket,
                        const struct kr_netstack_address *address);

/* Flags of one call. */
#define KR_NETSTACK_NOWAIT 1u
#define KR_NETSTACK_PEEK 2u /* leave what is received where it is */
#define KR_NETSTACK_MORE 4u /* more follows at once: a stream may gather */

/*
 * Sends. A stream takes at least one byte, and all (size) when it may wait;
 * a datagram goes as one. Returns the bytes taken, -KR_EPIPE when the stream
 * is shut down for sending, -KR_ECONNRESET, -KR_ENOTCONN, -KR_EMSGSIZE, and
 * for datagrams what kr_netstack_connect may return.
 */
ptrdiff_t kr_netstack_send(struct kr_netstack_socket *socket, const void *bytes, size_t size,
                           unsigned flags);

/*
 * Receives: of a stream up to (size) bytes, one at least; of a datagram the
 * first (size) bytes, the rest is lost. Returns how many, 0 at the end of a
 * stream, -KR_EAGAIN, -KR_ECONNRESET, -KR_ENOTCONN, -KR_ETIMEDOUT.
 */
ptrdiff_t kr_netstack_receive(struct kr_netstack_socket *socket, void *bytes, size_t size,
                              unsigned flags);

/* The same with the peer's address, which may be NULL where it is known. */
ptrdiff_t kr_netstack_send_to(struct kr_netstack_socket *socket, const void *bytes, size_t size,
                              unsigned flags, const struct kr_netstack_address *peer);
ptrdiff_t kr_netstack_receive_from(struct kr_netstack_socket *socket, void *bytes, size_t size,
                                   unsigned flags, struct kr_netstack_address *peer);

#define KR_NETSTACK_SHUT_RECEIVE 1u
#define KR_NETSTACK_SHUT_SEND 2u /* after what was sent, the end */

/* Ends one direction of a stream, or both. Returns 0, -KR_ENOTCONN. */
int kr_netstack_shutdown(struct kr_netstack_socket *socket, unsigned how);

/* Frees (socket). What was sent is still delivered; what was received and
 * not read resets the connection (RFC 1122, 4.2.2.13). Threads that wait on
 * it return -KR_ECONNABORTED first. NULL does nothing. */
void kr_netstack_close(struct kr_netstack_socket *socket);

/* Both return 0; the second -KR_ENOTCONN. */
int kr_netstack_local_address(struct kr_netstack_socket *socket,
                              struct kr_netstack_address *address);
int kr_netstack_peer_address(struct kr_netstack_socket *socket,
                             struct kr_netstack_address *address);

enum kr_netstack_option {
    KR_NETSTACK_NONBLOCKING,    /* 0 or 1; 0 at first */
    KR_NETSTACK_NODELAY,        /* a stream sends short segments at once */
    KR_NETSTACK_KEEPALIVE,      /* a stream probes a silent peer */
    KR_NETSTACK_REUSE_ADDRESS,  /* bind while connections have the address */
    KR_NETSTACK_BROADCAST,      /* a datagram may go to all */
    KR_NETSTACK_IPV6_ONLY,      /* before bind */
    KR_NETSTACK_RECEIVE_BUFFER, /* get: bytes that the stack keeps at most */
    KR_NETSTACK_SEND_BUFFER,    /* get */
    KR_NETSTACK_ERROR,          /* get: the pending error as a positive
                                   number, which it clears; 0 is none */
    KR_NETSTACK_KEEP_IDLE,      /* a stream: seconds without a word before the
                                   first probe, */
    KR_NETSTACK_KEEP_INTERVAL,  /* seconds between probes, */
    KR_NETSTACK_KEEP_COUNT,     /* and how many are lost before the end */
    KR_NETSTACK_UNREAD,         /* get: bytes of a stream, or of the next
                                   datagram, that have been received */
};

/* Both return 0, or -KR_EOPNOTSUPP. */
int kr_netstack_set_option(struct kr_netstack_socket *socket, enum kr_netstack_option option,
                           int value);
int kr_netstack_get_option(struct kr_netstack_socket *socket, enum kr_netstack_option option,
                           int *value);

/* Events, as of POSIX poll: the call would not wait. HANGUP and ERROR are
 * always reported. */
#define KR_NETSTACK_READABLE 1u /* data, the end, an error, a connection */
#define KR_NETSTACK_WRITABLE 2u
#define KR_NETSTACK_HANGUP 4u /* both directions have ended */
#define KR_NETSTACK_FAILED 8u /* KR_NETSTACK_ERROR has one */
#define KR_NETSTACK_ENDED 16u /* the peer of a stream sends no more */

/* Events of (socket) as of now; does not wait, and does not run the stack. */
unsigned kr_netstack_ready(struct kr_netstack_socket *socket);

/*
 * From now on (changed)(argument) is called whenever (socket)'s events, as
 * kr_netstack_ready has them, may have changed, in thread context, until the
 * socket is closed; NULL ends it. It MUST NOT wait, and of this interface it
 * may call kr_netstack_ready only.
 */
void kr_netstack_notify(struct kr_netstack_socket *socket, void (*changed)(void *argument),
                        void *argument);

struct kr_netstack_poll {
    struct kr_netstack_socket *socket; /* NULL is passed over */
    unsigned wanted;                   /* events */
    unsigned ready;                    /* becomes those that are there */
};

/* Waits until a socket of (items) has an event, or until the monotonic time
 * (deadline): 0 does not wait, KR_CLOCK_NEVER is none. Returns how many
 * items have (ready) events. Costs as many steps as there are items. */
unsigned kr_netstack_poll(struct kr_netstack_poll *items, unsigned count, uint64_t deadline);

/* Sockets that are watched together; a wait costs as many steps as sockets
 * are ready, however many are watched. Zero is an empty set; the fields are
 * the provider's. */
struct kr_netstack_set {
    struct kr_netstack_socket *first; /* of those that may be ready */
    struct kr_netstack_socket *last;
    void *waiter;
};

struct kr_netstack_event {
    void *tag;      /* as given to kr_netstack_watch */
    unsigned ready; /* events */
};

/* Puts (socket) in (set) for the events (wanted), or changes them; wanted 0
 * takes it out. A socket is in one set at most; closing takes it out.
 * Returns 0, or -KR_EBUSY when it is in another. */
int kr_netstack_watch(struct kr_netstack_set *set, struct kr_netstack_socket *socket,
                      unsigned wanted, void *tag);

/*
 * Waits until a socket in (set) has a wanted event, or until (deadline) as
 * kr_netstack_poll. Fills up to (count) of (events), fairly, and returns how
 * many. What stays ready is reported again (level-triggered). One thread at
 * a time waits for a set.
 */
unsigned kr_netstack_wait(struct kr_netstack_set *set, struct kr_netstack_event *events,
                          unsigned count, uint64_t deadline);

/*
 * Finds up to (count) addresses of the host (name), by DNS, or as a number.
 * (family) 0 is either. Returns how many, -KR_ENOENT when there is none,
 * -KR_ETIMEDOUT, -KR_ENETUNREACH.
 */
int kr_netstack_resolve(const char *name, unsigned family, struct kr_netstack_address *addresses,
                        unsigned count);

/* The (index)th name server that the stack asks, from 0. Returns 0, or -KR_ENOENT
 * past the last. */
int kr_netstack_name_server(unsigned index, struct kr_netstack_address *address);

/* What the (index)th interface is, from 0. */
struct kr_netstack_interface {
    char name[8];
    uint8_t mac[6];
    uint16_t mtu;
    bool up;
    uint8_t prefix;                     /* bits, of address */
    struct kr_netstack_address address; /* IPv4; family 0: none yet */
    struct kr_netstack_address gateway; /* IPv4; family 0: none */
    struct kr_netstack_address ipv6[3]; /* valid ones; family 0: none */
};

/* Returns 0, or -KR_ENODEV past the last. */
int kr_netstack_interface(unsigned index, struct kr_netstack_interface *facts);

#endif
