/* SPDX-License-Identifier: BSD-3-Clause */
/* Waiting for signals, and with other signals blocked. */
#include <kraft/clock.h>
#include <kraft/sched.h>
#include <kraft/string.h>

#include "self.h"

#define ALWAYS_ALLOWED (self_bit(KILL) | self_bit(STOP))

long kr_signals_begin(const uint64_t *fresh, size_t size, uint64_t *before)
{
    struct kr_thread_signals *self = kr_thread_signals_self();

    *before = self->blocked;
    if (fresh == NULL)
        return 0;
    if (size != sizeof(*fresh))
        return -KR_EINVAL;
    self->blocked = *fresh & ~ALWAYS_ALLOWED;
    if ((kr_signals_waiting() & ~self->blocked) != 0)
        kr_sched_interrupt(kr_sched_self());
    return 0;
}

void kr_signals_end(const uint64_t *fresh, uint64_t before, long result)
{
    if (fresh == NULL)
        return;
    if (result == 0 || result == -KR_EINTR)
        (void)self_deliver();
    kr_thread_signals_self()->blocked = before;
    if ((kr_signals_waiting() & ~before) != 0)
        (void)self_deliver();
    else
        kr_sched_uninterrupt();
}

long kr_syscall_rt_sigsuspend(const uint64_t *blocked, size_t set_size)
{
    struct kr_sched_queue nobody = {0};
    uint64_t same = kr_thread_signals_self()->blocked;
    uint64_t before;

    if (blocked == NULL)
        blocked = &same;
    long error = kr_signals_begin(blocked, set_size, &before);
    if (error < 0)
        return error;
    while (kr_sched_wait_interruptible(&nobody, KR_CLOCK_NEVER) != -KR_EINTR)
        ;
    kr_signals_end(blocked, before, -KR_EINTR);
    return -KR_EINTR;
}

/* As siginfo_t begins, on Linux. */
static void tell(void *information, const struct kr_signals_information *taken)
{
    int *words = information;

    if (information == NULL)
        return;
    memset(information, 0, 128);
    words[0] = taken->signal;
    words[2] = taken->code;
    words[4] = taken->sender;
    words[5] = taken->user;
    memcpy(words + 6, &taken->value, sizeof(taken->value));
}

/* Until when (time) lasts; false where it is no time. */
static bool deadline_of(const struct kr_syscall_time *time, uint64_t *deadline)
{
    uint64_t now = kr_clock_monotonic();

    *deadline = KR_CLOCK_NEVER;
    if (time == NULL)
        return true;
    if (time->seconds < 0 || time->nanoseconds < 0 || time->nanoseconds >= (int64_t)KR_CLOCK_SECOND)
        return false;
    if ((uint64_t)time->seconds < (KR_CLOCK_NEVER - now) / KR_CLOCK_SECOND - 1)
        *deadline = now + (uint64_t)time->seconds * KR_CLOCK_SECOND + (uint64_t)time->nanoseconds;
    return true;
}

long kr_syscall_rt_sigtimedwait(const uint64_t *set, void *information,
                                const struct kr_syscall_time *time, size_t set_size)
{
    struct kr_thread_signals *self = kr_thread_signals_self();
    struct kr_sched_queue nobody = {0};
    struct kr_signals_information taken;
    uint64_t deadline;

    if (set_size != sizeof(*set) || !deadline_of(time, &deadline))
        return -KR_EINVAL;
    self->awaited = *set & ~ALWAYS_ALLOWED;
    int ended = 0;
    while (!kr_signals_take(self->awaited, &taken)) {
        if (ended != 0) {
            self->awaited = 0;
            return ended == -KR_ETIMEDOUT ? -KR_EAGAIN : ended;
        }
        ended = kr_sched_wait_interruptible(&nobody, deadline);
        if (ended == -KR_EINTR && (kr_signals_waiting() & ~self->blocked & ~self->awaited) == 0)
            ended = 0; /* it was for one that another thread has taken, or for ours */
    }
    self->awaited = 0;
    tell(information, &taken);
    return taken.signal;
}

long kr_syscall_sigaltstack(const struct kr_syscall_stack *fresh, struct kr_syscall_stack *old)
{
    struct kr_thread_signals *self = kr_thread_signals_self();
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    bool there = here - self->stack < self->stack_size;

    const struct kr_syscall_stack before = {
        .start = (void *)self->stack,
        .flags = there ? 1 : self->stack_size == 0 ? 2 : 0,
        .size = self->stack_size,
    };
    if (fresh != NULL && there)
        return -KR_EPERM;
    if (fresh != NULL && (fresh->flags & ~2u) != 0)
        return -KR_EINVAL;
    if (fresh != NULL && fresh->flags == 0 && fresh->size < 2048) /* MINSIGSTKSZ */
        return -KR_ENOMEM;
    if (fresh != NULL && fresh->flags == 2) {
        self->stack = 0;
        self->stack_size = 0;
    } else if (fresh != NULL) {
        self->stack = (uintptr_t)fresh->start;
        self->stack_size = fresh->size;
    }
    if (old != NULL)
        *old = before;
    return 0;
}
