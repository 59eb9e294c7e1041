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
    union {
        struct {
            uint32_t before;   /* granules of the block before; 0: none */
            uint32_t granules; /* of this one, header included */
        };
        uint64_t sizes; /* both, as the seal has them */
    };
    uint64_t seal; /* sizes ^ address ^ key of the state */

    /* Valid while the block is free or kept; the first bytes of its memory. */
    struct block *next;     /* in the list of its size; NULL: last */
    struct block *previous; /* NULL: first. Kept: next ^ key, see kept.h */
};

_Static_assert(sizeof(struct block) == LEAST_GRANULES * GRANULE, "links fill the least block");
_Static_assert(KR_ALLOC_ALIGN == GRANULE, "memory is aligned when blocks are");

/* What a seal is made with, by state. Set once, at start. */
struct block_keys {
    uint64_t used;
    uint64_t free; /* in a list, and joined with free neighbours */
    uint64_t kept; /* freed, but neither listed nor joined: see kept.h */
};

extern struct block_keys keys;

/* Panic: the header of (block) is no header; its links are not in a list. */
KR_NORETURN void header_bad(const struct block *block);
KR_NORETURN void links_bad(const struct block *block);

static inline struct block *block_at(struct block *block, size_t granules)
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

static inline struct block *block_before(struct block *block)
{
    return (struct block *)((char *)block - (size_t)block->before * GRANULE);
}

/* The key of the state that (block) is in; no key when it was overwritten. */
static inline uint64_t block_key(const struct block *block)
{
    return block->seal ^ block->sizes ^ (uintptr_t)block;
}

static inline void block_seal(struct block *block, uint64_t key)
{
    block->seal = block->sizes ^ (uintptr_t)block ^ key;
}

/* Does not verify the seal, but leaves a bad one bad. */
static inline void block_set_before(struct block *block, uint32_t before)
{
    block->seal ^= block->before ^ before;
    block->before = before;
}

static inline bool block_is_free(const struct block *block)
{
    uint64_t key = block_key(block);

    if (key == keys.free)
        return true;
    if (OPT_CHECK && key != keys.used && key != keys.kept)
        header_bad(block);
    return false;
}

#endif
