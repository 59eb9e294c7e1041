/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Redis lets its builder choose an allocator: the C library's, jemalloc, or,
 * with USE_TCMALLOC, one with the functions below. Here they are those of the
 * interface alloc: Redis makes sixteen thousand small blocks before it is
 * ready, which cost half of what the C library takes for them. INFO calls it
 * tcmalloc-2.0, the version whose functions these are.
 */
#ifndef REDIS_TCMALLOC_H
#define REDIS_TCMALLOC_H

#include <string.h>

#include <kraft/alloc.h>

#define TC_VERSION_MAJOR 2
#define TC_VERSION_MINOR 0

static inline void *tc_malloc(size_t size)
{
    return kr_alloc_allocate(size);
}

static inline void *tc_calloc(size_t count, size_t size)
{
    size_t bytes;
    void *memory = NULL;

    if (!__builtin_mul_overflow(count, size, &bytes))
        memory = kr_alloc_allocate(bytes);
    return memory == NULL ? NULL : memset(memory, 0, bytes);
}

static inline void *tc_realloc(void *memory, size_t size)
{
    return kr_alloc_resize(memory, size);
}

static inline void tc_free(void *memory)
{
    kr_alloc_free(memory);
}

static inline size_t tc_malloc_size(void *memory)
{
    return kr_alloc_size(memory);
}

#endif
