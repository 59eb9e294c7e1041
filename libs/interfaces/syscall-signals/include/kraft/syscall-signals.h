/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * syscall-signals: signals within the process, as Linux's calls name them.
 *
 * Cardinality: one provider.
 * Context:     thread context. A handler runs where the signal was sent.
 * Failure:     as each call on Linux: -KR_EINVAL for a signal that there is
 *              not, -KR_ESRCH for another process.
 * Ownership:   what is passed stays the caller's; actions are copied.
 *
 * Each function is the call that its name ends in (man 2), with sets of
 * signals as one 64-bit word: signal n is bit n - 1.
 */
#ifndef KRAFT_SYSCALL_SIGNALS_H
#define KRAFT_SYSCALL_SIGNALS_H

#include <kraft/base.h>

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

/* The process or its only thread to itself. */
long kr_syscall_kill(int process, int signal);
long kr_syscall_tkill(int thread, int signal);

#endif
