/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which function does which system call. The older calls are done by the newer
 * ones. docs/posix.md is checked against the cases below.
 */
#ifndef LIBC_MUSL_CALLS_H
#define LIBC_MUSL_CALLS_H

#include <kraft/file-limits.h>
#include <kraft/signals.h>
#include <kraft/syscall-files.h>
#include <kraft/syscall-memory.h>
#include <kraft/syscall-polling.h>
#include <kraft/syscall-process.h>
#include <kraft/syscall-random.h>
#include <kraft/syscall-signals.h>
#include <kraft/syscall-sockets.h>
#include <kraft/syscall-threads.h>
#include <kraft/syscall-time.h>
#include <kraft/syscall-timers.h>
#include <sys/syscall.h>

/* In place of SYS_brk, where musl's malloc asks for it (lock.h): it does not move. */
#define LIBC_MUSL_NO_BREAK (-1)

#define LIBC_MUSL_INLINE inline __attribute__((__always_inline__))

/* -ENOSYS; prints a line the first time that (number) is absent. */
__attribute__((__noinline__)) long libc_musl_absent(long number, const char *name);

/* As libc_musl_call, for a number that is known when it runs. */
long libc_musl_call_any(long n, long a, long b, long c, long d, long e, long f);

/* NULL until a thread is cancelled. Then: whether the calling one is, at call (n); and where it (acts) on that, it ends
 * here, or returns -ECANCELED for call (n) to return. */
extern long (*libc_musl_cancelled)(long n, bool acts);

/* A call that waits, and that a signal may end: its handlers run here, and it is
 * made again where they allow that (SA_RESTART), (restarts) does, and the thread is not cancelled. */
#define WAITS(restarts, call)                                                                      \
    ({                                                                                             \
        long result_;                                                                              \
                                                                                                   \
        do                                                                                         \
            result_ = (call);                                                                      \
        while (result_ == -KR_EINTR && kr_signals_interrupted() && (restarts) &&                   \
               (libc_musl_cancelled == NULL || libc_musl_cancelled(-1, false) == 0));              \
        result_;                                                                                   \
    })

/* Unmaps the stacks that are kept (stacks.c); whether there were any. */
bool libc_musl_stacks_drop(void);

/* A call that takes memory, once more where there is some in stacks that are kept. */
#define ELSE_STACKS(call)                                                                          \
    ({                                                                                             \
        long result_ = (call);                                                                     \
                                                                                                   \
        if (result_ == -KR_ENOMEM && libc_musl_stacks_drop())                                      \
            result_ = (call);                                                                      \
        result_;                                                                                   \
    })

static LIBC_MUSL_INLINE const char *libc_musl_name(long n)
{
    switch (n) {
#include "syscall_names.h"
    }
    return "?";
}

/* (result), of setting a limit, which is others' to enforce. */
static LIBC_MUSL_INLINE long libc_musl_limited(unsigned which, const struct kr_syscall_limit *fresh,
                                               long result)
{
    if (result == 0 && fresh != NULL)
        kr_file_limits_set(which, fresh->now);
    return result;
}

#include "by-path.h"

static LIBC_MUSL_INLINE long libc_musl_by_socket(long n, long a, long b, long c, long d, long e,
                                                 long f)
{
    switch (n) {
    case SYS_socket:
        return kr_syscall_socket(a, b, c);
    case SYS_socketpair:
        return kr_syscall_socketpair(a, b, c, (void *)d);
    case SYS_bind:
        return kr_syscall_bind(a, (void *)b, c);
    case SYS_listen:
        return kr_syscall_listen(a, b);
    case SYS_accept:
        return WAITS(true, kr_syscall_accept(a, (void *)b, (void *)c, 0));
    case SYS_accept4:
        return WAITS(true, kr_syscall_accept(a, (void *)b, (void *)c, d));
    case SYS_connect:
        return WAITS(true, kr_syscall_connect(a, (void *)b, c));
    case SYS_sendto:
        return WAITS(true, kr_syscall_sendto(a, (void *)b, c, d, (void *)e, f));
    case SYS_recvfrom:
        return WAITS(true, kr_syscall_recvfrom(a, (void *)b, c, d, (void *)e, (void *)f));
    case SYS_sendmsg:
        return WAITS(true, kr_syscall_sendmsg(a, (void *)b, c));
    case SYS_recvmsg:
        return WAITS(true, kr_syscall_recvmsg(a, (void *)b, c));
    case SYS_sendmmsg:
        return WAITS(true, kr_syscall_sendmmsg(a, (void *)b, c, d));
    case SYS_recvmmsg:
        return WAITS(true, kr_syscall_recvmmsg(a, (void *)b, c, d, (void *)e));
    case SYS_shutdown:
        return kr_syscall_shutdown(a, b);
    case SYS_getsockname:
        return kr_syscall_getsockname(a, (void *)b, (void *)c);
    case SYS_getpeername:
        return kr_syscall_getpeername(a, (void *)b, (void *)c);
    case SYS_setsockopt:
        return kr_syscall_setsockopt(a, b, c, (void *)d, e);
    case SYS_getsockopt:
        return kr_syscall_getsockopt(a, b, c, (void *)d, (void *)e);
    default:
        return libc_musl_by_path(n, a, b, c, d, e);
    }
}

