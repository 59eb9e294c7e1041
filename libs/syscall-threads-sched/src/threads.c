/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * clone(2) and exit(2) of threads. What is kept of a thread lies at the upper
 * end of the stack that its maker has mapped, below nothing but what the C
 * library has there.
 */
#include "threads.h"

#include <kraft/boot.h>
#include <kraft/sched.h>

#define MAIN 1

#define CLONE_SETTLS 0x00080000
#define CLONE_PARENT_SETTID 0x00100000
#define CLONE_CHILD_CLEARTID 0x00200000
#define CLONE_CHILD_SETTID 0x01000000

static struct {
    struct thread main;
    struct thread *first; /* of all but main */
    int last;             /* id that was given */
    int count;            /* threads that have not ended */
} threads = {.main = {.id = MAIN, .signals.thread = MAIN}, .last = MAIN, .count = 1};

struct thread *threads_self(void)
{
    struct thread *self = kr_sched_local();

    return self == NULL ? &threads.main : self;
}

struct kr_thread_signals *kr_thread_signals_self(void)
{
    return &threads_self()->signals;
}

struct kr_thread_signals *kr_thread_signals_of(int thread)
{
    if (thread == MAIN)
        return &threads.main.signals;
    for (struct thread *one = threads.first; one != NULL; one = one->next)
        if (one->id == thread)
            return &one->signals;
    return NULL;
}

static struct thread *thread_of(const struct kr_thread_signals *of)
{
    return (struct thread *)((uintptr_t)of - offsetof(struct thread, signals));
}

struct kr_thread_signals *kr_thread_signals_next(const struct kr_thread_signals *before)
{
    if (before == NULL)
        return &threads.main.signals;
    struct thread *next = before == &threads.main.signals ? threads.first : thread_of(before)->next;
    return next == NULL ? NULL : &next->signals;
}

void kr_thread_signals_interrupt(const struct kr_thread_signals *of)
{
    const struct thread *thread = thread_of(of);

    if (thread->scheduled != NULL)
        kr_sched_interrupt(thread->scheduled);
}

static void enlist(struct thread *thread)
{
    thread->next = threads.first;
    thread->link = &threads.first;
    if (thread->next != NULL)
        thread->next->link = &thread->next;
    threads.first = thread;
}

static void strike_off(struct thread *thread)
{
    if (thread == &threads.main)
        return;
    *thread->link = thread->next;
    if (thread->next != NULL)
        thread->next->link = thread->link;
}

long kr_syscall_gettid(void)
{
    return threads_self()->id;
}

long kr_syscall_set_tid_address(int *cleared)
{
    struct thread *self = threads_self();

    self->cleared = cleared;
    self->scheduled = kr_sched_self(); /* the C library's first call, on the first thread */
    return self->id;
}

long kr_syscall_sched_yield(void)
{
    kr_sched_yield();
    return 0;
}

long kr_syscall_membarrier(int command, unsigned flags)
{
    (void)flags;
    return command < 0 ? -KR_EINVAL : 0; /* one CPU sees its memory in order */
}

static void *begin(void *argument)
{
    const struct thread *self = argument;

    kr_syscall_exit_thread(self->entry(self->argument));
}

long kr_syscall_clone(int (*entry)(void *), void *stack, int flags, void *argument, int *parent,
                      void *pointer, int *child)
{
    struct thread *thread = (void *)(((uintptr_t)stack & ~(uintptr_t)15) - sizeof(struct thread));
    const struct kr_sched_attributes attributes = {
        .stack_end = thread,
        .pointer = (flags & CLONE_SETTLS) != 0 ? pointer : NULL,
        .local = thread,
    };
    int id = threads.last + 1;

    *thread = (struct thread){
        .id = id,
        .cleared = (flags & CLONE_CHILD_CLEARTID) != 0 ? child : NULL,
        .signals = {.blocked = threads_self()->signals.blocked, .thread = id},
        .entry = entry,
        .argument = argument,
    };
    int error = kr_sched_spawn(&thread->scheduled, begin, thread, &attributes);
    if (error < 0)
        return error == -KR_ENOMEM ? error : -KR_EAGAIN;
    kr_sched_detach(thread->scheduled);
    enlist(thread);
    threads.last = id;
    threads.count++;
    if ((flags & CLONE_PARENT_SETTID) != 0)
        *parent = id;
    if ((flags & CLONE_CHILD_SETTID) != 0)
        *child = id;
    return id;
}

/* From the last wake on, the stack may be anybody's as soon as another runs. */
void kr_syscall_exit_thread(int status)
{
    struct thread *self = threads_self();

    if (--threads.count == 0)
        kr_boot_exit(status);
    strike_off(self);
    if (self->robust != NULL)
        robust_abandon(self);
    if (self->cleared != NULL) {
        *(volatile int *)self->cleared = 0;
        futex_wake(self->cleared, 1, UINT32_MAX);
    }
    while (self == &threads.main) /* its end would be that of the instance */
        kr_sched_sleep(UINT64_MAX);
    kr_sched_exit(NULL);
}
