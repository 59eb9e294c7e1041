/* SPDX-License-Identifier: BSD-3-Clause */
/* One free of sixteen does nothing. */
#include <kraft/alloc.h>

void __real_kr_alloc_free(void *memory);
void __wrap_kr_alloc_free(void *memory);

void __wrap_kr_alloc_free(void *memory)
{
    static unsigned calls;

    if (++calls % 16 != 0)
        __real_kr_alloc_free(memory);
}
