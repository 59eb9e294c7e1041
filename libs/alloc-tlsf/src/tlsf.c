/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Two-level segregated fit: free blocks stand in lists by size, and a bitmap
 * finds the first list that is sure to fit (lists.h). A block that is freed
 * merges with free neighbours at once (block.h). So every call takes constant
 * time, a resize that must move apart, and a block is at most a sixteenth
 * larger than the best fit. A few small blocks are kept unjoined, for speed
 * (kept.h).
 *
 * Limits: 16 bytes of header a block, 32 bytes the least block, 32 GiB the
 * largest. Takes no lock: for cooperative threads.
 */
#include "kept.h"
#include "lists.h"

#include <kraft/mem.h>
#include <kraft/panic.h>
#include <kraft/string.h>

#define MOST_GRANULES ((UINT64_C(1) << MOST_GRANULES_LOG) - 1)
#define MOST_BYTES ((MOST_GRANULES - HEADER_GRANULES) * GRANULE / 2)
#define MOST_ALIGNMENT (UINT64_C(2) << 20)
#define POISON 0xa5

#define MIX_USED UINT64_C(0x9e3779b97f4a7c15) /* 2^64 divided by the golden ratio */
#define MIX_FREE UINT64_C(0xd1b54a32d192ed03) /* odd, and unlike one another */
#define MIX_KEPT UINT64_C(0x8cb92ba72f3d8dd7)

int alloc_tlsf_start(void);

struct block_keys keys;
struct lists lists;
struct kept kept[KEPT_GRANULES + 1];

static struct {
    size_t total; /* granules of all regions */
    size_t used;  /* of these, in used blocks and last headers */
} heap;

static inline size_t granules_for(size_t size)
{
    size_t granules = (size + GRANULE - 1) / GRANULE + HEADER_GRANULES;

    return granules < LEAST_GRANULES ? LEAST_GRANULES : granules;
}

/* Makes (block), of (has) granules, used. Its end from (granules) on becomes
 * free if it is large enough to be a block; the block after it is used. */
static inline void trim(struct block *block, size_t granules, size_t has)
{
    size_t rest = has - granules;

    if (rest < LEAST_GRANULES) {
        granules = has;
    } else {
        struct block *end = block_at(block, granules);
        end->before = (uint32_t)granules;
        end->granules = (uint32_t)rest;
        block_seal(end, keys.free);
        block_set_before(block_at(end, rest), (uint32_t)rest);
        lists_insert(end, rest);
    }
    block->granules = (uint32_t)granules;
    block_seal(block, keys.used);
    heap.used += granules;
}

/* Makes (block), which no list and no count holds, free. */
static inline void give(struct block *block)
{
    size_t granules = block->granules;
    struct block *next = block_at(block, granules);

    block_seal(block, keys.free); /* lest it be freed twice when it is joined */
    if (block_is_free(next)) {
        granules += next->granules;
        lists_remove(next);
    }
    if (block->before != 0 && block_is_free(block_before(block))) {
        granules += block->before;
        block = block_before(block);
        lists_remove(block);
    }
    if (granules != block->granules) {
        block->granules = (uint32_t)granules;
        block_seal(block, keys.free);
        block_set_before(block_at(block, granules), (uint32_t)granules);
    }
    lists_insert(block, granules);
}

/* Gives back all kept blocks; returns whether there were any. */
static bool give_kept(void)
{
    bool any = false;

    for (size_t granules = LEAST_GRANULES; granules <= KEPT_GRANULES; granules++) {
        struct block *block;
        while ((block = kept_take(granules)) != NULL) {
            give(block);
            any = true;
        }
    }
    return any;
}

