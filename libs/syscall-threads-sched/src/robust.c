/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Robust locks (Linux, Documentation/locking/robust-futexes.rst): a thread that
 * ends leaves behind the locks in its list; whoever waits is told that their
 * owner has died.
 */
#include "threads.h"

#define OWNER 0x3fffffff
#define OWNER_DIED 0x40000000
#define WAITERS ((int)0x80000000)
#define MOST 2048u /* entries, so that a ring that is broken ends */

long kr_syscall_set_robust_list(struct kr_syscall_robust *list, size_t size)
{
    if (size != sizeof(*list))
        return -KR_EINVAL;
    threads_self()->robust = list;
    return 0;
}

long kr_syscall_get_robust_list(int thread, struct kr_syscall_robust **list, size_t *size)
{
    if (thread != 0 && thread != threads_self()->id)
        return -KR_ESRCH;
    *list = threads_self()->robust;
    *size = sizeof(**list);
    return 0;
}

static void abandon(const struct kr_syscall_robust *entry, long offset, int id)
{
    int *word = (void *)((uintptr_t)entry + (uintptr_t)offset);
    int value = *word;

    if ((value & OWNER) != id)
        return;
    *word = (value & WAITERS) | OWNER_DIED;
    if ((value & WAITERS) != 0)
        futex_wake(word, 1, UINT32_MAX);
}

void robust_abandon(struct thread *thread)
{
    const struct kr_syscall_robust *list = thread->robust;
    const struct kr_syscall_robust *entry = list->next;
    for (unsigned i = 0; entry != list && entry != NULL && i < MOST; i++) {
        const struct kr_syscall_robust *next = entry->next;
        if (entry != list->pending)
            abandon(entry, list->offset, thread->id);
        entry = next;
    }
    if (list->pending != NULL)
        abandon(list->pending, list->offset, thread->id);
}
