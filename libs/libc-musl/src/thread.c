/* SPDX-License-Identifier: BSD-3-Clause */
/* What musl has in assembly because of its system calls, as calls. */
#include "calls.h"

#include <stdarg.h>

#include <kraft/sched.h>
#include <kraft/thread-pointer.h>

#define CLONE_THREAD 0x10000

int __set_thread_area(void *pointer);
int __clone(int (*entry)(void *), void *stack, int flags, void *argument, ...);
KR_NORETURN void __unmapself(void *base, size_t size);
void __restore(void);
void __restore_rt(void);

static struct {
    void *base; /* of a stack whose thread has ended; NULL: none */
    size_t size;
} left;

static void unmap_left(void)
{
    if (left.base != NULL)
        kr_syscall_munmap(left.base, left.size);
    left.base = NULL;
}

int __set_thread_area(void *pointer)
{
    kr_thread_pointer_set(pointer);
    kr_sched_keep_pointer(pointer);
    return 0;
}

/* A thread; a clone without CLONE_THREAD would be a process. */
int __clone(int (*entry)(void *), void *stack, int flags, void *argument, ...)
{
    va_list more;

    if ((flags & CLONE_THREAD) == 0)
        return (int)libc_musl_absent(SYS_clone, "clone");
    unmap_left();
    va_start(more, argument);
    int *parent = va_arg(more, int *);
    void *pointer = va_arg(more, void *);
    int *child = va_arg(more, int *);
    va_end(more);
    return (int)kr_syscall_clone(entry, stack, flags, argument, parent, pointer, child);
}

/* The end of a detached thread, which cannot unmap the stack that it stands on:
 * the next one that comes or goes does. */
void __unmapself(void *base, size_t size)
{
    unmap_left();
    left.base = base;
    left.size = size;
    kr_syscall_exit_thread(0);
}

/* Where a kernel returns to from a handler; a handler here is a function. */
void __restore(void)
{
}

void __restore_rt(void)
{
}
