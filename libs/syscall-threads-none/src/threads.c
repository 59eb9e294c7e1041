/* SPDX-License-Identifier: BSD-3-Clause */
/* One thread, number 1: the process itself. */
#include <kraft/boot.h>
#include <kraft/clock.h>
#include <kraft/panic.h>
#include <kraft/sched.h>
#include <kraft/syscall-threads.h>
#include <kraft/thread-signals.h>

#define THREAD 1

static struct kr_thread_signals signals = {.thread = THREAD};
static struct kr_sched_thread *scheduled;

struct kr_thread_signals *kr_thread_signals_self(void)
{
    return &signals;
}

struct kr_thread_signals *kr_thread_signals_of(int thread)
{
    return thread == THREAD ? &signals : NULL;
}

struct kr_thread_signals *kr_thread_signals_next(const struct kr_thread_signals *before)
{
    return before == NULL ? &signals : NULL;
}

void kr_thread_signals_interrupt(const struct kr_thread_signals *of)
{
    (void)of;
    if (scheduled != NULL)
        kr_sched_interrupt(scheduled);
}

#define FUTEX_OPERATION 0x7f /* without FUTEX_PRIVATE_FLAG and FUTEX_CLOCK_REALTIME */
#define FUTEX_WAIT 0
#define FUTEX_WAKE 1
#define FUTEX_REQUEUE 3

long kr_syscall_set_tid_address(int *cleared)
{
    (void)cleared;
    scheduled = kr_sched_self(); /* the C library's first call */
    return THREAD;
}

long kr_syscall_gettid(void)
{
    return THREAD;
}

long kr_syscall_sched_yield(void)
{
    kr_sched_yield();
    return 0;
}

static struct kr_syscall_robust *robust; /* nobody is left to find them when the thread ends */

long kr_syscall_set_robust_list(struct kr_syscall_robust *list, size_t size)
{
    if (size != sizeof(*list))
        return -KR_EINVAL;
    robust = list;
    return 0;
}

long kr_syscall_get_robust_list(int thread, struct kr_syscall_robust **list, size_t *size)
{
    if (thread != 0 && thread != THREAD)
        return -KR_ESRCH;
    *list = robust;
    *size = sizeof(*robust);
    return 0;
}

long kr_syscall_membarrier(int command, unsigned flags)
{
    (void)flags;
    return command < 0 ? -KR_EINVAL : 0;
}

void kr_syscall_exit_thread(int status)
{
    kr_boot_exit(status);
}

long kr_syscall_futex(int *word, int operation, int value, const struct kr_syscall_time *time,
                      int *other, int value3)
{
    (void)other, (void)value3;
    switch (operation & FUTEX_OPERATION) {
    case FUTEX_WAKE:
    case FUTEX_REQUEUE:
        return 0;
    case FUTEX_WAIT:
        break;
    default:
        return -KR_ENOSYS;
    }
    if (*(volatile int *)word != value) /* an interrupt handler may have changed it */
        return -KR_EAGAIN;
    if (time == NULL)
        kr_panic("syscall-threads-none: the only thread waits for itself");
    uint64_t wait = (uint64_t)time->seconds * KR_CLOCK_SECOND + (uint64_t)time->nanoseconds;
    struct kr_sched_queue nobody = {0};
    return kr_sched_wait_interruptible(&nobody, kr_clock_monotonic() + wait);
}

long kr_syscall_clone(int (*entry)(void *), void *stack, int flags, void *argument, int *parent,
                      void *pointer, int *child)
{
    (void)entry, (void)stack, (void)flags, (void)argument, (void)parent, (void)pointer, (void)child;
    return -KR_EAGAIN;
}
