/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * alloc: memory for whoever asks.
 *
 * Cardinality: one provider.
 * Context:     thread context and boot. MUST NOT be called from an interrupt
 *              handler.
 * Failure:     NULL when memory has run out, and for nothing else. A bug of
 *              the caller that is noticed (a double free, a foreign pointer,
 *              a header overwritten) is a panic, "alloc-…: …".
 * Ownership:   what is returned belongs to the caller until it is freed.
 *
 * Memory is aligned to KR_ALLOC_ALIGN at least. Its content is unspecified.
 */
#ifndef KRAFT_ALLOC_H
#define KRAFT_ALLOC_H

#include <kraft/base.h>

#define KR_ALLOC_ALIGN 16u

/* (size) bytes; a (size) of 0 returns a pointer that can be freed and is
 * unlike every other live one. */
void *kr_alloc_allocate(size_t size);

/* As kr_alloc_allocate, at a multiple of (alignment), a power of two up to
 * 2 MiB. */
void *kr_alloc_allocate_aligned(size_t alignment, size_t size);

/*
 * Makes (memory) at least (size) bytes, moving it if it must; keeps the
 * content up to the smaller of both sizes. NULL leaves (memory) as it was.
 * (memory) NULL is kr_alloc_allocate(size). The alignment of a moved block
 * is KR_ALLOC_ALIGN.
 */
void *kr_alloc_resize(void *memory, size_t size);

/* Gives (memory) back; NULL does nothing. */
void kr_alloc_free(void *memory);

/* Bytes that (memory) really has: at least what was asked for. */
size_t kr_alloc_size(const void *memory);

struct kr_alloc_figures {
    size_t total; /* bytes that the provider manages, its own data included */
    size_t used;  /* bytes not available to a caller, headers included */
};
void kr_alloc_figures(struct kr_alloc_figures *figures);

#endif
