/* SPDX-License-Identifier: BSD-3-Clause */
/* A deadline that is set keeps its time. */
#include <kraft/deadlines.h>

void __real_kr_deadlines_set(struct kr_deadline *deadline, uint64_t when);
void __wrap_kr_deadlines_set(struct kr_deadline *deadline, uint64_t when);

void __wrap_kr_deadlines_set(struct kr_deadline *deadline, uint64_t when)
{
    if (kr_deadlines_when(deadline) == 0)
        __real_kr_deadlines_set(deadline, when);
}
