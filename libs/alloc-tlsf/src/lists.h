/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The free blocks, in lists by size, and two levels of bitmap to find a list
 * that is not empty (Masmano, Ripoll, Crespo, Real: "TLSF: a New Dynamic
 * Memory Allocator for Real-Time Systems", ECRTS 2004, section 3).
 *
 * The paper's first level is the power of two of a size, its second divides
 * that into 2^SPLIT equal steps. Both are one number here: for a size of g
 * granules and its power p = max(0, floor(log2 g) - SPLIT),
 *
 *     list = p * 2^SPLIT + (g >> p)
 *
 * which is g itself for small sizes, and rounds up to the right list even
 * across a power of two. Bitmap words hold 64 lists, four powers, each.
 */
#ifndef ALLOC_TLSF_LISTS_H
#define ALLOC_TLSF_LISTS_H

#include "block.h"

#define SPLIT 4u           /* log2 of the steps between powers of two */
#define MOST_GRANULES_LOG 31u /* blocks of up to 32 GiB */
#define LISTS (((MOST_GRANULES_LOG - SPLIT) << SPLIT) + (2u << SPLIT))
#define WORDS ((LISTS + 63u) / 64u)

_Static_assert(WORDS <= 32, "one word tells which words are not 0");

struct lists {
    uint32_t summary;            /* bit w: bits[w] is not 0 */
    uint64_t bits[WORDS];        /* bit l % 64 of l / 64: first[l] is not NULL */
    struct block *first[LISTS];
};

extern struct lists lists;

static inline unsigned power_of(size_t granules)
{
    return 63u - (unsigned)__builtin_clzll(granules | 1u << SPLIT) - SPLIT;
}

/* The list that a free block of (granules) stands in. */
static inline unsigned list_of(size_t granules)
{
    unsigned power = power_of(granules);

    return (power << SPLIT) + (unsigned)(granules >> power);
}

/* The first list whose blocks all have (granules) at least. */
static inline unsigned list_for(size_t granules)
{
    unsigned power = power_of(granules);

    return (power << SPLIT) + (unsigned)((granules + (UINT64_C(1) << power) - 1) >> power);
}

/* The first list from (list) on that is not empty; LISTS when all are. */
static inline unsigned lists_find(unsigned list)
{
    unsigned word = list / 64;
    uint64_t bits = lists.bits[word] >> list % 64;

    if (bits != 0)
        return list + (unsigned)__builtin_ctzll(bits);
    uint32_t words = lists.summary & UINT32_MAX << word << 1;
    if (words == 0)
        return LISTS;
    word = (unsigned)__builtin_ctz(words);
    return word * 64 + (unsigned)__builtin_ctzll(lists.bits[word]);
}

static inline void lists_insert(struct block *block, size_t granules)
{
    unsigned list = list_of(granules);
    struct block *first = lists.first[list];

    block->next = first;
    block->previous = NULL;
    lists.first[list] = block;
    if (first != NULL) {
        first->previous = block;
        return;
    }
    lists.bits[list / 64] |= UINT64_C(1) << list % 64;
    lists.summary |= 1u << list / 64;
}

static inline void lists_mark_empty(unsigned list)
{
    uint64_t bits = lists.bits[list / 64] & ~(UINT64_C(1) << list % 64);

    lists.bits[list / 64] = bits;
    if (bits == 0)
        lists.summary &= ~(1u << list / 64);
}

/* Takes (block) out of (list), whose first it is. */
static inline void lists_remove_first(struct block *block, unsigned list)
{
    struct block *next = block->next;

    lists.first[list] = next;
    if (next == NULL) {
        lists_mark_empty(list);
        return;
    }
    if (OPT_CHECK && next->previous != block)
        links_bad(block);
    next->previous = NULL;
}

static inline void lists_remove(struct block *block)
{
    struct block *previous = block->previous;
    struct block *next = block->next;

    if (previous == NULL) {
        unsigned list = list_of(block->granules);
        if (OPT_CHECK && lists.first[list] != block)
            links_bad(block);
        lists_remove_first(block, list);
        return;
    }
    if (OPT_CHECK && (previous->next != block || (next != NULL && next->previous != block)))
        links_bad(block);
    previous->next = next;
    if (next != NULL)
        next->previous = previous;
}

#endif
