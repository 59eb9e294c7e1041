/* SPDX-License-Identifier: BSD-3-Clause */
/* A size near the largest number wraps around and becomes a small one. */
#include <kraft/alloc.h>

void *__real_kr_alloc_allocate(size_t size);
void *__wrap_kr_alloc_allocate(size_t size);

void *__wrap_kr_alloc_allocate(size_t size)
{
    return __real_kr_alloc_allocate((size + 15) / 16 * 16);
}
