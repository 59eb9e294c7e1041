/* SPDX-License-Identifier: BSD-3-Clause */
/* A sleep ends a little before its deadline. */
#include <kraft/sched.h>

void __real_kr_sched_sleep(uint64_t deadline);
void __wrap_kr_sched_sleep(uint64_t deadline);

void __wrap_kr_sched_sleep(uint64_t deadline)
{
    __real_kr_sched_sleep(deadline - deadline / 8);
}