/* Pipes, events, and waiting for files. */
static LIBC_MUSL_INLINE long libc_musl_by_event(long n, long a, long b, long c, long d, long e,
                                                long f)
{
    switch (n) {
    case SYS_pipe:
        return kr_syscall_pipe((void *)a, 0);
    case SYS_pipe2:
        return kr_syscall_pipe((void *)a, b);
    case SYS_eventfd:
        return kr_syscall_eventfd(a, 0);
    case SYS_eventfd2:
        return kr_syscall_eventfd(a, b);
    case SYS_signalfd:
        return kr_syscall_signalfd(a, (void *)b, c, 0);
    case SYS_signalfd4:
        return kr_syscall_signalfd(a, (void *)b, c, d);
    case SYS_timerfd_create:
        return kr_syscall_timerfd_create(a, b);
    case SYS_timerfd_settime:
        return kr_syscall_timerfd_settime(a, b, (void *)c, (void *)d);
    case SYS_timerfd_gettime:
        return kr_syscall_timerfd_gettime(a, (void *)b);
    case SYS_poll:
        return WAITS(false, kr_syscall_poll((void *)a, b, c));
    case SYS_ppoll:
        return WAITS(false, kr_syscall_ppoll((void *)a, b, (void *)c, (void *)d, e));
    case SYS_select:
        return WAITS(false, kr_syscall_select(a, (void *)b, (void *)c, (void *)d, (void *)e));
    case SYS_pselect6:
        return WAITS(false, kr_syscall_pselect(a, (void *)b, (void *)c, (void *)d, (void *)e, (void *)f));
    case SYS_epoll_create:
        return a <= 0 ? -KR_EINVAL : kr_syscall_epoll_create(0);
    case SYS_epoll_create1:
        return kr_syscall_epoll_create(a);
    case SYS_epoll_ctl:
        return kr_syscall_epoll_ctl(a, b, c, (void *)d);
    case SYS_epoll_wait:
        return WAITS(false, kr_syscall_epoll_pwait(a, (void *)b, c, d, NULL, 0));
    case SYS_epoll_pwait:
        return WAITS(false, kr_syscall_epoll_pwait(a, (void *)b, c, d, (void *)e, f));
    default:
        return libc_musl_by_socket(n, a, b, c, d, e, f);
    }
}

