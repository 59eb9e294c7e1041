/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * No network. A socket cannot be made, so that every function which takes
 * one is called with a pointer that came from nowhere, and says so; a wait
 * for no socket ends at its deadline, which here means at once.
 */
#include <kraft/netstack.h>

struct kr_netstack_socket {
    int none;
};

int kr_netstack_socket(struct kr_netstack_socket **socket, enum kr_netstack_family family,
                       enum kr_netstack_type type)
{
    (void)family;
    (void)type;
    *socket = NULL;
    return -KR_EAFNOSUPPORT;
}

int kr_netstack_bind(struct kr_netstack_socket *socket, const struct kr_netstack_address *address)
{
    (void)socket;
    (void)address;
    return -KR_EINVAL;
}

int kr_netstack_listen(struct kr_netstack_socket *socket, unsigned backlog)
{
    (void)socket;
    (void)backlog;
    return -KR_EINVAL;
}

int kr_netstack_accept(struct kr_netstack_socket *socket, struct kr_netstack_socket **connection,
                       struct kr_netstack_address *peer)
{
    (void)socket;
    (void)connection;
    (void)peer;
    return -KR_EINVAL;
}

int kr_netstack_connect(struct kr_netstack_socket *socket,
                        const struct kr_netstack_address *address)
{
    return kr_netstack_bind(socket, address);
}

ptrdiff_t kr_netstack_send_to(struct kr_netstack_socket *socket, const void *bytes, size_t size,
                              unsigned flags, const struct kr_netstack_address *peer)
{
    (void)socket;
    (void)bytes;
    (void)size;
    (void)flags;
    (void)peer;
    return -KR_EINVAL;
}

ptrdiff_t kr_netstack_send(struct kr_netstack_socket *socket, const void *bytes, size_t size,
                           unsigned flags)
{
    return kr_netstack_send_to(socket, bytes, size, flags, NULL);
}

ptrdiff_t kr_netstack_receive_from(struct kr_netstack_socket *socket, void *bytes, size_t size,
                                   unsigned flags, struct kr_netstack_address *peer)
{
    (void)peer;
    return kr_netstack_send_to(socket, bytes, size, flags, NULL);
}

ptrdiff_t kr_netstack_receive(struct kr_netstack_socket *socket, void *bytes, size_t size,
                              unsigned flags)
{
    return kr_netstack_send_to(socket, bytes, size, flags, NULL);
}

int kr_netstack_shutdown(struct kr_netstack_socket *socket, unsigned how)
{
    return kr_netstack_listen(socket, how);
}

void kr_netstack_close(struct kr_netstack_socket *socket)
{
    (void)socket;
}

int kr_netstack_local_address(struct kr_netstack_socket *socket,
                              struct kr_netstack_address *address)
{
    return kr_netstack_bind(socket, address);
}

int kr_netstack_peer_address(struct kr_netstack_socket *socket,
                             struct kr_netstack_address *address)
{
    return kr_netstack_bind(socket, address);
}

int kr_netstack_set_option(struct kr_netstack_socket *socket, enum kr_netstack_option option,
                           int value)
{
    (void)socket;
    (void)option;
    (void)value;
    return -KR_EOPNOTSUPP;
}

int kr_netstack_get_option(struct kr_netstack_socket *socket, enum kr_netstack_option option,
                           int *value)
{
    *value = 0;
    return kr_netstack_set_option(socket, option, 0);
}

unsigned kr_netstack_ready(struct kr_netstack_socket *socket)
{
    (void)socket;
    return 0;
}

void kr_netstack_notify(struct kr_netstack_socket *socket, void (*changed)(void *argument),
                        void *argument)
{
    (void)socket;
    (void)changed;
    (void)argument;
}

unsigned kr_netstack_poll(struct kr_netstack_poll *items, unsigned count, uint64_t deadline)
{
    (void)deadline;
    for (unsigned i = 0; i < count; i++)
        items[i].ready = 0;
    return 0;
}

int kr_netstack_watch(struct kr_netstack_set *set, struct kr_netstack_socket *socket,
                      unsigned wanted, void *tag)
{
    (void)set;
    (void)socket;
    (void)wanted;
    (void)tag;
    return -KR_EINVAL;
}

unsigned kr_netstack_wait(struct kr_netstack_set *set, struct kr_netstack_event *events,
                          unsigned count, uint64_t deadline)
{
    (void)set;
    (void)events;
    (void)count;
    (void)deadline;
    return 0;
}

int kr_netstack_resolve(const char *name, unsigned family, struct kr_netstack_address *addresses,
                        unsigned count)
{
    (void)name;
    (void)family;
    (void)addresses;
    (void)count;
    return -KR_ENETUNREACH;
}

int kr_netstack_name_server(unsigned index, struct kr_netstack_address *address)
{
    (void)index;
    (void)address;
    return -KR_ENOENT;
}

int kr_netstack_interface(unsigned index, struct kr_netstack_interface *facts)
{
    (void)index;
    (void)facts;
    return -KR_ENODEV;
}
