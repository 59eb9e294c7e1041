/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of this lib share: a socket, its name, and what it holds. */
#ifndef SOCKET_LOCAL_LOCAL_H
#define SOCKET_LOCAL_LOCAL_H

#include <kraft/socket.h>

#define AF_UNIX 1
#define MOST 212992u   /* bytes that a socket holds at most */
#define MOST_WAITING 10u /* datagrams; Linux's max_dgram_qlen */
#define NAME_SIZE 108u

/* struct sockaddr_un, as far as it is filled. */
struct name {
    uint16_t family;
    char path[NAME_SIZE];
    uint32_t length; /* of path; 0: no name. One that begins with 0 is abstract */
};

/* Open files that go with it. */
struct rights {
    unsigned count;
    void *files[]; /* kr_vfs_hold */
};

/* What was sent at once. */
struct packet {
    struct packet *next;
    size_t size, read; /* a stream's reader takes a part */
    struct name from;  /* of a datagram */
    struct rights *rights; /* NULL: none */
    char bytes[];
};

struct local {
    struct kr_socket *socket; /* NULL: a connection that nobody has accepted */
    struct local *next;       /* of all */
    struct name name;
    struct local *peer; /* NULL: none, or it has gone */
    int type;
    bool connected; /* has, or had, a peer */
    bool ended;     /* nobody sends to it any more */
    bool shut_receive;
    bool listening;
    int error;                  /* pending, positive */
    const struct local *awaits; /* what it could not send or connect to */

    struct packet *first, *last; /* to be received */
    size_t bytes;
    unsigned packets;

    unsigned backlog, pending; /* of a listener; connections to be accepted */
    struct local *pending_first, *pending_last;
    struct local *pending_next; /* of a connection */
};

extern struct local *local_all;

static inline struct local *local_of(struct kr_socket *socket)
{
    return socket->state;
}

static inline bool local_keeps_bounds(const struct local *local)
{
    return local->type != KR_SOCKET_STREAM;
}

/* names.c: 0 and the name, or -KR_EINVAL. */
int local_read_name(const void *address, uint32_t length, struct name *name);
void local_write_name(const struct name *name, void *address, uint32_t *length);
/* Who has (name); NULL: nobody, and *error says so as Linux does. */
struct local *local_find(const struct name *name, int *error);
int local_bind(struct kr_socket *socket, const void *address, uint32_t length);
int local_own_address(struct kr_socket *socket, void *address, uint32_t *length);
int local_peer_address(struct kr_socket *socket, void *address, uint32_t *length);

/* local.c */
void local_tell(struct local *local);         /* its state has changed */
void local_tell_awaiting(struct local *full); /* it has room again */

/* transfer.c */
bool local_is_full(const struct local *local);
void local_drop_all(struct local *local);
ptrdiff_t local_send(struct kr_socket *socket, const struct kr_syscall_message *message, int flags);
ptrdiff_t local_receive(struct kr_socket *socket, struct kr_syscall_message *message, int flags);
long local_unread(struct kr_socket *socket);

/* rights.c: holds what (message) sends, into (rights), NULL for none; 0 or a
 * negative error. Gives descriptors to the receiver, in (room) bytes. */
int local_take_rights(const struct kr_syscall_message *message, struct rights **rights);
void local_drop_rights(struct rights *rights);
void local_give_rights(const struct rights *rights, struct kr_syscall_message *message, size_t room,
                       int flags);

/* option.c */
int local_set_option(struct kr_socket *socket, int level, int name, const void *value,
                     uint32_t length);
int local_get_option(struct kr_socket *socket, int level, int name, void *value,
                     uint32_t *length);

#endif
