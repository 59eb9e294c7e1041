/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Signals as function calls. What is raised waits for a thread or, for whichever
 * comes first, with the process; deliver() runs what waits for the calling
 * thread and is not blocked by it. Another thread looks when it next sends a
 * signal or changes what it blocks.
 */
#include <kraft/boot.h>
#include <kraft/print.h>
#include <kraft/syscall-signals.h>
#include <kraft/thread-signals.h>

#define PROCESS 1
#define SIGNALS 64
#define KILL 9
#define STOP 19
#define FLAG_NO_DEFER 0x40000000u  /* SA_NODEFER */
#define FLAG_RESET 0x80000000u     /* SA_RESETHAND */
#define FLAG_INFORMATION 4u        /* SA_SIGINFO */

static struct {
    struct kr_syscall_action actions[SIGNALS + 1]; /* [0] is of no signal */
    uint64_t raised; /* for any thread */
    bool by_thread[SIGNALS + 1]; /* who raised it last: tkill or kill */
} signals;

/* siginfo_t and ucontext_t, as far as a signal from oneself fills them. */
struct information {
    int signal, error, code, unused, process, user;
    uint64_t rest[13];
};
_Static_assert(sizeof(struct information) == 128, "as Linux has it");

#define BY_KILL 0    /* SI_USER */
#define BY_TKILL (-6) /* SI_TKILL */
#define CONTEXT_WORDS 121 /* of ucontext_t; nothing of it is known but the mask */
#define CONTEXT_MASK 37

static uint64_t bit(int signal)
{
    return UINT64_C(1) << (signal - 1);
}

/* SIGCHLD, SIGCONT, SIGURG and SIGWINCH; those that stop have nobody to go on for. */
static bool ignored_by_default(int signal)
{
    return signal == 17 || signal == 18 || (signal >= 20 && signal <= 23) || signal == 28;
}

static void call(const struct kr_syscall_action *action, int signal, uint64_t blocked)
{
    struct information information = {
        .signal = signal,
        .code = signals.by_thread[signal] ? BY_TKILL : BY_KILL,
        .process = PROCESS,
    };
    uint64_t context[CONTEXT_WORDS] = {[CONTEXT_MASK] = blocked};

    if ((action->flags & FLAG_INFORMATION) != 0)
        ((void (*)(int, void *, void *))(uintptr_t)action->handler)(signal, &information, context);
    else
        action->handler(signal);
}

static void act(int signal)
{
    struct kr_syscall_action action = signals.actions[signal];
    struct kr_thread_signals *self = kr_thread_signals_self();
    uint64_t before = self->blocked;

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
    self->blocked |= action.blocked | ((action.flags & FLAG_NO_DEFER) != 0 ? 0 : bit(signal));
    call(&action, signal, before);
    self->blocked = before;
}

static void deliver(void)
{
    struct kr_thread_signals *self = kr_thread_signals_self();

    for (uint64_t ready; (ready = (self->raised | signals.raised) & ~self->blocked) != 0;) {
        int signal = __builtin_ctzll(ready) + 1;

        if ((self->raised & bit(signal)) != 0)
            self->raised &= ~bit(signal);
        else
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
    struct kr_thread_signals *self = kr_thread_signals_self();
    uint64_t before = self->blocked;

    if (set_size != sizeof(uint64_t) || how < 0 || how > 2)
        return -KR_EINVAL;
    if (fresh != NULL) {
        uint64_t set = *fresh & ~(bit(KILL) | bit(STOP));

        switch (how) {
        case 0: /* SIG_BLOCK */
            self->blocked |= set;
            break;
        case 1: /* SIG_UNBLOCK */
            self->blocked &= ~set;
            break;
        default: /* SIG_SETMASK */
            self->blocked = set;
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
    const struct kr_thread_signals *self = kr_thread_signals_self();
    *pending = (signals.raised | self->raised) & self->blocked;
    return 0;
}

static long raise_signal(uint64_t *raised, int signal, bool by_thread)
{
    if (signal < 0 || signal > SIGNALS)
        return -KR_EINVAL;
    if (signal == 0)
        return 0;
    signals.by_thread[signal] = by_thread;
    *raised |= bit(signal);
    deliver();
    return 0;
}

long kr_syscall_kill(int process, int signal)
{
    bool ours = process == PROCESS || process == 0 || process == -1;

    return ours ? raise_signal(&signals.raised, signal, false) : -KR_ESRCH;
}

long kr_syscall_tkill(int thread, int signal)
{
    struct kr_thread_signals *of = kr_thread_signals_of(thread);

    return of == NULL ? -KR_ESRCH : raise_signal(&of->raised, signal, true);
}
