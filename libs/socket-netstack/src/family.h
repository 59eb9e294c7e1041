/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of this lib share. The state of a socket is the stack's. */
#ifndef SOCKET_NETSTACK_FAMILY_H
#define SOCKET_NETSTACK_FAMILY_H

#include <kraft/netstack.h>
#include <kraft/socket.h>

#define AF_UNSPEC 0
#define AF_INET 2
#define AF_INET6 10

struct inet {
    struct kr_netstack_socket *socket;
    bool resolves; /* it asked 127.0.0.1:53, which stands for the stack's server */
    bool refused;  /* a failed connect; its error was told */
};

static inline struct inet *inet_of(struct kr_socket *socket)
{
    return socket->state;
}

/* struct sockaddr_in and sockaddr_in6 to the stack's address: 0, -KR_EINVAL,
 * -KR_EAFNOSUPPORT. And back, for a socket of (family). */
int inet_read_address(struct kr_socket *socket, const void *bytes, uint32_t length,
                      struct kr_netstack_address *address);
void inet_write_address(int family, const struct kr_netstack_address *address, void *bytes,
                        uint32_t *length);

/* Waits until the machine has an address with which (to) can be reached. */
void inet_need_address(const struct kr_netstack_address *to);

/* 127.0.0.1, port 53, becomes the stack's name server; whether it did. */
bool inet_redirect(struct kr_netstack_address *to);
void inet_conceal(struct kr_netstack_address *from);

ptrdiff_t inet_send(struct kr_socket *socket, const struct kr_syscall_message *message, int flags);
ptrdiff_t inet_receive(struct kr_socket *socket, struct kr_syscall_message *message, int flags);

int inet_set_option(struct kr_socket *socket, int level, int name, const void *value,
                    uint32_t length);
int inet_get_option(struct kr_socket *socket, int level, int name, void *value,
                    uint32_t *length);

#endif
