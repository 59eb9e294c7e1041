/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * White box: after each of many random calls, every region is walked from its
 * first header to its last, and every list from its first block to its last:
 * they have to tell the same.
 */
#include "../src/kept.h"
#include "../src/lists.h"

#include <kraft/conformance.h>
#include <kraft/mem.h>

#define SLOTS 64u

static void *slots[SLOTS];

/* Blocks by state, counted along the regions. */
static struct {
    size_t free, kept, used, used_granules;
} seen;

static bool walk_region(const struct kr_mem_region *region)
{
    struct block *block = (struct block *)region->start;
    uint32_t before = 0;
    bool before_is_free = false;

    for (;;) {
        uint64_t key = block_key(block);
        if (block->before != before || (before_is_free && key == keys.free))
            return false;
        before_is_free = key == keys.free;
        seen.free += key == keys.free;
        seen.kept += key == keys.kept;
        seen.used += key == keys.used;
        seen.used_granules += key != keys.used ? 0 : block->granules == 0 ? 1 : block->granules;
        if (key != keys.free && key != keys.kept && key != keys.used)
            return false;
        if (block->granules == 0)
            break;
        before = block->granules;
        block = block_at(block, block->granules);
    }
    return (uintptr_t)block + HEADER_GRANULES * GRANULE == region->start + region->size;
}

static bool walk_list(unsigned list)
{
    const struct block *previous = NULL;

    for (struct block *block = lists.first[list]; block != NULL; block = block->next) {
        if (block_key(block) != keys.free || list_of(block->granules) != list ||
            block->previous != previous)
            return false;
        previous = block;
        seen.free--;
    }
    bool bit = lists.bits[list / 64] >> list % 64 & 1;
    bool word = lists.summary >> list / 64 & 1;

    return bit == (previous != NULL) && word == (lists.bits[list / 64] != 0);
}

static bool walk_kept(size_t granules)
{
    size_t count = 0;

    for (struct block *block = kept[granules].first; block != NULL; block = block->next, count++)
        if (block_key(block) != keys.kept || block->granules != granules)
            return false;
    seen.kept -= count;
    return true;
}

static bool is_sound(void)
{
    struct kr_mem_region region;
    struct kr_alloc_figures figures;
    bool sound = true;

    seen.free = 0;
    seen.kept = 0;
    seen.used = 0;
    seen.used_granules = 0;
    for (unsigned i = 0; kr_mem_region(i, &region); i++)
        sound = sound && walk_region(&region);
    for (unsigned list = 0; list < LISTS; list++)
        sound = sound && walk_list(list);
    for (size_t granules = LEAST_GRANULES; granules <= KEPT_GRANULES; granules++)
        sound = sound && walk_kept(granules);
    kr_alloc_figures(&figures);
    return sound && seen.free == 0 && seen.kept == 0 &&
           figures.used == seen.used_granules * GRANULE;
}

static size_t random_size(void)
{
    uint32_t random = kr_conformance_random();

    return (random >> 8) % ((size_t)16 << random % 12);
}

static void step(void)
{
    void **slot = &slots[kr_conformance_random() % SLOTS];
    uint32_t choice = kr_conformance_random() % 8;

    if (*slot == NULL && choice == 0) {
        *slot = kr_alloc_allocate_aligned((size_t)16 << kr_conformance_random() % 10,
                                          random_size());
    } else if (*slot == NULL) {
        *slot = kr_alloc_allocate(random_size());
    } else if (choice < 3) {
        void *moved = kr_alloc_resize(*slot, random_size());
        *slot = moved == NULL ? *slot : moved;
    } else {
        kr_alloc_free(*slot);
        *slot = NULL;
    }
}

KR_TEST(lists_and_regions_tell_the_same)
{
    KR_REQUIRE(is_sound());
    for (unsigned i = 0; i < 6000; i++) {
        step();
        KR_REQUIRE(is_sound());
    }
}

KR_TEST(memory_that_ran_out_is_whole_again)
{
    KR_CHECK(kr_alloc_allocate((size_t)1 << 30) == NULL); /* gives back what was kept */
    KR_CHECK(is_sound());
    for (unsigned i = 0; i < SLOTS; i++)
        kr_alloc_free(slots[i]);
    KR_CHECK(kr_alloc_allocate((size_t)1 << 30) == NULL);
    KR_CHECK(is_sound());
    for (size_t granules = LEAST_GRANULES; granules <= KEPT_GRANULES; granules++)
        KR_CHECK(kept[granules].first == NULL);
    KR_CHECK(seen.used_granules <= 16); /* last headers */
}

KR_SUITE(&test_lists_and_regions_tell_the_same, &test_memory_that_ran_out_is_whole_again)
