/* SPDX-License-Identifier: BSD-3-Clause */
/* A double free goes unnoticed: what was freed is remembered and skipped. */
#include <kraft/alloc.h>

void *__real_kr_alloc_allocate(size_t size);
void __real_kr_alloc_free(void *memory);
void *__wrap_kr_alloc_allocate(size_t size);
void __wrap_kr_alloc_free(void *memory);

static void *freed[64];
static unsigned count;

void *__wrap_kr_alloc_allocate(size_t size)
{
    count = 0;
    return __real_kr_alloc_allocate(size);
}

void __wrap_kr_alloc_free(void *memory)
{
    for (unsigned i = 0; i < count; i++)
        if (freed[i] == memory)
            return;
    __real_kr_alloc_free(memory);
    if (count < 64)
        freed[count++] = memory;
}
