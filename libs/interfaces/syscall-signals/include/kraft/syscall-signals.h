/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * syscall-signals: signals within the process, as Linux's calls name them.
 *
 * Cardinality: one provider.
 * Context:     thread context. A handler runs where the signal was sent, or
 *              where the call that it interrupted ends.
 * Failure:     as each call on Linux: -KR_EINVAL for a signal that there is
 *              not, -KR_ESRCH for another process.
 * Ownership:   what is passed stays the caller's; actions are copied.
 *
 * Each function is the call that its name ends in (man 2), with sets of
 * signals as one 64-bit word: signal n is bit n - 1.
 */
#ifndef KRAFT_SYSCALL_SIGNALS_H
#define KRAFT_SYSCALL_SIGNALS_H

#include <kraft/syscall-time.h>

/* struct sigaction, as the kernel of x86-64 has it. */
struct kr_syscall_action {
    void (*handler)(int); /* 0: the default, 1: ignored */
    uint64_t flags;
    void (*restorer)(void);
    uint64_t blocked; /* as well, while the handler runs */
};

long kr_syscall_rt_sigaction(int signal, const struct kr_syscall_action *fresh,
                             struct kr_syscall_action *old, size_t set_size);
long kr_syscall_rt_sigprocmask(int how, const uint64_t *fresh, uint64_t *old, size_t set_size);
long kr_syscall_rt_sigpending(uint64_t *pending, size_t set_size);

/* Waits for a signal that is not in (blocked) to be handled: -KR_EINTR, always.
 * NULL: in what is blocked, as pause does. */
long kr_syscall_rt_sigsuspend(const uint64_t *blocked, size_t set_size);

/* Takes a signal of (set), waiting for it until (time) has gone by, NULL for
 * ever; -KR_EAGAIN then, -KR_EINTR where another was handled. (information), a
 * siginfo_t, may be NULL. Returns the signal. */
long kr_syscall_rt_sigtimedwait(const uint64_t *set, void *information,
                                const struct kr_syscall_time *time, size_t set_size);

/* As kill and tkill, with a siginfo_t whose code is below 0. */
long kr_syscall_rt_sigqueueinfo(int process, int signal, const void *information);
long kr_syscall_rt_tgsigqueueinfo(int process, int thread, int signal, const void *information);

/* struct stack_t. */
struct kr_syscall_stack {
    void *start;
    uint32_t flags, padding; /* SS_ONSTACK 1, SS_DISABLE 2 */
    size_t size;
};

/* Handlers with SA_ONSTACK run there. A fault is a panic, so none runs because
 * the usual stack has overflowed. */
long kr_syscall_sigaltstack(const struct kr_syscall_stack *fresh, struct kr_syscall_stack *old);

/* The process or one of its threads to itself. */
long kr_syscall_kill(int process, int signal);
long kr_syscall_tkill(int thread, int signal);

#endif
