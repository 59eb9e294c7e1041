/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory is handed out from the start of a region to its end, then from the
 * next region that has room. Freed memory is never used again, so this is for
 * programs that allocate little after they have started. The size of a block
 * stands in front of it.
 */
#include <kraft/alloc.h>
#include <kraft/mem.h>
#include <kraft/string.h>

static struct {
    unsigned region; /* the one in use */
    uintptr_t next;  /* first byte not handed out; 0: all of the region */
} heap;

void *kr_alloc_allocate_aligned(size_t alignment, size_t size)
{
    struct kr_mem_region region;

    if (alignment < KR_ALLOC_ALIGN)
        alignment = KR_ALLOC_ALIGN;
    for (unsigned i = heap.region; kr_mem_region(i, &region); i++) {
        uintptr_t start = i == heap.region && heap.next != 0 ? heap.next : region.start;
        uintptr_t end = region.start + region.size;
        uintptr_t memory = (start + KR_ALLOC_ALIGN + alignment - 1) & ~(alignment - 1);
        if (memory > end || size > end - memory)
            continue;
        heap.region = i;
        heap.next = (memory + size + KR_ALLOC_ALIGN - 1) & ~(uintptr_t)(KR_ALLOC_ALIGN - 1);
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

    if (memory != NULL && moved != NULL)
        memcpy(moved, memory, kr_alloc_size(memory));
    return moved;
}

void kr_alloc_figures(struct kr_alloc_figures *figures)
{
    struct kr_mem_region region;

    *figures = (struct kr_alloc_figures){0};
    for (unsigned i = 0; kr_mem_region(i, &region); i++) {
        uintptr_t next = i == heap.region && heap.next != 0 ? heap.next : region.start;
        figures->total += region.size;
        figures->used += i < heap.region ? region.size : next - region.start;
    }
}
