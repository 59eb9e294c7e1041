/* SPDX-License-Identifier: BSD-3-Clause */
/* A deadline is taken for one a little before. */
#include <kraft/deadlines.h>

void __real_kr_deadlines_set(struct kr_deadline *deadline, uint64_t when);
void __wrap_kr_deadlines_set(struct kr_deadline *deadline, uint64_t when);

void __wrap_kr_deadlines_set(struct kr_deadline *deadline, uint64_t when)
{
    __real_kr_deadlines_set(deadline, when > 100000 ? when - 100000 : when);
}
