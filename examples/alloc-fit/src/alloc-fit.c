/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Every block begins with a header that knows its size and the block before
 * it, so that a freed block joins its free neighbours at once (Knuth, "The
 * Art of Computer Programming" 1, 2.5, algorithm C). Free blocks are on one
 * list, the newest first. Freeing takes a few instructions, allocating as
 * many steps as there are free blocks that are too small: for programs with
 * few of those.
 */
#include <options.h>

#include <kraft/alloc.h>
#include <kraft/mem.h>
#include <kraft/panic.h>
#include <kraft/string.h>

#define USED UINT64_C(0x6b72616674757365) /* beside the address, so that a copy is none */
#define FREE UINT64_C(0x6b72616674667265)

struct block {
    uint64_t tag;         /* USED or FREE, xored with the block's address */
    size_t size;          /* bytes behind the header, a multiple of 16 */
    struct block *before; /* its neighbour below; NULL: it is the region's first */
    uint64_t unused;
};

/* What lies behind the header of a free block. */
struct links {
    struct block *next, *previous;
};

#define HEADER sizeof(struct block)
#define SMALLEST sizeof(struct links)
_Static_assert(HEADER % KR_ALLOC_ALIGN == 0, "what is handed out is aligned");
_Static_assert(SMALLEST % KR_ALLOC_ALIGN == 0, "what is split off is aligned");

static struct {
    struct block *free;  /* the list's first */
    size_t total, spare; /* bytes of all regions; of free blocks, without headers */
} heap;

static void mark(struct block *block, uint64_t state)
{
    block->tag = state ^ (uintptr_t)block;
}

static bool is(const struct block *block, uint64_t state)
{
    return block->tag == (state ^ (uintptr_t)block);
}

static void *memory_of(struct block *block)
{
    return block + 1;
}

static struct links *links_of(struct block *block)
{
    return memory_of(block);
}

static struct block *after(struct block *block)
{
    return (struct block *)((uintptr_t)memory_of(block) + block->size);
}

static void push(struct block *block)
{
    mark(block, FREE);
    *links_of(block) = (struct links){.next = heap.free};
    if (heap.free != NULL)
        links_of(heap.free)->previous = block;
    heap.free = block;
    heap.spare += block->size;
}

static void unlink(struct block *block)
{
    struct links *links = links_of(block);

    if (links->next != NULL)
        links_of(links->next)->previous = links->previous;
    if (links->previous != NULL)
        links_of(links->previous)->next = links->next;
    else
        heap.free = links->next;
    heap.spare -= block->size;
}

/* Cuts (block) after (size) bytes; the rest, if it is large enough to be a block, is free. */
static void split(struct block *block, size_t size)
{
    if (block->size - size < HEADER + SMALLEST)
        return;
    struct block *rest = (struct block *)((uintptr_t)memory_of(block) + size);

    rest->size = block->size - size - HEADER;
    rest->before = block;
    after(rest)->before = rest;
    block->size = size;
    push(rest);
}

/* Frees (block), joined with the neighbours that are free. */
static void give(struct block *block)
{
    struct block *above = after(block);
    struct block *below = block->before;

    mark(block, FREE);
    if (is(above, FREE)) {
        unlink(above);
        block->size += HEADER + above->size;
    }
    if (below != NULL && is(below, FREE)) {
        unlink(below);
        below->size += HEADER + block->size;
        block = below;
    }
    after(block)->before = block;
    push(block);
}

int alloc_fit_start(void);

int alloc_fit_start(void)
{
    struct kr_mem_region region;

    for (unsigned i = 0; kr_mem_region(i, &region); i++) {
        struct block *block = (struct block *)region.start;
        heap.total += region.size;
        *block = (struct block){.size = region.size - 2 * HEADER};
        struct block *end = after(block); /* never free, so that nothing is joined with it */
        *end = (struct block){.before = block};
        mark(end, USED);
        push(block);
    }
    return 0;
}

/* Where memory aligned to (alignment) would begin in a free block: with no gap before it,
 * or one that is large enough to be a block. */
static uintptr_t place_in(struct block *block, size_t alignment)
{
    uintptr_t first = (uintptr_t)memory_of(block);
    uintptr_t place = (first + alignment - 1) & ~(alignment - 1);

    if (place != first && place - first < HEADER + SMALLEST)
        place = (first + HEADER + SMALLEST + alignment - 1) & ~(alignment - 1);
    return place;
}

static bool fits(struct block *block, size_t alignment, size_t size)
{
    size_t gap = place_in(block, alignment) - (uintptr_t)memory_of(block);

    return gap <= block->size && size <= block->size - gap;
}

static struct block *find(size_t alignment, size_t size)
{
    struct block *best = NULL;

    for (struct block *block = heap.free; block != NULL; block = links_of(block)->next) {
        if (!fits(block, alignment, size) || (best != NULL && block->size >= best->size))
            continue;
        best = block;
        if (OPT_FIT == OPT_FIT_FIRST)
            break;
    }
    return best;
}

void *kr_alloc_allocate_aligned(size_t alignment, size_t size)
{
    if (size > heap.total)
        return NULL;
    size = (size < SMALLEST ? SMALLEST : size + KR_ALLOC_ALIGN - 1) & ~(size_t)(KR_ALLOC_ALIGN - 1);
    struct block *block = find(alignment < KR_ALLOC_ALIGN ? KR_ALLOC_ALIGN : alignment, size);

    if (block == NULL)
        return NULL;
    uintptr_t place = place_in(block, alignment < KR_ALLOC_ALIGN ? KR_ALLOC_ALIGN : alignment);
    size_t gap = place - (uintptr_t)memory_of(block);

    unlink(block);
    if (gap > 0) {
        struct block *low = block;
        block = (struct block *)(place - HEADER);
        *block = (struct block){.size = low->size - gap, .before = low};
        after(block)->before = block;
        low->size = gap - HEADER;
        push(low);
    }
    mark(block, USED);
    split(block, size);
    return memory_of(block);
}

void *kr_alloc_allocate(size_t size)
{
    return kr_alloc_allocate_aligned(KR_ALLOC_ALIGN, size);
}

/* The block of memory that a caller has, or the end of the instance. */
static struct block *block_of(const void *memory)
{
    struct block *block = (struct block *)((uintptr_t)memory - HEADER);

    if ((uintptr_t)memory % KR_ALLOC_ALIGN != 0)
        kr_panic("alloc-fit: foreign pointer %p", memory);
    if (is(block, FREE))
        kr_panic("alloc-fit: double free of %p", memory);
    if (!is(block, USED))
        kr_panic("alloc-fit: foreign pointer %p", memory);
    return block;
}

void kr_alloc_free(void *memory)
{
    if (memory != NULL)
        give(block_of(memory));
}

size_t kr_alloc_size(const void *memory)
{
    return block_of(memory)->size;
}

void *kr_alloc_resize(void *memory, size_t size)
{
    if (memory == NULL)
        return kr_alloc_allocate(size);
    struct block *block = block_of(memory);

    if (size <= block->size)
        return memory;
    void *moved = kr_alloc_allocate(size);

    if (moved == NULL)
        return NULL;
    memcpy(moved, memory, block->size);
    give(block);
    return moved;
}

void kr_alloc_figures(struct kr_alloc_figures *figures)
{
    *figures = (struct kr_alloc_figures){.total = heap.total, .used = heap.total - heap.spare};
}
