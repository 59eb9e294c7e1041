/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory is handed out from the start of a region to its end, then from the
 * next one with room, and never taken back: for programs that allocate while
 * they start, and little after. The size of a block stands in front of it.
 */
#include <kraft/alloc.h>
#include <kraft/mem.h>
#include <kraft/string.h>

static unsigned current; /* region */
static uintptr_t next;   /* its first byte not handed out; 0: it is untouched */

void *kr_alloc_allocate_aligned(size_t alignment, size_t size)
{
    struct kr_mem_region region;

    if (alignment < KR_ALLOC_ALIGN)
        alignment = KR_ALLOC_ALIGN;
    for (unsigned i = current; kr_mem_region(i, &region); i++) {
        uintptr_t start = i == current && next != 0 ? next : region.start;
        uintptr_t end = region.start + region.size;
        uintptr_t memory = (start + KR_ALLOC_ALIGN + alignment - 1) & ~(alignment - 1);
        if (memory > end || size > end - memory)
            continue;
        current = i;
        next = (memory + size + KR_ALLOC_ALIGN - 1) & ~(uintptr_t)(KR_ALLOC_ALIGN - 1);
        ((size_t *)memory)[-1] = size;
        return (void *)memory;
    }
    return NULL;
}

void *kr_alloc_allocate(size_t size)
{
    return kr_alloc_allocate_aligned(KR_ALLOC_ALIGN, size);
}

void kr_alloc_free(void *memory)
{
    (void)memory;
}

size_t kr_alloc_size(const void *memory)
{
    return ((const size_t *)memory)[-1];
}

void *kr_alloc_resize(void *memory, size_t size)
{
    if (memory != NULL && size <= kr_alloc_size(memory))
        return memory;
    void *moved = kr_alloc_allocate(size);

    return memory == NULL || moved == NULL ? moved : memcpy(moved, memory, kr_alloc_size(memory));
}

void kr_alloc_figures(struct kr_alloc_figures *figures)
{
    struct kr_mem_region region;

    *figures = (struct kr_alloc_figures){0};
    for (unsigned i = 0; kr_mem_region(i, &region); i++) {
        figures->total += region.size;
        if (i < current)
            figures->used += region.size;
        if (i == current && next != 0)
            figures->used += next - region.start;
    }
}
