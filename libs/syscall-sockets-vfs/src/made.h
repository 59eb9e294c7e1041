/* SPDX-License-Identifier: BSD-3-Clause */
/* A socket with a descriptor, and what the files of this lib do with it. */
#ifndef SYSCALL_SOCKETS_VFS_MADE_H
#define SYSCALL_SOCKETS_VFS_MADE_H

#include <kraft/sched.h>
#include <kraft/socket.h>
#include <kraft/vfs.h>

#define DONT_WAIT 0x40 /* MSG_DONTWAIT */
#define NO_SIGNAL 0x4000 /* MSG_NOSIGNAL */
#define WAIT_ALL 0x100   /* MSG_WAITALL */

struct made {
    struct kr_socket socket; /* first: a socket is what was made around it */
    struct kr_vfs_watch *watches;
    struct kr_sched_queue waiters;
    unsigned users; /* the open file, and calls under way */
    bool listens;
    uint64_t receive_timeout, send_timeout; /* nanoseconds; KR_CLOCK_NEVER is none */
};

extern const struct kr_vfs_operations sockets_operations;

/* A socket without a state. NULL: no memory, or (family) is nobody's (*error). */
struct made *sockets_allocate(int family, int type, int protocol, int *error);

/* Frees one that has no state; NULL does nothing. */
void sockets_forget(struct made *made);

/* Gives (made), which has a state, a descriptor. Frees it where there is none. */
long sockets_install(struct made *made, int flags);

/* The socket behind (file), used from now on; and whether a call with the
 * flags (call) may wait. 0, -KR_EBADF, -KR_ENOTSOCK. */
long sockets_use(int file, struct made **made);
void sockets_let_go(struct made *made);
bool sockets_waits(int file, int call);

/* Waits for a change. 0, or -KR_EAGAIN once (deadline) has passed. */
long sockets_wait(struct made *made, uint64_t deadline);
uint64_t sockets_deadline(uint64_t timeout);

/* Message by message: all that blocks does it here. */
int64_t sockets_send(struct made *made, const struct kr_syscall_message *message, int flags,
                     bool waits);
int64_t sockets_receive(struct made *made, struct kr_syscall_message *message, int flags,
                        bool waits);

#endif
