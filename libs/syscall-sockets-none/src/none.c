/* SPDX-License-Identifier: BSD-3-Clause */
/* Absence. */
#include <kraft/print.h>
#include <kraft/syscall-sockets.h>

/* The first call says that it is not there, and what is to be done. */
static long absent(const char *name)
{
    static bool told;

    if (!told)
        kr_print_format("syscall-sockets-none: %s is not there: ENOSYS. The Kraftfile can need 'sockets'.\n", name);
    told = true;
    return -KR_ENOSYS;
}

long kr_syscall_socket(int family, int type, int protocol)
{
    (void)family, (void)type, (void)protocol;
    return absent("socket");
}

long kr_syscall_socketpair(int family, int type, int protocol, int files[2])
{
    (void)family, (void)type, (void)protocol, (void)files;
    return absent("socketpair");
}

long kr_syscall_bind(int file, const void *address, uint32_t length)
{
    (void)file, (void)address, (void)length;
    return -KR_ENOSYS;
}

long kr_syscall_listen(int file, int backlog)
{
    (void)file, (void)backlog;
    return -KR_ENOSYS;
}

long kr_syscall_accept(int file, void *address, uint32_t *length, int flags)
{
    (void)file, (void)address, (void)length, (void)flags;
    return -KR_ENOSYS;
}

long kr_syscall_connect(int file, const void *address, uint32_t length)
{
    (void)file, (void)address, (void)length;
    return -KR_ENOSYS;
}

long kr_syscall_sendto(int file, const void *bytes, size_t size, int flags, const void *address,
                       uint32_t length)
{
    (void)file, (void)bytes, (void)size, (void)flags, (void)address, (void)length;
    return -KR_ENOSYS;
}

long kr_syscall_recvfrom(int file, void *bytes, size_t size, int flags, void *address,
                         uint32_t *length)
{
    (void)file, (void)bytes, (void)size, (void)flags, (void)address, (void)length;
    return -KR_ENOSYS;
}

long kr_syscall_sendmsg(int file, const struct kr_syscall_message *message, int flags)
{
    (void)file, (void)message, (void)flags;
    return -KR_ENOSYS;
}

long kr_syscall_recvmsg(int file, struct kr_syscall_message *message, int flags)
{
    (void)file, (void)message, (void)flags;
    return -KR_ENOSYS;
}

long kr_syscall_sendmmsg(int file, struct kr_syscall_messages *messages, unsigned count,
                         int flags)
{
    (void)file, (void)messages, (void)count, (void)flags;
    return -KR_ENOSYS;
}

long kr_syscall_recvmmsg(int file, struct kr_syscall_messages *messages, unsigned count, int flags,
                         struct kr_syscall_time *time)
{
    (void)file, (void)messages, (void)count, (void)flags, (void)time;
    return -KR_ENOSYS;
}

long kr_syscall_shutdown(int file, int how)
{
    (void)file, (void)how;
    return -KR_ENOSYS;
}

long kr_syscall_getsockname(int file, void *address, uint32_t *length)
{
    (void)file, (void)address, (void)length;
    return -KR_ENOSYS;
}

long kr_syscall_getpeername(int file, void *address, uint32_t *length)
{
    (void)file, (void)address, (void)length;
    return -KR_ENOSYS;
}

long kr_syscall_setsockopt(int file, int level, int name, const void *value, uint32_t length)
{
    (void)file, (void)level, (void)name, (void)value, (void)length;
    return -KR_ENOSYS;
}

long kr_syscall_getsockopt(int file, int level, int name, void *value, uint32_t *length)
{
    (void)file, (void)level, (void)name, (void)value, (void)length;
    return -KR_ENOSYS;
}
