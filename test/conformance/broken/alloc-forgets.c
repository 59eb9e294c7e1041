/* SPDX-License-Identifier: BSD-3-Clause */
/* A resize does not take the content along. */
#include <kraft/alloc.h>

void *__wrap_kr_alloc_resize(void *memory, size_t size);

void *__wrap_kr_alloc_resize(void *memory, size_t size)
{
    unsigned char *moved = kr_alloc_allocate(size);

    if (moved == NULL)
        return NULL;
    for (size_t i = 0; i < size; i++)
        moved[i] = 0;
    kr_alloc_free(memory);
    return moved;
}
