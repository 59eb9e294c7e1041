/* SPDX-License-Identifier: BSD-3-Clause */
/* A register that nobody's compiler knows of. */
#include <kraft/thread-pointer.h>

static void *current;

void kr_thread_pointer_set(void *pointer)
{
    current = pointer;
}

void *kr_thread_pointer_get(void)
{
    return current;
}
