/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The stacks of threads that have ended, a few, for those that come: with the
 * guard as it is, so that page tables do not change, and what is above it in
 * place. What musl wants to be zero is cleared, which is what it clears of a
 * stack that a program brings: the data of the thread, its keys, its struct
 * pthread. The rest is as a stack leaves it.
 *
 * The C library is not preempted, and nothing here waits. Memory that has run
 * out is asked for again without those that are kept (calls.h, SYS_mmap).
 */
#include "calls.h"

#include <pthread_impl.h>
#include <string.h>

#undef __mmap
#undef __mprotect
#undef __munmap

#define MOST 4u                     /* that are kept */
#define LARGEST ((size_t)256 << 10) /* bytes of one */

struct stack {
    unsigned char *base; /* NULL: none */
    size_t size;
    size_t guard; /* bytes, from base on, without access */
};

/* Kept are those from 1 to (count). The one behind is being made if its base is
 * not NULL: mapped, and not protected yet. */
static struct {
    struct stack kept[1 + MOST + 1];
    size_t count;
    struct stack left; /* its thread ends; the guard is not known */
} stacks;

/* Where musl has put the struct of the thread (__copy_tls), below its keys, at (keys). */
static const struct pthread *owner_below(const unsigned char *keys)
{
    return (const void *)((uintptr_t)(keys - sizeof(struct pthread)) & -(uintptr_t)libc.tls_align);
}

/* The thread of (stack) has ended. */
static bool keep(unsigned char *base, size_t size)
{
    size_t keys = __pthread_tsd_size;
    unsigned char *end = base + size - keys;
    const struct pthread *owner = owner_below(end);
    struct stack *kept = &stacks.kept[stacks.count + 1];

    if (owner->guard_size == 0 || size > LARGEST || stacks.count == MOST)
        return false;
    *kept = (struct stack){base, size, owner->guard_size};
    kept[1].base = NULL;
    stacks.count++;
    memset(end - libc.tls_size, 0, libc.tls_size + (owner->tsd_used ? keys : 0));
    return true;
}

static void keep_left(void)
{
    const struct stack left = stacks.left;

    stacks.left.base = NULL;
    if (!keep(left.base, left.size))
        __munmap(left.base, left.size);
}

/* Makes one of (size) the last of those that are kept, if there is any. */
static bool find(size_t size)
{
    struct stack *last = &stacks.kept[stacks.count];

    for (struct stack *one = last; one > stacks.kept; one--) {
        if (one->size != size)
            continue;
        struct stack found = *one;
        *one = *last;
        *last = found;
        return true;
    }
    return false;
}

static __attribute__((__noinline__)) void *map(void *address, size_t size, int protection, int flags, int file,
                                               long offset)
{
    if (stacks.left.base != NULL)
        keep_left();
    if (protection == PROT_NONE && find(size))
        return stacks.kept[stacks.count--].base;
    void *base = __mmap(address, size, protection, flags, file, offset);
    stacks.kept[stacks.count + 1] = (struct stack){.base = base, .size = size, .guard = size};
    return base;
}

void *libc_musl_stack_map(void *address, size_t size, int protection, int flags, int file, long offset)
{
    if (protection == PROT_NONE && stacks.kept[stacks.count].size == size)
        return stacks.kept[stacks.count--].base;
    return map(address, size, protection, flags, file, offset);
}

/* Its guard becomes one of (size) bytes; the rest is as (protection) says. */
static __attribute__((__noinline__)) int set_guard(const struct stack *made, size_t size, int protection)
{
    if (made->guard < size && __mprotect(made->base, size, PROT_NONE) < 0)
        return -1;
    return __mprotect(made->base + size, made->size - size, protection);
}

int libc_musl_stack_protect(void *start, size_t size, int protection)
{
    struct stack *made = &stacks.kept[stacks.count + 1];
    size_t guarded = (size_t)((unsigned char *)start - made->base);

    (void)size;
    if (made->guard != guarded && set_guard(made, guarded, protection) < 0)
        return -1;
    made->base = NULL;
    return 0;
}

int libc_musl_stack_unmap(void *base, size_t size)
{
    struct stack *made = &stacks.kept[stacks.count + 1];

    __vm_wait();
    if (base != made->base && keep(base, size))
        return 0;
    made->base = NULL;
    return __munmap(base, size);
}

void libc_musl_stack_leave(void *base, size_t size)
{
    if (stacks.left.base != NULL)
        keep_left();
    stacks.left = (struct stack){.base = base, .size = size};
}

bool libc_musl_stacks_drop(void)
{
    if (stacks.left.base != NULL)
        keep_left();
    bool any = stacks.count > 0;

    while (stacks.count > 0) {
        const struct stack last = stacks.kept[stacks.count--];
        stacks.kept[stacks.count + 1].base = NULL;
        __munmap(last.base, last.size);
    }
    return any;
}
