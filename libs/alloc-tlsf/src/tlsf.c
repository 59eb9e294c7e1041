/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Two-level segregated fit: free blocks stand in lists by size, and a bitmap
 * finds the first list that is sure to fit (lists.h). A block that is freed
 * merges with free neighbours at once (block.h). So every call takes constant
 * time, a resize that must move apart, and a block is at most a sixteenth
 * larger than the best fit.
 *
 * Limits: 16 bytes of header a block, 32 bytes the least block, 32 GiB the
 * largest. Takes no lock: for cooperative threads.
 */
#include "lists.h"

#include <kraft/mem.h>
#include <kraft/panic.h>
#include <kraft/string.h>

#define MOST_GRANULES ((UINT64_C(1) << MOST_GRANULES_LOG) - 1)
#define MOST_BYTES ((MOST_GRANULES - HEADER_GRANULES) * GRANULE / 2)
#define MOST_ALIGNMENT (UINT64_C(2) << 20)
#define POISON 0xa5

#define MIX_USED UINT64_C(0x9e3779b97f4a7c15) /* 2^64 divided by the golden ratio */
#define MIX_FREE UINT64_C(0xd1b54a32d192ed03) /* odd, and unlike the other */

int alloc_tlsf_start(void);

struct block_keys keys;
struct lists lists;

static struct {
    uint64_t total; /* granules of all regions */
    uint64_t used;  /* of these, in used blocks and last headers */
} heap;

static uint64_t granules_for(size_t size)
{
    uint64_t granules = (size + GRANULE - 1) / GRANULE + HEADER_GRANULES;

    return granules < LEAST_GRANULES ? LEAST_GRANULES : granules;
}

/* Gives the end of (block), from (granules) on, to the free lists if it is
 * large enough to be a block; sets the header of (block) to what is left. The
 * block after it is used. */
static inline void trim(struct block *block, uint64_t granules, uint64_t has)
{
    uint64_t rest = has - granules;

    if (rest < LEAST_GRANULES) {
        block_set(block, has, block_granules_before(block), keys.used);
        heap.used += has;
        return;
    }
    struct block *end = block_at(block, granules);

    block_set(block, granules, block_granules_before(block), keys.used);
    block_set(end, rest, granules, keys.free);
    block_set_granules_before(block_at(end, rest), rest);
    lists_insert(end, rest);
    heap.used += granules;
}

/* A block of (granules) at least, its header not yet set; NULL: none. */
static inline struct block *take(uint64_t granules)
{
    unsigned list = lists_find(list_for(granules));

    if (list == LISTS)
        return NULL;
    struct block *block = lists.first[list];

    if (OPT_CHECK && block_key(block) != keys.free)
        header_bad(block);
    lists_remove_first(block, list);
    return block;
}

/* Makes (block), which no list and no count holds, free. */
static inline void give(struct block *block)
{
    uint64_t granules = block_granules(block);
    struct block *next = block_at(block, granules);
    uint64_t before = block_granules_before(block);

    block->seal ^= keys.used ^ keys.free;
    if (block_is_free(next)) {
        uint64_t more = block_granules(next);
        lists_remove(next);
        granules += more;
        next = block_at(next, more);
    }
    if (before != 0 && block_is_free(block_before(block))) {
        block = block_before(block);
        lists_remove(block);
        granules += before;
        before = block_granules_before(block);
    }
    block_set(block, granules, before, keys.free);
    block_set_granules_before(next, granules);
    lists_insert(block, granules);
}

void header_bad(const struct block *block)
{
    kr_panic("alloc-tlsf: overwritten header of %p",
             (const void *)((const char *)block + HEADER_GRANULES * GRANULE));
}

void links_bad(const struct block *block)
{
    kr_panic("alloc-tlsf: written to after it was freed: %p",
             (const void *)((const char *)block + HEADER_GRANULES * GRANULE));
}

/* (memory), which a caller handed in, is not that of a used block. */
static KR_NORETURN void not_used(const void *memory, uint64_t key)
{
    if (key == keys.free)
        kr_panic("alloc-tlsf: double free of %p", memory);
    kr_panic("alloc-tlsf: foreign pointer, or overwritten header of %p", memory);
}

/* The used block whose memory begins at (memory). */
static inline struct block *used_block(void *memory)
{
    struct block *block = block_of(memory);

    if (!OPT_CHECK)
        return block;
    if ((uintptr_t)memory % GRANULE != 0)
        kr_panic("alloc-tlsf: foreign pointer %p", memory);
    uint64_t key = block_key(block);

    if (key != keys.used)
        not_used(memory, key);
    return block;
}

