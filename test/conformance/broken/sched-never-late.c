/* SPDX-License-Identifier: BSD-3-Clause */
/* A wait tells of no timeout. */
#include <kraft/sched.h>

int __real_kr_sched_wait(struct kr_sched_queue *queue, uint64_t deadline);
int __wrap_kr_sched_wait(struct kr_sched_queue *queue, uint64_t deadline);

int __wrap_kr_sched_wait(struct kr_sched_queue *queue, uint64_t deadline)
{
    (void)__real_kr_sched_wait(queue, deadline);
    return 0;
}
