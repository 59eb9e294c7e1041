/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of this lib know of each other. */
#ifndef NETSTACK_LWIP_STACK_H
#define NETSTACK_LWIP_STACK_H

#include <kraft/netstack.h>
#include <kraft/sched.h>

#include "lwip/ip_addr.h"
#include "lwip/netif.h"
#include "lwip/pbuf.h"

struct tcp_pcb;
struct udp_pcb;
struct raw_pcb;

/* A datagram that waits to be received. */
struct datagram {
    struct datagram *next;
    struct pbuf *packet; /* its payload */
    ip_addr_t from;
    u16_t port;
};

struct kr_netstack_socket {
    uint8_t type;   /* enum kr_netstack_type */
    uint8_t family; /* enum kr_netstack_family */
    bool nonblocking;
    bool listening;    /* stream: (tcp) is a listener */
    bool connecting;   /* stream: the SYN is out */
    bool connected;    /* stream: was established once; datagram: has a peer */
    bool ended;        /* stream: the peer sends no more */
    bool shut_send;    /* stream: we send no more */
    bool shut_receive; /* stream: what comes is thrown away */
    bool closing;      /* kr_netstack_close waits for the waiting to leave */
    bool only_ipv6;
    int error;        /* pending, a positive KR_E…; 0 is none */
    unsigned waiting; /* threads in (waiters), or polling for this socket */
    struct kr_sched_queue waiters;

    union { /* lwIP's half; NULL when it has gone */
        struct tcp_pcb *tcp;
        struct udp_pcb *udp;
        struct raw_pcb *raw;
    };

    /* Stream: received and unread. Linked by pbuf->next; tot_len is not kept. */
    struct pbuf *first;
    struct pbuf *last;
    ip_addr_t peer_ip; /* stream and connected datagram */
    u16_t peer_port;

    /* Listener: established and not accepted, oldest first. */
    struct kr_netstack_socket *listener; /* of one that is not accepted yet */
    struct kr_netstack_socket *pending_first;
    struct kr_netstack_socket *pending_last;
    struct kr_netstack_socket *pending_next;

    /* Datagram, echo */
    struct datagram *datagram_first;
    struct datagram *datagram_last;
    unsigned datagrams;
    u16_t identifier; /* echo: in network order */

    void (*changed)(void *argument); /* told of each change; may be NULL */
    void *argument;

    /* The set that it is watched in. */
    struct kr_netstack_set *set;
    unsigned wanted;
    void *tag;
    bool listed; /* in the set's list of those that may be ready */
    struct kr_netstack_socket *list_next;
    struct kr_netstack_socket *list_previous;
};

/* stack.c: when the stack runs, and who waits for it */

/* Handles what has arrived and what is due. Returns whether there was any. */
bool stack_run(void);

/*
 * Runs the stack once; if nothing came of it, waits until something may
 * have, in (queue) if another thread is already waiting for the devices. For
 * use in a loop around a condition. Returns false once (deadline) has passed.
 */
bool stack_wait(struct kr_sched_queue *queue, uint64_t deadline);

/* A socket's state has changed: wakes whom it concerns. */
void socket_changed(struct kr_netstack_socket *socket);

/* Starts the thread that runs the stack while nobody waits in it. */
void stack_need_thread(void);

/* The next timer is due at (due), or at (due) if not before: someone must be
 * awake then. */
void stack_due(uint64_t due);
void stack_due_by(uint64_t due);

/* Threads in kr_netstack_poll. */
extern struct kr_sched_queue stack_pollers;
extern unsigned stack_poller_count;

/* device.c */
int devices_start(void);
bool devices_receive(void); /* whether a frame was handled */
bool devices_arm(void);     /* false when there is something to receive */
struct netif *devices_netif(unsigned index);
bool devices_have_address(unsigned family);

/* timers.c: those of lwIP, run when due */
void timers_run(uint64_t now);

/* hooks.c */
void hooks_start(const uint64_t secret[2]);

/* port.c */
int port_error(err_t error); /* lwIP's error as a negative KR_E… */
uint64_t port_now(void);     /* the clock, as of the last stack_run */
void port_set_now(uint64_t now);

/* address.c */
int address_to_lwip(const struct kr_netstack_socket *socket,
                    const struct kr_netstack_address *address, ip_addr_t *ip);
void address_from_lwip(const struct kr_netstack_socket *socket, const ip_addr_t *ip, u16_t port,
                       struct kr_netstack_address *address);
void address_plain(const ip_addr_t *ip, struct kr_netstack_address *address);
bool address_is_known(unsigned family, uint64_t deadline); /* waits for ours */

/* socket.c */
struct kr_netstack_socket *socket_make(unsigned family, unsigned type);
int socket_take_error(struct kr_netstack_socket *socket); /* negative, or 0 */
/* stack_wait for (socket); -KR_EAGAIN if it may not, -KR_ECONNABORTED when it
 * was closed meanwhile. */
int socket_wait(struct kr_netstack_socket *socket, unsigned flags, uint64_t deadline);

/* stream.c */
int stream_open(struct kr_netstack_socket *socket);
int stream_bind(struct kr_netstack_socket *socket, const ip_addr_t *ip, u16_t port);
int stream_connect(struct kr_netstack_socket *socket, const ip_addr_t *ip, u16_t port);
void stream_close(struct kr_netstack_socket *socket);
void stream_forget_time_wait(void);
void stream_attach(struct kr_netstack_socket *socket, struct tcp_pcb *pcb);

/* transfer.c */
ptrdiff_t stream_send(struct kr_netstack_socket *socket, const void *bytes, size_t size,
                      unsigned flags);
ptrdiff_t stream_receive(struct kr_netstack_socket *socket, void *bytes, size_t size,
                         unsigned flags);
unsigned stream_ready(const struct kr_netstack_socket *socket);
void stream_drop_all(struct kr_netstack_socket *socket); /* what is unread */

/* datagram.c */
int datagram_open(struct kr_netstack_socket *socket);
int datagram_bind(struct kr_netstack_socket *socket, const ip_addr_t *ip, u16_t port);
int datagram_connect(struct kr_netstack_socket *socket, const ip_addr_t *ip, u16_t port);
ptrdiff_t datagram_send(struct kr_netstack_socket *socket, const void *bytes, size_t size,
                        const struct kr_netstack_address *peer);
ptrdiff_t datagram_receive(struct kr_netstack_socket *socket, void *bytes, size_t size,
                           unsigned flags, struct kr_netstack_address *peer);
void datagram_close(struct kr_netstack_socket *socket);

/* events.c */
void watch_changed(struct kr_netstack_socket *socket);
void watch_forget(struct kr_netstack_socket *socket);

#endif
