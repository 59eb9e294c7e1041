/* SPDX-License-Identifier: BSD-3-Clause */
/* A thread pointer is set where it is told, and at no switch. */
#include <kraft/sched.h>

void __wrap_kr_sched_keep_pointer(void *pointer);

void __wrap_kr_sched_keep_pointer(void *pointer)
{
    (void)pointer;
}
