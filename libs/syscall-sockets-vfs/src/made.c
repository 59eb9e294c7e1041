/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sockets as open files: what a descriptor of one does, and how a call waits.
 * A family's change is told to watches and to whoever waits in a call; both
 * ask the family again.
 */
#include <kraft/alloc.h>
#include <kraft/clock.h>
#include <kraft/print.h>

#include "made.h"

#define UNREAD 0x541bu /* FIONREAD */

static void on_change(struct kr_socket *socket, int ready)
{
    struct made *made = (struct made *)socket; /* its first member */

    if (made->waiters.first != NULL)
        kr_sched_wake_all_isr(&made->waiters);
    if (made->watches != NULL)
        kr_vfs_changed(made->watches, ready);
}

static const struct kr_socket_driver *driver_of(int family)
{
    for (size_t i = 0; i < kr_socket_driver_count && family > 0; i++)
        if (kr_socket_drivers[i]->families[0] == family ||
            kr_socket_drivers[i]->families[1] == family)
            return kr_socket_drivers[i];
    return NULL;
}

/* Says once that a family that programs expect is nobody's. */
static void tell_of_absence(int family)
{
    static const struct {
        int family;
        const char *name, *wanted;
    } known[] = {{1, "AF_UNIX", "local-sockets"}, {2, "AF_INET", "internet"}};
    static bool told[sizeof(known) / sizeof(known[0])];

    for (unsigned i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (known[i].family != family || told[i])
            continue;
        told[i] = true;
        kr_print_format("syscall-sockets-vfs: there are no sockets of %s: EAFNOSUPPORT. The Kraftfile can need '%s'.\n",
                        known[i].name, known[i].wanted);
    }
}

struct made *sockets_allocate(int family, int type, int protocol, int *error)
{
    const struct kr_socket_driver *driver = driver_of(family);
    struct made *made = driver == NULL ? NULL : kr_alloc_allocate(sizeof(*made));

    *error = driver == NULL ? -KR_EAFNOSUPPORT : -KR_ENOMEM;
    if (driver == NULL)
        tell_of_absence(family);
    if (made == NULL)
        return NULL;
    *made = (struct made){
        .socket =
            {
                .driver = driver,
                .family = family,
                .type = type,
                .protocol = protocol,
                .changed = on_change,
            },
        .users = 1,
        .receive_timeout = KR_CLOCK_NEVER,
        .send_timeout = KR_CLOCK_NEVER,
    };
    return made;
}

void sockets_forget(struct made *made)
{
    kr_alloc_free(made);
}

long sockets_install(struct made *made, int flags)
{
    int file = kr_vfs_install(&sockets_operations, made, flags | KR_VFS_READ_WRITE);

    if (file < 0)
        sockets_let_go(made);
    return file;
}

long sockets_use(int file, struct made **made)
{
    *made = kr_vfs_state(file, &sockets_operations);
    if (*made == NULL)
        return kr_vfs_description(file) == NULL ? -KR_EBADF : -KR_ENOTSOCK;
    (*made)->users++;
    return 0;
}

void sockets_let_go(struct made *made)
{
    if (--made->users > 0)
        return;
    made->socket.driver->close(&made->socket);
    kr_alloc_free(made);
}

bool sockets_waits(int file, int call)
{
    return (call & DONT_WAIT) == 0 && (kr_vfs_fcntl(file, 3, 0) & KR_VFS_NON_BLOCKING) == 0;
}

uint64_t sockets_deadline(uint64_t timeout)
{
    uint64_t now = timeout == KR_CLOCK_NEVER ? 0 : kr_clock_monotonic();

    return timeout > KR_CLOCK_NEVER - now ? KR_CLOCK_NEVER : now + timeout;
}

long sockets_wait(struct made *made, uint64_t deadline)
{
    int error = kr_sched_wait_interruptible(&made->waiters, deadline);

    return error == -KR_ETIMEDOUT ? -KR_EAGAIN : error;
}

/* What the family takes of (message) at once, something at least if it may wait. */
static int64_t send_some(struct made *made, const struct kr_syscall_message *message, int flags,
                         bool waits)
{
    uint64_t deadline = 0;

    for (;;) {
        ptrdiff_t sent = made->socket.driver->send(&made->socket, message, flags);

        if (sent != -KR_EAGAIN || !waits)
            return sent;
        deadline = deadline == 0 ? sockets_deadline(made->send_timeout) : deadline;
        sent = sockets_wait(made, deadline);
        if (sent < 0)
            return sent;
    }
}

int64_t sockets_send(struct made *made, const struct kr_syscall_message *message, int flags,
                     bool waits)
{
    int64_t done = send_some(made, message, flags, waits);

    if (done < 0 || !waits || made->socket.type != KR_SOCKET_STREAM)
        return done;
    /* A stream that may wait takes everything. */
    size_t skip = (size_t)done;
    for (size_t i = 0; i < message->count; i++) {
        struct kr_syscall_socket_part part = message->parts[i];
        const struct kr_syscall_message rest = {.parts = &part, .count = 1};
        size_t taken = skip < part.length ? skip : part.length;

        skip -= taken;
        while (part.length > taken) {
            part.bytes = (char *)part.bytes + taken;
            part.length -= taken;
            int64_t sent = send_some(made, &rest, flags, true);
            if (sent < 0)
                return done > 0 ? done : sent;
            taken = (size_t)sent;
            done += sent;
        }
    }
    return done;
}

int64_t sockets_receive(struct made *made, struct kr_syscall_message *message, int flags,
                        bool waits)
{
    uint64_t deadline = 0;

    for (;;) {
        ptrdiff_t received = made->socket.driver->receive(&made->socket, message, flags);

        if (received != -KR_EAGAIN || !waits)
            return received;
        deadline = deadline == 0 ? sockets_deadline(made->receive_timeout) : deadline;
        received = sockets_wait(made, deadline);
        if (received < 0)
            return received;
    }
}

static int64_t socket_read(void *state, void *bytes, size_t length, int flags)
{
    struct kr_syscall_socket_part part = {bytes, length};
    struct kr_syscall_message message = {.parts = &part, .count = 1};

    return sockets_receive(state, &message, 0, (flags & KR_VFS_NON_BLOCKING) == 0);
}

static int64_t socket_write(void *state, const void *bytes, size_t length, int flags)
{
    struct kr_syscall_socket_part part = {(void *)(uintptr_t)bytes, length};
    const struct kr_syscall_message message = {.parts = &part, .count = 1};

    return sockets_send(state, &message, 0, (flags & KR_VFS_NON_BLOCKING) == 0);
}

static int socket_ready(void *state)
{
    struct made *made = state;

    return made->socket.driver->ready(&made->socket);
}

static int socket_ioctl(void *state, unsigned request, void *argument)
{
    struct made *made = state;

    if (request != UNREAD || made->socket.driver->unread == NULL)
        return -KR_ENOTTY;
    *(int *)argument = (int)made->socket.driver->unread(&made->socket);
    return 0;
}

static struct kr_vfs_watch **socket_watches(void *state)
{
    return &((struct made *)state)->watches;
}

static void socket_close(void *state)
{
    struct made *made = state;

    kr_sched_wake_all_isr(&made->waiters);
    sockets_let_go(made);
}

const struct kr_vfs_operations sockets_operations = {
    .mode = KR_VFS_SOCKET | 0777,
    .read = socket_read,
    .write = socket_write,
    .ready = socket_ready,
    .ioctl = socket_ioctl,
    .close = socket_close,
    .watches = socket_watches,
};
