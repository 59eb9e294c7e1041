/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * All the memory there is, taken by a test that wants none to be left: given
 * back piece by piece, the smallest first, it makes the nth allocation fail
 * for every n. For suites that need alloc.
 */
#ifndef KRAFT_HOARD_H
#define KRAFT_HOARD_H

#include <kraft/alloc.h>

/* Takes all that is left. (hoard) is a chain of pieces, NULL for none. */
static inline void kr_hoard_take_all(void **hoard)
{
    for (size_t size = (size_t)1 << 24; size >= 16; size /= 2)
        for (void **piece; (piece = (void **)kr_alloc_allocate(size)) != NULL; *hoard = piece)
            *piece = *hoard;
}

/* Gives back the piece that was taken last; whether there was any. */
static inline bool kr_hoard_give_back_one(void **hoard)
{
    void **piece = (void **)*hoard;

    if (piece == NULL)
        return false;
    *hoard = *piece;
    kr_alloc_free(piece);
    return true;
}

#endif
