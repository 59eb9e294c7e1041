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
 * A (fresh) limit is remembered and told from then on, and enforced by whoever
 * provides file-limits, if at all;
 * -KR_EPERM where it is to allow more than the instance can, -KR_EINVAL where
 * (now) is beyond (most). */
long kr_syscall_prlimit(int process, unsigned which, const struct kr_syscall_limit *fresh,
                        struct kr_syscall_limit *old);

/*
 * prctl: the name (PR_SET_NAME, PR_GET_NAME) is that of the process, whichever
 * thread asks. PR_{GET,SET}_DUMPABLE, _NO_NEW_PRIVS, _PDEATHSIG, _THP_DISABLE and
 * _TIMERSLACK are remembered and mean nothing. Others: -KR_EINVAL.
 */
long kr_syscall_prctl(int option, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d);

/* struct rusage: what was used. */
struct kr_syscall_usage {
    int64_t user[2], system[2]; /* struct timeval: seconds, microseconds */
    int64_t most_memory;        /* KiB */
    int64_t rest[13];           /* 0 */
};

/* All time since the start is the process's, in user mode; -KR_EINVAL for
 * a (who) that is neither it, its thread nor its children, of which it has none. */
long kr_syscall_getrusage(int who, struct kr_syscall_usage *usage);

/* struct tms, in hundredths of a second; returns how many have gone by. NULL
 * for (used) is allowed. */
struct kr_syscall_times {
    int64_t user, system, children_user, children_system;
};
long kr_syscall_times(struct kr_syscall_times *used);

/* struct sysinfo. */
struct kr_syscall_info {
    int64_t uptime; /* seconds */
    uint64_t loads[3];
    uint64_t memory, free_memory, shared, buffers, swap, free_swap; /* in units */
    uint16_t processes, padding[3];
    uint64_t high, free_high;
    uint32_t unit; /* bytes */
    uint32_t last;
};
long kr_syscall_sysinfo(struct kr_syscall_info *info);

/* There is one CPU, number 0: a set of CPUs without it is -KR_EINVAL, as is a
 * (size) that holds no word. kr_syscall_sched_getaffinity returns the bytes written. */
long kr_syscall_sched_getaffinity(int thread, size_t size, uint64_t *set);
long kr_syscall_sched_setaffinity(int thread, size_t size, const uint64_t *set);
long kr_syscall_getcpu(unsigned *cpu, unsigned *node);

/* exit_group, and exit of the last thread: the end of the instance. */
KR_NORETURN void kr_syscall_exit(int status);

#endif
