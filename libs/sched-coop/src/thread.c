/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Threads come and go. One piece of memory holds all of a thread:
 *
 *     | guard page | stack, grows down … | struct kr_sched_thread |
 *
 * An ended thread cannot free the stack that it stands on: that of a detached
 * one is given up by the next thread that ends or is spawned. Memory of the
 * usual size is kept for new threads, with its guard page, so that most
 * threads cost neither an allocation nor a change of page tables.
 */
#include "context.h"
#include "thread.h"

#include <kraft/alloc.h>
#include <kraft/boot.h>
#include <kraft/mem.h>

#define PREFIX "stack of thread "
#define STRUCT_SIZE ((sizeof(struct kr_sched_thread) + 63) / 64 * 64)
#define MOST_STACK ((size_t)1 << 40)

_Static_assert(sizeof(PREFIX) - 1 == sizeof(((struct kr_sched_thread *)0)->guarded) - NAME_SIZE,
               "prefix and name fill the text");

static struct {
    struct kr_sched_thread *kept; /* ended, of the usual size, by next */
    unsigned kept_count;
    struct kr_sched_thread *doomed; /* ended and detached; may stand on its stack yet */
} stacks;

static size_t whole_pages(size_t size)
{
    return (size + KR_MEM_PAGE - 1) / KR_MEM_PAGE * KR_MEM_PAGE;
}

/* Bytes of all of a thread whose stack has (stack_size) at least; by default,
 * the option says what stack and struct have together. */
static size_t memory_size(size_t stack_size)
{
    if (stack_size == 0)
        return KR_MEM_PAGE + whole_pages(OPT_STACK_SIZE);
    return KR_MEM_PAGE + whole_pages(stack_size + STRUCT_SIZE);
}

static struct kr_sched_thread *make(size_t size)
{
    char *memory = kr_alloc_allocate_aligned(KR_MEM_PAGE, size);

    if (memory == NULL)
        return NULL;
    struct kr_sched_thread *thread = (void *)(memory + size - STRUCT_SIZE);

    *thread = (struct kr_sched_thread){
        .memory = memory,
        .memory_size = size,
        .guarded = PREFIX,
    };
    if (kr_mem_guard(memory, KR_MEM_PAGE, thread->guarded) < 0) {
        kr_alloc_free(memory);
        return NULL;
    }
    return thread;
}

static void unmake(struct kr_sched_thread *thread)
{
    if (thread->memory_size == memory_size(0) && stacks.kept_count < OPT_STACK_CACHE) {
        thread->next = stacks.kept;
        stacks.kept = thread;
        stacks.kept_count++;
        return;
    }
    /* This page was guarded by itself, so nothing has to be split for it. */
    (void)kr_mem_protect(thread->memory, KR_MEM_PAGE, KR_MEM_WRITE);
    kr_alloc_free(thread->memory);
}

static void bury(struct kr_sched_thread *doomed)
{
    struct kr_sched_thread *before = stacks.doomed;

    stacks.doomed = doomed;
    if (before != NULL)
        unmake(before);
}

static struct kr_sched_thread *take(size_t stack_size)
{
    size_t size = memory_size(stack_size);

    if (stacks.doomed != NULL)
        bury(NULL);
    struct kr_sched_thread *thread = stacks.kept;

    if (thread == NULL || size != thread->memory_size)
        return make(size);
    stacks.kept = thread->next;
    stacks.kept_count--;
    return thread;
}

static void begin(void)
{
    struct kr_sched_thread *self = sched.current;

    kr_sched_exit(self->entry(self->argument));
}

static void set_name(struct kr_sched_thread *thread, const char *name)
{
    char *to = thread->guarded + sizeof(PREFIX) - 1;
    size_t i;

    thread->name = name;
    for (i = 0; i < NAME_SIZE - 1 && name[i] != '\0'; i++)
        to[i] = name[i];
    to[i] = '\0';
}

int kr_sched_spawn(struct kr_sched_thread **thread, void *(*entry)(void *), void *argument,
                   const struct kr_sched_attributes *attributes)
{
    size_t stack_size = attributes == NULL ? 0 : attributes->stack_size;
    const char *name = "thread";

    if (attributes != NULL && attributes->name != NULL)
        name = attributes->name;
    if (stack_size > MOST_STACK)
        return -KR_ENOMEM;
    struct kr_sched_thread *made = take(stack_size);

    if (made == NULL)
        return -KR_ENOMEM;
    made->entry = entry;
    made->argument = argument;
    made->ended = false;
    made->detached = false;
    set_name(made, name);
    made->stack_pointer = context_make(made, begin);
    ring_insert(sched.current, made);
    *thread = made;
    return 0;
}

int kr_sched_join(struct kr_sched_thread *thread, void **result)
{
    if (thread == sched.current || thread->detached)
        return -KR_EINVAL;
    while (!thread->ended)
        kr_sched_wait(&thread->ends, UINT64_MAX);
    if (result != NULL)
        *result = thread->result;
    unmake(thread);
    return 0;
}

void kr_sched_detach(struct kr_sched_thread *thread)
{
    if (thread->ended)
        unmake(thread);
    else
        thread->detached = true;
}

void kr_sched_exit(void *result)
{
    struct kr_sched_thread *self = sched.current;

    if (self->memory == NULL)
        kr_boot_exit(0);
    self->result = result;
    self->ended = true;
    if (self->detached)
        bury(self);
    else
        kr_sched_wake_all_isr(&self->ends);
    sched_leave();
}
