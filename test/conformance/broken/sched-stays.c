/* SPDX-License-Identifier: BSD-3-Clause */
/* A yield goes on with the same thread. */
#include <kraft/sched.h>

void __wrap_kr_sched_yield(void);

void __wrap_kr_sched_yield(void)
{
}
