/* SPDX-License-Identifier: BSD-3-Clause */
/* All allocations of nothing are one. */
#include <kraft/alloc.h>

void *__real_kr_alloc_allocate(size_t size);
void __real_kr_alloc_free(void *memory);
void *__wrap_kr_alloc_allocate(size_t size);
void __wrap_kr_alloc_free(void *memory);

static void *nothing;

void *__wrap_kr_alloc_allocate(size_t size)
{
    if (nothing == NULL)
        nothing = __real_kr_alloc_allocate(0);
    return size == 0 ? nothing : __real_kr_alloc_allocate(size);
}

void __wrap_kr_alloc_free(void *memory)
{
    if (memory != nothing)
        __real_kr_alloc_free(memory);
}
