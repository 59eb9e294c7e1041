/* SPDX-License-Identifier: BSD-3-Clause */
/* What musl has in assembly because of its system calls, as calls. */
#include "calls.h"
#include "stacks.h"

#include <kraft/sched.h>
#include <kraft/thread-pointer.h>

#define CLONE_THREAD 0x10000

int __set_thread_area(void *pointer);
int __clone(int (*entry)(void *), void *stack, int flags, void *argument, int *parent, void *pointer,
            int *child);
KR_NORETURN void __unmapself(void *base, size_t size);
void __restore(void);
void __restore_rt(void);
void __inhibit_ptc(void);
void __acquire_ptc(void);
void __release_ptc(void);

int __set_thread_area(void *pointer)
{
    kr_thread_pointer_set(pointer);
    kr_sched_keep_pointer(pointer);
    return 0;
}

/* A thread; a clone without CLONE_THREAD would be a process. musl declares an
 * ellipsis behind (argument), of which x86-64 passes arguments in the same way. */
int __clone(int (*entry)(void *), void *stack, int flags, void *argument, int *parent, void *pointer,
            int *child)
{
    if ((flags & CLONE_THREAD) == 0)
        return (int)libc_musl_absent(SYS_clone, "clone");
    return (int)kr_syscall_clone(entry, stack, flags, argument, parent, pointer, child);
}

/* The end of a detached thread. */
void __unmapself(void *base, size_t size)
{
    libc_musl_stack_leave(base, size);
    kr_syscall_exit_thread(0);
}

/* Where a kernel returns to from a handler; a handler here is a function. */
void __restore(void)
{
}

void __restore_rt(void)
{
}

/* What pthread_create reads must not change while it does: this library is not
 * preempted. */
void __inhibit_ptc(void)
{
}

void __acquire_ptc(void)
{
}

void __release_ptc(void)
{
}