static LIBC_MUSL_INLINE long libc_musl_call(long n, long a, long b, long c, long d, long e, long f)
{
    switch (n) {
    /* Files, by descriptor. */
    case SYS_read:
        return WAITS(true, kr_syscall_read(a, (void *)b, c));
    case SYS_write:
        return WAITS(true, kr_syscall_write(a, (void *)b, c));
    case SYS_readv:
        return WAITS(true, kr_syscall_readv(a, (void *)b, c));
    case SYS_writev:
        return WAITS(true, kr_syscall_writev(a, (void *)b, c));
    case SYS_pread64:
        return kr_syscall_pread(a, (void *)b, c, d);
    case SYS_pwrite64:
        return kr_syscall_pwrite(a, (void *)b, c, d);
    case SYS_lseek:
        return kr_syscall_lseek(a, b, c);
    case SYS_close:
        return kr_syscall_close(a);
    case SYS_dup:
        return kr_syscall_dup(a);
    case SYS_dup2:
        return kr_syscall_dup3(a, b, 0);
    case SYS_dup3:
        return kr_syscall_dup3(a, b, c);
    case SYS_fcntl:
        return WAITS(true, kr_syscall_fcntl(a, b, c));
    case SYS_ioctl:
        return kr_syscall_ioctl(a, b, (void *)c);
    case SYS_fsync:
    case SYS_fdatasync:
        return kr_syscall_fsync(a);
    case SYS_ftruncate:
        return kr_syscall_ftruncate(a, b);
    case SYS_getdents64:
        return kr_syscall_getdents(a, (void *)b, c);

    /* Memory. */
    case SYS_mmap:
        return ELSE_STACKS(kr_syscall_mmap((void *)a, b, c, d, e, f));
    case SYS_munmap:
        return kr_syscall_munmap((void *)a, b);
    case SYS_mremap:
        return kr_syscall_mremap((void *)a, b, c, d, (void *)e);
    case SYS_mprotect:
        return kr_syscall_mprotect((void *)a, b, c);
    case SYS_madvise:
        return kr_syscall_madvise((void *)a, b, c);
    case SYS_msync:
        return kr_syscall_msync((void *)a, b, c);
    case SYS_mincore:
        return kr_syscall_mincore((void *)a, b, (void *)c);
    case SYS_brk:
        return kr_syscall_brk((void *)a);
    case LIBC_MUSL_NO_BREAK:
        return 0;

    /* The process. */
    case SYS_getpid:
        return kr_syscall_getpid();
    case SYS_getppid:
        return kr_syscall_getppid();
    case SYS_getuid:
        return kr_syscall_getuid();
    case SYS_geteuid:
        return kr_syscall_geteuid();
    case SYS_getgid:
        return kr_syscall_getgid();
    case SYS_getegid:
        return kr_syscall_getegid();
    case SYS_uname:
        return kr_syscall_uname((void *)a);
    case SYS_prctl:
        return kr_syscall_prctl(a, b, c, d, e);
    case SYS_getrusage:
        return kr_syscall_getrusage(a, (void *)b);
    case SYS_times:
        return kr_syscall_times((void *)a);
    case SYS_sysinfo:
        return kr_syscall_sysinfo((void *)a);
    case SYS_sched_getaffinity:
        return kr_syscall_sched_getaffinity(a, b, (void *)c);
    case SYS_sched_setaffinity:
        return kr_syscall_sched_setaffinity(a, b, (void *)c);
    case SYS_getcpu:
        return kr_syscall_getcpu((void *)a, (void *)b);
    case SYS_setrlimit:
        return libc_musl_limited(a, (void *)b, kr_syscall_prlimit(0, a, (void *)b, NULL));
    case SYS_getrlimit:
        return kr_syscall_prlimit(0, a, 0, (void *)b);
    case SYS_prlimit64:
        return libc_musl_limited(b, (void *)c, kr_syscall_prlimit(a, b, (void *)c, (void *)d));
    case SYS_exit_group:
        kr_syscall_exit(a);

    /* Time. */
    case SYS_clock_gettime:
        return kr_syscall_clock_gettime(a, (void *)b);
    case SYS_clock_getres:
        return kr_syscall_clock_getres(a, (void *)b);
    case SYS_clock_nanosleep:
        return WAITS(false, kr_syscall_clock_nanosleep(a, b, (void *)c, (void *)d));
    case SYS_nanosleep:
        return WAITS(false, kr_syscall_clock_nanosleep(1, 0, (void *)a, (void *)b));

    /* Timers that send signals. */
    case SYS_setitimer:
        return kr_syscall_setitimer(a, (void *)b, (void *)c);
    case SYS_getitimer:
        return kr_syscall_getitimer(a, (void *)b);
    case SYS_timer_create:
        return kr_syscall_timer_create(a, (void *)b, (void *)c);
    case SYS_timer_settime:
        return kr_syscall_timer_settime(a, b, (void *)c, (void *)d);
    case SYS_timer_gettime:
        return kr_syscall_timer_gettime(a, (void *)b);
    case SYS_timer_getoverrun:
        return kr_syscall_timer_getoverrun(a);
    case SYS_timer_delete:
        return kr_syscall_timer_delete(a);

    case SYS_getrandom:
        return kr_syscall_getrandom((void *)a, b, c);

    /* Threads. */
    case SYS_set_tid_address:
        return kr_syscall_set_tid_address((void *)a);
    case SYS_gettid:
        return kr_syscall_gettid();
    case SYS_sched_yield:
        return kr_syscall_sched_yield();
    case SYS_futex:
        return WAITS(d == 0, kr_syscall_futex((void *)a, b, c, (void *)d, (void *)e, f));
    case SYS_set_robust_list:
        return kr_syscall_set_robust_list((void *)a, b);
    case SYS_get_robust_list:
        return kr_syscall_get_robust_list(a, (void *)b, (void *)c);
    case SYS_membarrier:
        return kr_syscall_membarrier(a, b);
    case SYS_exit:
        kr_syscall_exit_thread(a);

    /* Signals. */
    case SYS_rt_sigaction:
        return kr_syscall_rt_sigaction(a, (void *)b, (void *)c, d);
    case SYS_rt_sigprocmask:
        return kr_syscall_rt_sigprocmask(a, (void *)b, (void *)c, d);
    case SYS_rt_sigpending:
        return kr_syscall_rt_sigpending((void *)a, b);
    case SYS_rt_sigsuspend:
        return kr_syscall_rt_sigsuspend((void *)a, b);
    case SYS_pause:
        return kr_syscall_rt_sigsuspend(NULL, sizeof(uint64_t));
    case SYS_rt_sigtimedwait:
        return WAITS(false, kr_syscall_rt_sigtimedwait((void *)a, (void *)b, (void *)c, d));
    case SYS_rt_sigqueueinfo:
        return kr_syscall_rt_sigqueueinfo(a, b, (void *)c);
    case SYS_rt_tgsigqueueinfo:
        return kr_syscall_rt_tgsigqueueinfo(a, b, c, (void *)d);
    case SYS_sigaltstack:
        return kr_syscall_sigaltstack((void *)a, (void *)b);
    case SYS_kill:
        return kr_syscall_kill(a, b);
    case SYS_tkill:
        return kr_syscall_tkill(a, b);
    case SYS_tgkill:
        return kr_syscall_tkill(b, c);

    default:
        return libc_musl_by_event(n, a, b, c, d, e, f);
    }
}

#endif
