/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Signals as function calls. What is raised waits for a thread or, for whichever
 * comes first, with the process. It ends the wait of a thread that does not
 * block it; one that runs looks when its call ends, it changes what it blocks,
 * or the scheduler preempts it.
 */
#include <kraft/boot.h>
#include <kraft/print.h>
#include <kraft/sched.h>
#include <kraft/string.h>

#include "self.h"

#define BLOCK 0 /* SIG_BLOCK, and so on */
#define UNBLOCK 1
#define SET_MASK 2

struct kr_syscall_action self_actions[SIGNALS + 1];
uint64_t self_raised;

static struct kr_signals_watch *watches;

/* SIGCHLD, SIGCONT, SIGURG and SIGWINCH; those that stop have nobody to go on for. */
static bool ignored_by_default(int signal)
{
    return signal == 17 || signal == 18 || (signal >= 20 && signal <= 23) || signal == 28;
}

bool self_is_ignored(int signal)
{
    uintptr_t handler = (uintptr_t)self_actions[signal].handler;

    return handler == 1 || (handler == 0 && ignored_by_default(signal));
}

uint64_t kr_signals_waiting(void)
{
    return self_raised | kr_thread_signals_self()->raised;
}

bool kr_signals_take(uint64_t set, struct kr_signals_information *information)
{
    struct kr_thread_signals *self = kr_thread_signals_self();
    uint64_t ready = (self->raised | self_raised) & set;

    if (ready == 0)
        return false;
    int signal = __builtin_ctzll(ready) + 1;
    bool own = (self->raised & self_bit(signal)) != 0;
    bool more;
    *information = self_queue_take(own ? self->thread : 0, signal, &more);
    if (!more)
        *(own ? &self->raised : &self_raised) &= ~self_bit(signal);
    return true;
}

static void deliver(void)
{
    (void)self_deliver();
}

/* Ends the wait of one that does not block it, or waits for it. */
static bool rouse(const struct kr_thread_signals *of, int signal)
{
    if ((self_bit(signal) & (~of->blocked | of->awaited)) == 0)
        return false;
    kr_sched_on_interruption(deliver);
    kr_thread_signals_interrupt(of);
    return true;
}

/* Whether nobody will ever see it. */
static bool vain(const struct kr_thread_signals *of, int signal)
{
    if (!self_is_ignored(signal))
        return false;
    for (const struct kr_thread_signals *one = of == NULL ? kr_thread_signals_next(NULL) : of; one != NULL;
         one = of == NULL ? kr_thread_signals_next(one) : NULL)
        if (((one->blocked | one->awaited) & self_bit(signal)) != 0)
            return false;
    return true;
}

long kr_signals_send(int thread, const struct kr_signals_information *information, int *told)
{
    struct kr_thread_signals *of = thread == 0 ? NULL : kr_thread_signals_of(thread);
    int signal = information->signal;

    if (signal < 0 || signal > SIGNALS)
        return -KR_EINVAL;
    if (thread != 0 && of == NULL)
        return -KR_ESRCH;
    if (signal == 0 || vain(of, signal))
        return 0;
    long error = self_queue_put(thread, information, told);
    if (error < 0)
        return error;
    *(of == NULL ? &self_raised : &of->raised) |= self_bit(signal);
    for (struct kr_signals_watch *one = watches; one != NULL; one = one->next)
        if ((one->set & self_bit(signal)) != 0)
            one->raised(one);
    if (of != NULL) {
        (void)rouse(of, signal);
        return 0;
    }
    for (of = kr_thread_signals_next(NULL); of != NULL && !rouse(of, signal);)
        of = kr_thread_signals_next(of);
    return 0;
}

void kr_signals_watch(struct kr_signals_watch *watch)
{
    watch->next = watches;
    watches = watch;
}

void kr_signals_unwatch(struct kr_signals_watch *watch)
{
    struct kr_signals_watch **at = &watches;

    while (*at != watch)
        at = &(*at)->next;
    *at = watch->next;
}

long kr_syscall_rt_sigaction(int signal, const struct kr_syscall_action *fresh,
                             struct kr_syscall_action *old, size_t set_size)
{
    if (signal < 1 || signal > SIGNALS || set_size != sizeof(uint64_t))
        return -KR_EINVAL;
    if (fresh != NULL && (signal == KILL || signal == STOP))
        return -KR_EINVAL;
    struct kr_syscall_action before = self_actions[signal];
    if (fresh != NULL)
        self_actions[signal] = *fresh;
    if (old != NULL)
        *old = before;
    return 0;
}

long kr_syscall_rt_sigprocmask(int how, const uint64_t *fresh, uint64_t *old, size_t set_size)
{
    uint64_t stay = UINT64_MAX, come = 0;

    if (set_size != sizeof(uint64_t))
        return -KR_EINVAL;
    if (fresh != NULL) {
        uint64_t set = *fresh & ~(self_bit(KILL) | self_bit(STOP));

        if (how == BLOCK) {
            come = set;
        } else if (how == SET_MASK) {
            stay = 0;
            come = set;
        } else if (how == UNBLOCK) {
            stay = ~set;
        } else {
            return -KR_EINVAL;
        }
    }
    struct kr_thread_signals *self = kr_thread_signals_self();
    if (old != NULL)
        *old = self->blocked;
    self->blocked = (self->blocked & stay) | come;
    if (((self->raised | self_raised) & ~self->blocked) != 0)
        (void)self_deliver();
    return 0;
}

long kr_syscall_rt_sigpending(uint64_t *pending, size_t set_size)
{
    if (set_size > sizeof(uint64_t))
        return -KR_EINVAL;
    *pending = kr_signals_waiting() & kr_thread_signals_self()->blocked;
    return 0;
}

static bool is_ours(int process)
{
    return process == PROCESS || process == 0 || process == -1;
}

/* Those that are for the calling thread are handled before it goes on. */
static long send_now(int thread, const struct kr_signals_information *information)
{
    long error = kr_signals_send(thread, information, NULL);

    if (error == 0)
        (void)self_deliver();
    return error;
}

long kr_syscall_kill(int process, int signal)
{
    const struct kr_signals_information information = {.signal = signal, .sender = PROCESS};

    return is_ours(process) ? send_now(0, &information) : -KR_ESRCH;
}

long kr_syscall_tkill(int thread, int signal)
{
    const struct kr_signals_information information = {signal, KR_SIGNALS_THREAD, PROCESS, 0, 0};

    return thread <= 0 ? -KR_EINVAL : send_now(thread, &information);
}

/* What a siginfo_t of the caller's says; codes from 0 on are the kernel's. */
static long told_by(const void *given, int signal, struct kr_signals_information *information)
{
    const int *words = given;

    if (words[2] >= 0 || words[2] == KR_SIGNALS_THREAD)
        return -KR_EPERM;
    *information = (struct kr_signals_information){signal, words[2], words[4], words[5], 0};
    memcpy(&information->value, words + 6, sizeof(information->value));
    return 0;
}

long kr_syscall_rt_sigqueueinfo(int process, int signal, const void *given)
{
    struct kr_signals_information information;
    long error = told_by(given, signal, &information);

    if (error < 0)
        return error;
    return is_ours(process) ? send_now(0, &information) : -KR_ESRCH;
}

long kr_syscall_rt_tgsigqueueinfo(int process, int thread, int signal, const void *given)
{
    struct kr_signals_information information;
    long error = told_by(given, signal, &information);

    if (error < 0)
        return error;
    return process == PROCESS ? send_now(thread, &information) : -KR_ESRCH;
}
