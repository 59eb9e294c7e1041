/* SPDX-License-Identifier: BSD-3-Clause */
/* A join gives no result. */
#include <kraft/sched.h>

int __real_kr_sched_join(struct kr_sched_thread *thread, void **result);
int __wrap_kr_sched_join(struct kr_sched_thread *thread, void **result);

int __wrap_kr_sched_join(struct kr_sched_thread *thread, void **result)
{
    if (result != NULL)
        *result = NULL;
    return __real_kr_sched_join(thread, NULL);
}
