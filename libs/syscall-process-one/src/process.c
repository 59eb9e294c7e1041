/* SPDX-License-Identifier: BSD-3-Clause */
/* An image is one process and has no users: most answers are constants. */
#include <kraft/boot.h>
#include <kraft/syscall-process.h>

#include "options.h"

#define PROCESS 1
#define LIMIT_STACK 3u
#define LIMIT_CORE 4u
#define LIMIT_FILES 7u
#define LIMITS 16u

long kr_syscall_getpid(void)
{
    return PROCESS;
}

long kr_syscall_getppid(void)
{
    return 0;
}

long kr_syscall_getuid(void)
{
    return 0;
}

long kr_syscall_geteuid(void)
{
    return 0;
}

long kr_syscall_getgid(void)
{
    return 0;
}

long kr_syscall_getegid(void)
{
    return 0;
}

long kr_syscall_uname(struct kr_syscall_names *names)
{
    static const struct kr_syscall_names all = {
        .system = "Linux",
        .node = OPT_NODE,
        .release = "6.1.0",
        .version = "kraft",
        .machine = "x86" "_64", /* a name of Linux, not of an arch of ours */
        .domain = "(none)",
    };

    *names = all;
    return 0;
}

static uint64_t limit_of(unsigned which)
{
    switch (which) {
    case LIMIT_STACK:
        return UINT64_C(65536);
    case LIMIT_CORE:
        return 0;
    case LIMIT_FILES:
        return 1024;
    default:
        return UINT64_MAX;
    }
}

long kr_syscall_prlimit(int process, unsigned which, const struct kr_syscall_limit *fresh,
                        struct kr_syscall_limit *old)
{
    if (process != 0 && process != PROCESS)
        return -KR_ESRCH;
    if (which >= LIMITS)
        return -KR_EINVAL;
    if (fresh != NULL)
        return -KR_EPERM;
    if (old != NULL)
        *old = (struct kr_syscall_limit){.now = limit_of(which), .most = limit_of(which)};
    return 0;
}

void kr_syscall_exit(int status)
{
    kr_boot_exit(status);
}
