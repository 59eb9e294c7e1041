/* SPDX-License-Identifier: BSD-3-Clause */
/* Memory begins eight bytes too late. */
#include <kraft/alloc.h>

void *__real_kr_alloc_allocate(size_t size);
void __real_kr_alloc_free(void *memory);
void *__wrap_kr_alloc_allocate(size_t size);
void __wrap_kr_alloc_free(void *memory);
size_t __real_kr_alloc_size(const void *memory);
size_t __wrap_kr_alloc_size(const void *memory);

void *__wrap_kr_alloc_allocate(size_t size)
{
    char *memory = __real_kr_alloc_allocate(size + 8);

    return memory == NULL ? NULL : memory + 8;
}

void __wrap_kr_alloc_free(void *memory)
{
    if (memory != NULL)
        __real_kr_alloc_free((char *)memory - 8);
}

size_t __wrap_kr_alloc_size(const void *memory)
{
    return __real_kr_alloc_size((const char *)memory - 8) - 8;
}