/* A block of (granules) at least, its header not yet set; NULL: none. */
static inline struct block *take(size_t granules)
{
    unsigned list = lists_find(list_for(granules));

    if (list == LISTS) {
        if (!give_kept())
            return NULL;
        list = lists_find(list_for(granules));
        if (list == LISTS)
            return NULL;
    }
    struct block *block = lists.first[list];

    if (OPT_CHECK && block_key(block) != keys.free)
        header_bad(block);
    lists_remove_first(block, list);
    return block;
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
    if (key == keys.free || key == keys.kept)
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

/* Several blocks of (granules) out of one: the last is returned, used, the
 * others are kept. NULL: the size was not missed yet, or no free block is so
 * large. */
static inline struct block *carve(size_t granules)
{
    struct kept *list = &kept[granules];
    size_t more = list->missed < list->room ? list->missed++ : list->room;

    if (more == 0 || lists_find(list_for(granules * (more + 1))) == LISTS)
        return NULL;
    struct block *block = take(granules * (more + 1));
    trim(block, granules * (more + 1), block->granules);
    size_t rest = block->granules - more * granules;
    block = kept_fill(block, granules, more);
    block->before = (uint32_t)granules;
    block->granules = (uint32_t)rest;
    block_seal(block, keys.used);
    heap.used -= more * granules;
    block_set_before(block_at(block, rest), (uint32_t)rest);
    return block;
}

static __attribute__((noinline)) void *allocate(size_t size)
{
    if (size > MOST_BYTES)
        return NULL;
    size_t granules = granules_for(size);
    struct block *block = size > KEPT_BYTES ? NULL : carve(granules);

    if (block != NULL)
        return block_memory(block);
    block = take(granules);

    if (block == NULL)
        return NULL;
    trim(block, granules, block->granules);
    return block_memory(block);
}

void *kr_alloc_allocate(size_t size)
{
    if (size > KEPT_BYTES)
        return allocate(size);
    struct block *block = kept_take(granules_for(size));

    if (block == NULL)
        return allocate(size);
    block_seal(block, keys.used);
    heap.used += block->granules;
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
    size_t granules = granules_for(size);
    struct block *block = take(granules + alignment / GRANULE + LEAST_GRANULES);

    if (block == NULL)
        return NULL;
    size_t has = block->granules;
    uintptr_t address = (uintptr_t)block_memory(block);
    size_t gap = (-address & (alignment - 1)) / GRANULE;

    if (gap != 0) {
        if (gap < LEAST_GRANULES)
            gap += alignment / GRANULE;
        struct block *front = block;
        front->granules = (uint32_t)gap;
        block_seal(front, keys.free);
        lists_insert(front, gap);
        has -= gap;
        block = block_at(front, gap);
        block->before = (uint32_t)gap;
        block_set_before(block_at(block, has), (uint32_t)has);
    }
    trim(block, granules, has);
    return block_memory(block);
}

void kr_alloc_free(void *memory)
{
    if (memory == NULL)
        return;
    struct block *block = used_block(memory);

    heap.used -= block->granules;
    if (OPT_POISON)
        memset(memory, POISON, (block->granules - HEADER_GRANULES) * (size_t)GRANULE);
    if (!kept_add(block))
        give(block);
}

/* Whether (block) could be made (granules) large where it stands. */
static bool resized_in_place(struct block *block, size_t granules)
{
    size_t had = block->granules;
    size_t has = had;
    struct block *next = block_at(block, had);

    if (block_is_free(next)) {
        if (has + next->granules < granules)
            return false;
        lists_remove(next);
        has += next->granules;
        block_set_before(block_at(block, has), (uint32_t)has);
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
    memcpy(moved, memory, (block->granules - HEADER_GRANULES) * (size_t)GRANULE);
    kr_alloc_free(memory);
    return moved;
}

size_t kr_alloc_size(const void *memory)
{
    const struct block *block = used_block((void *)(uintptr_t)memory);

    return (block->granules - HEADER_GRANULES) * (size_t)GRANULE;
}

void kr_alloc_figures(struct kr_alloc_figures *figures)
{
    figures->total = heap.total * GRANULE;
    figures->used = heap.used * GRANULE;
}

/* Makes one free block, and the last header. */
static void add_piece(uintptr_t start, size_t size)
{
    size_t granules = size / GRANULE - HEADER_GRANULES;
    struct block *block = (struct block *)start;
    struct block *last = block_at(block, granules);

    block->sizes = 0;
    block->granules = (uint32_t)granules;
    block_seal(block, keys.free);
    last->sizes = 0;
    last->before = (uint32_t)granules;
    block_seal(last, keys.used);
    lists_insert(block, granules);
    heap.total += granules + HEADER_GRANULES;
    heap.used += HEADER_GRANULES;
}

int alloc_tlsf_start(void)
{
    struct kr_mem_region region;
    const size_t most = MOST_GRANULES * GRANULE - (KR_MEM_PAGE - GRANULE);

    keys.used = __stack_chk_guard * MIX_USED;
    keys.free = keys.used ^ MIX_FREE;
    keys.kept = keys.used ^ MIX_KEPT;
    for (size_t i = LEAST_GRANULES; i <= KEPT_GRANULES; i++)
        kept[i].room = OPT_KEEP;
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
