/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Every call: the function's name after kr_syscall_, what Linux calls it, a
 * word for each argument (arguments.c), and how its result is shown. "out:"
 * stands before what the call writes, which is shown when it is over.
 */
#ifndef CALLS_H
#define CALLS_H

#define CALLS(CALL)                                                                                \
    /* Files. */                                                                                   \
    CALL(read, "read", "fd out:data size", NUMBER)                                                 \
    CALL(write, "write", "fd data size", NUMBER)                                                   \
    CALL(readv, "readv", "fd out:parts int", NUMBER)                                               \
    CALL(writev, "writev", "fd parts int", NUMBER)                                                 \
    CALL(pread, "pread64", "fd out:data size offset", NUMBER)                                      \
    CALL(pwrite, "pwrite64", "fd data size offset", NUMBER)                                        \
    CALL(preadv, "preadv", "fd out:parts int offset", NUMBER)                                      \
    CALL(pwritev, "pwritev", "fd parts int offset", NUMBER)                                        \
    CALL(lseek, "lseek", "fd offset whence", NUMBER)                                               \
    CALL(close, "close", "fd", NUMBER)                                                             \
    CALL(dup, "dup", "fd", NUMBER)                                                                 \
    CALL(dup3, "dup3", "fd fd open-flags", NUMBER)                                                 \
    CALL(fcntl, "fcntl", "fd fcntl", FLAGS)                                                        \
    CALL(ioctl, "ioctl", "fd request pointer", NUMBER)                                             \
    CALL(fsync, "fsync", "fd", NUMBER)                                                             \
    CALL(sync, "sync", "", NUMBER)                                                                 \
    CALL(fadvise, "fadvise64", "fd offset offset file-advice", NUMBER)                             \
    CALL(fallocate, "fallocate", "fd unsigned offset offset", NUMBER)                              \
    CALL(ftruncate, "ftruncate", "fd offset", NUMBER)                                              \
    CALL(getdents, "getdents64", "fd pointer size", NUMBER)                                        \
    CALL(flock, "flock", "fd flock", NUMBER)                                                       \
    CALL(fchdir, "fchdir", "fd", NUMBER)                                                           \
    CALL(fstatfs, "fstatfs", "fd pointer", NUMBER)                                                 \
    CALL(openat, "openat", "at path open", NUMBER)                                                 \
    CALL(fstatat, "newfstatat", "at path out:stat at-flags", NUMBER)                               \
    CALL(faccessat, "faccessat2", "at path access at-flags", NUMBER)                               \
    CALL(unlinkat, "unlinkat", "at path remove-flags", NUMBER)                                     \
    CALL(renameat, "renameat2", "at path at path rename-flags", NUMBER)                            \
    CALL(linkat, "linkat", "at path at path at-flags", NUMBER)                                     \
    CALL(symlinkat, "symlinkat", "path at path", NUMBER)                                           \
    CALL(mkdirat, "mkdirat", "at path mode", NUMBER)                                               \
    CALL(readlinkat, "readlinkat", "at path out:data size", NUMBER)                                \
    CALL(getcwd, "getcwd", "out:path size", NUMBER)                                                \
    CALL(chdir, "chdir", "path", NUMBER)                                                           \
    CALL(truncate, "truncate", "path offset", NUMBER)                                              \
    CALL(statfs, "statfs", "path pointer", NUMBER)                                                 \
    CALL(fchmodat, "fchmodat", "at path mode", NUMBER)                                             \
    CALL(fchownat, "fchownat", "at path int int at-flags", NUMBER)                                 \
    CALL(utimensat, "utimensat", "at path file-times at-flags", NUMBER)                            \
    CALL(umask, "umask", "mode", OCTAL)                                                            \
    /* Memory. */                                                                                  \
    CALL(mmap, "mmap", "pointer size protection map-flags fd hex", POINTER)                        \
    CALL(munmap, "munmap", "pointer size", NUMBER)                                                 \
    CALL(mremap, "mremap", "pointer size size mremap-flags", POINTER)                              \
    CALL(mprotect, "mprotect", "pointer size protection", NUMBER)                                  \
    CALL(madvise, "madvise", "pointer size advice", NUMBER)                                        \
    CALL(msync, "msync", "pointer size msync-flags", NUMBER)                                       \
    CALL(mincore, "mincore", "pointer size pointer", NUMBER)                                       \
    CALL(brk, "brk", "pointer", POINTER)                                                           \
    /* Polling. */                                                                                 \
    CALL(pipe, "pipe2", "out:pair open-flags", NUMBER)                                             \
    CALL(eventfd, "eventfd2", "unsigned event-flags", NUMBER)                                      \
    CALL(signalfd, "signalfd4", "int signals size timerfd-flags", NUMBER)                          \
    CALL(timerfd_create, "timerfd_create", "clock timerfd-flags", NUMBER)                          \
    CALL(timerfd_settime, "timerfd_settime", "fd timerfd-how timer out:timer", NUMBER)             \
    CALL(timerfd_gettime, "timerfd_gettime", "fd out:timer", NUMBER)                               \
    CALL(poll, "poll", "polled unsigned int", POLLED)                                              \
    CALL(ppoll, "ppoll", "polled unsigned time signals size", POLLED)                              \
    CALL(select, "select", "int files files files timeval", SELECTED)                              \
    CALL(pselect, "pselect6", "int files files files time blocked", SELECTED)                      \
    CALL(epoll_create, "epoll_create1", "epoll-flags", NUMBER)                                     \
    CALL(epoll_ctl, "epoll_ctl", "fd epoll-operation fd event", NUMBER)                            \
    CALL(epoll_pwait, "epoll_pwait", "fd out:events int int signals size", NUMBER)                 \
    /* The process. */                                                                             \
    CALL(getpid, "getpid", "", NUMBER)                                                             \
    CALL(getppid, "getppid", "", NUMBER)                                                           \
    CALL(getuid, "getuid", "", NUMBER)                                                             \
    CALL(geteuid, "geteuid", "", NUMBER)                                                           \
    CALL(getgid, "getgid", "", NUMBER)                                                             \
    CALL(getegid, "getegid", "", NUMBER)                                                           \
    CALL(uname, "uname", "out:names", NUMBER)                                                      \
    CALL(prctl, "prctl", "prctl hex", NUMBER)                                                      \
    CALL(getrusage, "getrusage", "usage-of pointer", NUMBER)                                       \
    CALL(times, "times", "pointer", NUMBER)                                                        \
    CALL(sysinfo, "sysinfo", "pointer", NUMBER)                                                    \
    CALL(sched_getaffinity, "sched_getaffinity", "int size out:cpus", NUMBER)                      \
    CALL(sched_setaffinity, "sched_setaffinity", "int size cpus", NUMBER)                          \
    CALL(getcpu, "getcpu", "out:number out:number", NUMBER)                                        \
    CALL(prlimit, "prlimit64", "int limited limit out:limit", NUMBER)                              \
    CALL(exit, "exit_group", "int", ENDS)                                                          \
    CALL(getrandom, "getrandom", "out:bytes size random-flags", NUMBER)                            \
    /* Signals. */                                                                                 \
    CALL(rt_sigaction, "rt_sigaction", "signal action out:action size", NUMBER)                    \
    CALL(rt_sigprocmask, "rt_sigprocmask", "mask-how signals out:signals size", NUMBER)            \
    CALL(rt_sigpending, "rt_sigpending", "out:signals size", NUMBER)                               \
    CALL(rt_sigsuspend, "rt_sigsuspend", "signals size", NUMBER)                                   \
    CALL(rt_sigtimedwait, "rt_sigtimedwait", "signals out:information time size", NUMBER)          \
    CALL(rt_sigqueueinfo, "rt_sigqueueinfo", "int signal information", NUMBER)                     \
    CALL(rt_tgsigqueueinfo, "rt_tgsigqueueinfo", "int int signal information", NUMBER)             \
    CALL(sigaltstack, "sigaltstack", "stack out:stack", NUMBER)                                    \
    CALL(kill, "kill", "int signal", NUMBER)                                                       \
    CALL(tkill, "tkill", "int signal", NUMBER)                                                     \
    /* Sockets. */                                                                                 \
    CALL(socket, "socket", "family socket-type protocol", NUMBER)                                  \
    CALL(socketpair, "socketpair", "family socket-type int out:pair", NUMBER)                      \
    CALL(bind, "bind", "fd address int", NUMBER)                                                   \
    CALL(listen, "listen", "fd int", NUMBER)                                                       \
    CALL(accept, "accept4", "fd out:peer out:length socket-flags", NUMBER)                         \
    CALL(connect, "connect", "fd address int", NUMBER)                                             \
    CALL(sendto, "sendto", "fd data size message-flags address int", NUMBER)                       \
    CALL(recvfrom, "recvfrom", "fd out:data size message-flags out:peer out:length", NUMBER)       \
    CALL(sendmsg, "sendmsg", "fd message message-flags", NUMBER)                                   \
    CALL(recvmsg, "recvmsg", "fd out:message message-flags", NUMBER)                               \
    CALL(sendmmsg, "sendmmsg", "fd pointer unsigned message-flags", NUMBER)                        \
    CALL(recvmmsg, "recvmmsg", "fd pointer unsigned message-flags time", NUMBER)                   \
    CALL(shutdown, "shutdown", "fd shutdown", NUMBER)                                              \
    CALL(getsockname, "getsockname", "fd out:peer out:length", NUMBER)                             \
    CALL(getpeername, "getpeername", "fd out:peer out:length", NUMBER)                             \
    CALL(setsockopt, "setsockopt", "fd level socket-option option-value int", NUMBER)              \
    CALL(getsockopt, "getsockopt", "fd level socket-option out:number out:length", NUMBER)         \
    /* Threads. */                                                                                 \
    CALL(set_tid_address, "set_tid_address", "pointer", NUMBER)                                    \
    CALL(gettid, "gettid", "", NUMBER)                                                             \
    CALL(sched_yield, "sched_yield", "", NUMBER)                                                   \
    CALL(futex, "futex", "pointer futex", NUMBER)                                                  \
    CALL(membarrier, "membarrier", "int unsigned", NUMBER)                                         \
    CALL(exit_thread, "exit", "int", ENDS)                                                         \
    CALL(set_robust_list, "set_robust_list", "pointer size", NUMBER)                               \
    CALL(get_robust_list, "get_robust_list", "int pointer pointer", NUMBER)                        \
    /* Timers. */                                                                                  \
    CALL(setitimer, "setitimer", "itimer interval out:interval", NUMBER)                           \
    CALL(getitimer, "getitimer", "itimer out:interval", NUMBER)                                    \
    CALL(timer_create, "timer_create", "clock pointer out:number", NUMBER)                         \
    CALL(timer_settime, "timer_settime", "int sleep-flags timer out:timer", NUMBER)                \
    CALL(timer_gettime, "timer_gettime", "int out:timer", NUMBER)                                  \
    CALL(timer_getoverrun, "timer_getoverrun", "int", NUMBER)                                      \
    CALL(timer_delete, "timer_delete", "int", NUMBER)                                              \
    /* Time. */                                                                                    \
    CALL(clock_gettime, "clock_gettime", "clock out:time", NUMBER)                                 \
    CALL(clock_getres, "clock_getres", "clock out:time", NUMBER)                                   \
    CALL(clock_nanosleep, "clock_nanosleep", "clock sleep-flags time out:time", NUMBER)

/* By hand, in calls.c: its last argument does not fit into a register. */
#define CALL_CLONE "clone", "pointer pointer clone-flags", NUMBER

#endif
