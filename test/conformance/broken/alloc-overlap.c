/* SPDX-License-Identifier: BSD-3-Clause */
/* Now and then, memory that is live is handed out once more. */
#include <kraft/alloc.h>

void *__real_kr_alloc_allocate(size_t size);
void __real_kr_alloc_free(void *memory);
void *__wrap_kr_alloc_allocate(size_t size);
void __wrap_kr_alloc_free(void *memory);

static void *last;
static void *twice;
static unsigned calls;

void *__wrap_kr_alloc_allocate(size_t size)
{
    if (++calls % 997 == 0 && last != NULL && twice == NULL && kr_alloc_size(last) >= size) {
        twice = last;
        return last;
    }
    last = __real_kr_alloc_allocate(size);
    return last;
}

void __wrap_kr_alloc_free(void *memory)
{
    if (memory != NULL && memory == twice) {
        twice = NULL;
        return;
    }
    if (memory == last)
        last = NULL;
    __real_kr_alloc_free(memory);
}
