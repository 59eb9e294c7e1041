/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Blocks that were freed and are kept as they are, a few of each small size,
 * for the next allocation of that size: most programs ask for the same sizes
 * again and again, and neither joining neighbours nor splitting them again is
 * then of any use. Their number is bounded, and so is the time that it takes
 * to give them all back, which happens when memory runs out.
 *
 * A size that was wanted more often than it was freed is made some at a time,
 * out of one larger block, and those that nobody has yet are kept as well.
 *
 * A kept block counts as used for its neighbours, and as free in the figures.
 */
#ifndef ALLOC_TLSF_KEPT_H
#define ALLOC_TLSF_KEPT_H

#include "block.h"

#define KEPT_GRANULES 33u /* of the largest block that is kept: 512 bytes */
#define KEPT_BYTES ((KEPT_GRANULES - HEADER_GRANULES) * GRANULE)

struct kept {
    struct block *first; /* newest; NULL: none */
    size_t room;         /* blocks that may be kept besides */
    size_t missed;       /* times that one was wanted and none was here */
};

extern struct kept kept[KEPT_GRANULES + 1];

static inline struct block *kept_link_key(const struct block *next)
{
    return (struct block *)((uintptr_t)next ^ keys.kept);
}

/* Whether (block), which is used, is kept from now on. */
static inline bool kept_add(struct block *block)
{
    if (block->granules > KEPT_GRANULES)
        return false;
    struct kept *list = &kept[block->granules];

    if (list->room == 0)
        return false;
    list->room--;
    block_seal(block, keys.kept);
    block->next = list->first;
    block->previous = kept_link_key(list->first);
    list->first = block;
    return true;
}

/* Makes (count) kept blocks of (granules) from (block) on, whose (before) is
 * set; returns where they end. The header there is still to be made. */
static inline struct block *kept_fill(struct block *block, size_t granules, size_t count)
{
    struct kept *list = &kept[granules];
    struct block *first = list->first;
    uint64_t key = keys.kept;
    uint64_t sizes = block->before | (uint64_t)granules << 32;

    list->room -= count;
    for (; count > 0; count--) {
        block->sizes = sizes;
        block->seal = sizes ^ (uintptr_t)block ^ key;
        block->next = first;
        block->previous = (struct block *)((uintptr_t)first ^ key);
        sizes = granules | (uint64_t)granules << 32;
        first = block;
        block = block_at(block, granules);
    }
    list->first = first;
    return block;
}

/* A block of (granules), its seal not yet set; NULL: none is kept. */
static inline struct block *kept_take(size_t granules)
{
    struct kept *list = &kept[granules];
    struct block *block = list->first;

    if (block == NULL)
        return NULL;
    if (OPT_CHECK && block_key(block) != keys.kept)
        header_bad(block);
    if (OPT_CHECK && block->previous != kept_link_key(block->next))
        links_bad(block);
    list->first = block->next;
    list->room++;
    return block;
}

#endif
