/* SPDX-License-Identifier: BSD-3-Clause */
/* An image is one process and has no users: most answers are constants. What
 * programs may set and read again is in settings.c, what is used in usage.c. */
#include <kraft/boot.h>
#include <kraft/syscall-process.h>

#include "options.h"

#define PROCESS 1

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

void kr_syscall_exit(int status)
{
    kr_boot_exit(status);
}
