/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * syscall-process: what Linux's system calls tell of the one process that an
 * image is, and the calls that end it.
 *
 * Cardinality: one provider.
 * Context:     thread context.
 * Failure:     as each call on Linux: a negative error number.
 * Ownership:   buffers stay the caller's.
 *
 * Each function is the call that its name ends in (man 2), with its arguments
 * in its order; a pointer MUST be one that may be used.
 */
#ifndef KRAFT_SYSCALL_PROCESS_H
#define KRAFT_SYSCALL_PROCESS_H

#include <kraft/base.h>

/* The id that the process has, and every other question for an id: 1 and 0. */
long kr_syscall_getpid(void);
long kr_syscall_getppid(void);
long kr_syscall_getuid(void);
long kr_syscall_geteuid(void);
long kr_syscall_getgid(void);
long kr_syscall_getegid(void);

/* struct utsname: six texts. */
struct kr_syscall_names {
    char system[65], node[65], release[65], version[65], machine[65], domain[65];
};
long kr_syscall_uname(struct kr_syscall_names *names);

/* struct rlimit: what counts now, and what it may be raised to. */
struct kr_syscall_limit {
    uint64_t now;
    uint64_t most;
};

/* prlimit64: reads the limit (which) of the process into (old), unless NULL.
 * A (fresh) limit is refused with -KR_EPERM: there is nothing to enforce it. */
long kr_syscall_prlimit(int process, unsigned which, const struct kr_syscall_limit *fresh,
                        struct kr_syscall_limit *old);

/* exit_group, and exit of the last thread: the end of the instance. */
KR_NORETURN void kr_syscall_exit(int status);

#endif