void *kr_alloc_allocate(size_t size)
{
    if (size > MOST_BYTES)
        return NULL;
    uint64_t granules = granules_for(size);
    struct block *block = take(granules);

    if (block == NULL)
        return NULL;
    trim(block, granules, block_granules(block));
    return block_memory(block);
}

void *kr_alloc_allocate_aligned(size_t alignment, size_t size)
{
    if (alignment == 0 || (alignment & (alignment - 1)) != 0 || alignment > MOST_ALIGNMENT)
        kr_panic("alloc-tlsf: alignment %zu", alignment);
    if (alignment <= GRANULE)
        return kr_alloc_allocate(size);
    if (size > MOST_BYTES)
        return NULL;

    /* Room to move up to the alignment, and to leave a block before it. */
    uint64_t granules = granules_for(size);
    struct block *block = take(granules + alignment / GRANULE + LEAST_GRANULES);

    if (block == NULL)
        return NULL;
    uint64_t has = block_granules(block);
    uint64_t address = (uintptr_t)block_memory(block);
    uint64_t gap = (-address & (alignment - 1)) / GRANULE;

    if (gap != 0) {
        if (gap < LEAST_GRANULES)
            gap += alignment / GRANULE;
        struct block *front = block;
        block = block_at(front, gap);
        block_set(front, gap, block_granules_before(front), keys.free);
        block_set(block, has - gap, gap, keys.used);
        block_set_granules_before(block_at(block, has - gap), has - gap);
        lists_insert(front, gap);
    }
    trim(block, granules, has - gap);
    return block_memory(block);
}

void kr_alloc_free(void *memory)
{
    if (memory == NULL)
        return;
    struct block *block = used_block(memory);
    uint64_t granules = block_granules(block);

    heap.used -= granules;
    if (OPT_POISON)
        memset(memory, POISON, (granules - HEADER_GRANULES) * GRANULE);
    give(block);
}

/* Whether (block) could be made (granules) large where it stands. */
static bool resized_in_place(struct block *block, uint64_t granules)
{
    uint64_t had = block_granules(block);
    uint64_t has = had;
    struct block *next = block_at(block, had);

    if (block_is_free(next)) {
        if (has + block_granules(next) < granules)
            return false;
        lists_remove(next);
        has += block_granules(next);
        block_set_granules_before(block_at(block, has), has);
    } else if (has < granules) {
        return false;
    }
    heap.used -= had;
    trim(block, granules, has);
    return true;
}

void *kr_alloc_resize(void *memory, size_t size)
{
    if (memory == NULL)
        return kr_alloc_allocate(size);
    if (size > MOST_BYTES)
        return NULL;
    struct block *block = used_block(memory);

    if (resized_in_place(block, granules_for(size)))
        return memory;
    void *moved = kr_alloc_allocate(size);

    if (moved == NULL)
        return NULL;
    memcpy(moved, memory, (block_granules(block) - HEADER_GRANULES) * GRANULE);
    kr_alloc_free(memory);
    return moved;
}

size_t kr_alloc_size(const void *memory)
{
    const struct block *block = used_block((void *)(uintptr_t)memory);

    return (block_granules(block) - HEADER_GRANULES) * GRANULE;
}

void kr_alloc_figures(struct kr_alloc_figures *figures)
{
    figures->total = heap.total * GRANULE;
    figures->used = heap.used * GRANULE;
}

/* Makes one free block, and the last header, of [start, start + size). */
static void add_piece(uintptr_t start, uint64_t size)
{
    uint64_t granules = size / GRANULE - HEADER_GRANULES;
    struct block *block = (struct block *)start;

    block_set(block, granules, 0, keys.free);
    block_set(block_at(block, granules), 0, granules, keys.used);
    lists_insert(block, granules);
    heap.total += granules + HEADER_GRANULES;
    heap.used += HEADER_GRANULES;
}

int alloc_tlsf_start(void)
{
    struct kr_mem_region region;
    const uint64_t most = MOST_GRANULES * GRANULE - (KR_MEM_PAGE - GRANULE);

    keys.used = __stack_chk_guard * MIX_USED;
    keys.free = keys.used ^ MIX_FREE;
    for (unsigned i = 0; kr_mem_region(i, &region); i++) {
        while (region.size > most) {
            add_piece(region.start, most);
            region.start += most;
            region.size -= most;
        }
        add_piece(region.start, region.size);
    }
    return 0;
}
