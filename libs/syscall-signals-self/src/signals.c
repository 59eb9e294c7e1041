/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Signals as function calls. `raised` and `blocked` have one bit for each;
 * deliver() runs what is in the first and not in the second.
 */
#include <kraft/boot.h>
#include <kraft/print.h>
#include <kraft/syscall-signals.h>

#define PROCESS 1
#define SIGNALS 64
#define KILL 9
#define STOP 19
#define FLAG_NO_DEFER 0x40000000u  /* SA_NODEFER */
#define FLAG_RESET 0x80000000u     /* SA_RESETHAND */
#define FLAG_INFORMATION 4u        /* SA_SIGINFO */

static struct {
    struct kr_syscall_action actions[SIGNALS + 1]; /* [0] is of no signal */
    uint64_t blocked;
    uint64_t raised;
} signals;

static uint64_t bit(int signal)
{
    return UINT64_C(1) << (signal - 1);
}

/* SIGCHLD, SIGCONT, SIGURG and SIGWINCH; those that stop have nobody to go on for. */
static bool ignored_by_default(int signal)
{
    return signal == 17 || signal == 18 || (signal >= 20 && signal <= 23) || signal == 28;
}

static void act(int signal)
{
    struct kr_syscall_action action = signals.actions[signal];
    uint64_t before = signals.blocked;

    if ((uintptr_t)action.handler == 1)
        return;
    if (action.handler == NULL) {
        if (ignored_by_default(signal))
            return;
        kr_print_format("syscall-signals-self: signal %d ends the program\n", signal);
        kr_boot_exit(128 + signal);
    }
    if ((action.flags & FLAG_RESET) != 0)
        signals.actions[signal].handler = NULL;
    signals.blocked |= action.blocked | ((action.flags & FLAG_NO_DEFER) != 0 ? 0 : bit(signal));
    if ((action.flags & FLAG_INFORMATION) != 0)
        ((void (*)(int, void *, void *))(uintptr_t)action.handler)(signal, NULL, NULL);
    else
        action.handler(signal);
    signals.blocked = before;
}

static void deliver(void)
{
    for (uint64_t ready; (ready = signals.raised & ~signals.blocked) != 0;) {
        int signal = __builtin_ctzll(ready) + 1;

        signals.raised &= ~bit(signal);
        act(signal);
    }
}

long kr_syscall_rt_sigaction(int signal, const struct kr_syscall_action *fresh,
                             struct kr_syscall_action *old, size_t set_size)
{
    if (signal < 1 || signal > SIGNALS || set_size != sizeof(uint64_t))
        return -KR_EINVAL;
    if (fresh != NULL && (signal == KILL || signal == STOP))
        return -KR_EINVAL;
    struct kr_syscall_action before = signals.actions[signal];
    if (fresh != NULL)
        signals.actions[signal] = *fresh;
    if (old != NULL)
        *old = before;
    return 0;
}

long kr_syscall_rt_sigprocmask(int how, const uint64_t *fresh, uint64_t *old, size_t set_size)
{
    uint64_t before = signals.blocked;

    if (set_size != sizeof(uint64_t) || how < 0 || how > 2)
        return -KR_EINVAL;
    if (fresh != NULL) {
        uint64_t set = *fresh & ~(bit(KILL) | bit(STOP));

        switch (how) {
        case 0: /* SIG_BLOCK */
            signals.blocked |= set;
            break;
        case 1: /* SIG_UNBLOCK */
            signals.blocked &= ~set;
            break;
        default: /* SIG_SETMASK */
            signals.blocked = set;
        }
    }
    if (old != NULL)
        *old = before;
    deliver();
    return 0;
}

long kr_syscall_rt_sigpending(uint64_t *pending, size_t set_size)
{
    if (set_size > sizeof(uint64_t))
        return -KR_EINVAL;
    *pending = signals.raised & signals.blocked;
    return 0;
}

static long raise_signal(int signal)
{
    if (signal < 0 || signal > SIGNALS)
        return -KR_EINVAL;
    if (signal == 0)
        return 0;
    signals.raised |= bit(signal);
    deliver();
    return 0;
}

long kr_syscall_kill(int process, int signal)
{
    return process == PROCESS || process == 0 || process == -1 ? raise_signal(signal) : -KR_ESRCH;
}

long kr_syscall_tkill(int thread, int signal)
{
    return thread == PROCESS ? raise_signal(signal) : -KR_ESRCH;
}
