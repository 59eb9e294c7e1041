/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * syscall-sockets: sockets, as Linux's calls name them.
 *
 * Cardinality: one provider.
 * Context:     thread context; what may wait on Linux MAY wait.
 * Failure:     as each call on Linux; -KR_ENOTSOCK for another file. A provider
 *              without sockets returns -KR_ENOSYS; one that has them provides
 *              the interface `sockets` too. Where a peer has gone, sending
 *              raises SIGPIPE unless MSG_NOSIGNAL.
 * Ownership:   what is passed stays the caller's.
 *
 * Each function is the call that its name ends in (man 2), with its arguments
 * in its order, and flags, options and addresses of Linux's values on x86-64.
 * accept is accept4. A pointer to a length MAY be NULL where that of its
 * address is.
 */
#ifndef KRAFT_SYSCALL_SOCKETS_H
#define KRAFT_SYSCALL_SOCKETS_H

#include <kraft/syscall-time.h>

/* struct iovec. */
struct kr_syscall_socket_part {
    void *bytes;
    size_t length;
};

/* struct msghdr, as the kernel has it. */
struct kr_syscall_message {
    void *address;
    uint32_t address_length, padding;
    struct kr_syscall_socket_part *parts;
    size_t count;
    void *control;
    size_t control_length;
    int32_t flags;
};

/* struct mmsghdr. */
struct kr_syscall_messages {
    struct kr_syscall_message message;
    uint32_t length; /* bytes sent or received */
};

long kr_syscall_socket(int family, int type, int protocol);
long kr_syscall_socketpair(int family, int type, int protocol, int files[2]);
long kr_syscall_bind(int file, const void *address, uint32_t length);
long kr_syscall_listen(int file, int backlog);
long kr_syscall_accept(int file, void *address, uint32_t *length, int flags);
long kr_syscall_connect(int file, const void *address, uint32_t length);
long kr_syscall_sendto(int file, const void *bytes, size_t size, int flags, const void *address,
                       uint32_t length);
long kr_syscall_recvfrom(int file, void *bytes, size_t size, int flags, void *address,
                         uint32_t *length);
long kr_syscall_sendmsg(int file, const struct kr_syscall_message *message, int flags);
long kr_syscall_recvmsg(int file, struct kr_syscall_message *message, int flags);
long kr_syscall_sendmmsg(int file, struct kr_syscall_messages *messages, unsigned count,
                         int flags);
long kr_syscall_recvmmsg(int file, struct kr_syscall_messages *messages, unsigned count, int flags,
                         struct kr_syscall_time *time);
long kr_syscall_shutdown(int file, int how);
long kr_syscall_getsockname(int file, void *address, uint32_t *length);
long kr_syscall_getpeername(int file, void *address, uint32_t *length);
long kr_syscall_setsockopt(int file, int level, int name, const void *value, uint32_t length);
long kr_syscall_getsockopt(int file, int level, int name, void *value, uint32_t *length);

#endif
