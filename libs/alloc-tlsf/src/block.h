/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A block: 16 bytes of header, then memory. Blocks fill a region without a
 * gap; the last of a region is a header alone, used for ever, of size 0.
 *
 *     block                                   next block
 *     | sizes | seal | memory …               | sizes | seal | memory …
 *
 * The seal ties the sizes, the address and the state together with a random
 * key, so that a header which was overwritten, copied or made up is seen, and
 * a used block is told from a free one, by a single comparison.
 */
#ifndef ALLOC_TLSF_BLOCK_H
#define ALLOC_TLSF_BLOCK_H

#include "options.h"

#include <kraft/alloc.h>

#define GRANULE 16u /* bytes; all sizes of blocks are counted in these */
#define HEADER_GRANULES 1u
#define LEAST_GRANULES 2u /* header, and the two links of a free block */

struct block {
    uint64_t sizes; /* high half: granules of this block, header included;
                       low half: those of the block before, 0 for none */
    uint64_t seal;  /* sizes ^ address ^ key of the state */

    /* Valid while the block is free; the first bytes of its memory. */
    struct block *next;     /* in the list of its size; NULL: last */
    struct block *previous; /* NULL: first */
};

_Static_assert(sizeof(struct block) == LEAST_GRANULES * GRANULE, "links fill the least block");
_Static_assert(KR_ALLOC_ALIGN == GRANULE, "memory is aligned when blocks are");

/* What a seal is made with. Set once, at start. */
struct block_keys {
    uint64_t used;
    uint64_t free;
};

extern struct block_keys keys;

/* Panic: the header of (block) is no header; its links are not in a list. */
KR_NORETURN void header_bad(const struct block *block);
KR_NORETURN void links_bad(const struct block *block);

static inline struct block *block_at(struct block *block, uint64_t granules)
{
    return (struct block *)((char *)block + granules * GRANULE);
}

static inline struct block *block_of(void *memory)
{
    return (struct block *)((char *)memory - HEADER_GRANULES * GRANULE);
}

static inline void *block_memory(struct block *block)
{
    return (char *)block + HEADER_GRANULES * GRANULE;
}

static inline uint64_t block_granules(const struct block *block)
{
    return block->sizes >> 32;
}

static inline uint64_t block_granules_before(const struct block *block)
{
    return (uint32_t)block->sizes;
}

static inline struct block *block_before(struct block *block)
{
    return (struct block *)((char *)block - block_granules_before(block) * GRANULE);
}

/* The key of the state that (block) is in; no key when it was overwritten. */
static inline uint64_t block_key(const struct block *block)
{
    return block->seal ^ block->sizes ^ (uintptr_t)block;
}

static inline void block_set(struct block *block, uint64_t granules, uint64_t before, uint64_t key)
{
    uint64_t sizes = granules << 32 | before;

    block->sizes = sizes;
    block->seal = sizes ^ (uintptr_t)block ^ key;
}

/* Does not verify the seal, but leaves a bad one bad. */
static inline void block_set_granules_before(struct block *block, uint64_t before)
{
    uint64_t change = block_granules_before(block) ^ before;

    block->sizes ^= change;
    block->seal ^= change;
}

static inline bool block_is_free(const struct block *block)
{
    uint64_t key = block_key(block);

    if (key == keys.free)
        return true;
    if (OPT_CHECK && key != keys.used)
        header_bad(block);
    return false;
}

#endif
