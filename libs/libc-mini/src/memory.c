/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * malloc and its kin (C17 7.22.3): the interface `alloc` under their old
 * names. They set errno, as POSIX wants; `alloc` itself does not.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <kraft/alloc.h>

static void *or_errno(void *memory)
{
    if (!memory)
        errno = ENOMEM;
    return memory;
}

void *malloc(size_t size)
{
    return or_errno(kr_alloc_allocate(size));
}

void *calloc(size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        return or_errno(NULL);
    void *memory = malloc(bytes);
    if (memory)
        memset(memory, 0, bytes);
    return memory;
}

void *realloc(void *memory, size_t size)
{
    return or_errno(kr_alloc_resize(memory, size));
}

void *aligned_alloc(size_t alignment, size_t size)
{
    if (alignment == 0 || (alignment & (alignment - 1)) != 0) {
        errno = EINVAL;
        return NULL;
    }
    return or_errno(kr_alloc_allocate_aligned(alignment, size));
}

void free(void *memory)
{
    kr_alloc_free(memory);
}
