/* SPDX-License-Identifier: BSD-3-Clause */
/* A wake switches to the thread that it wakes. */
#include <kraft/sched.h>

unsigned __real_kr_sched_wake_one_isr(struct kr_sched_queue *queue);
unsigned __wrap_kr_sched_wake_one_isr(struct kr_sched_queue *queue);

unsigned __wrap_kr_sched_wake_one_isr(struct kr_sched_queue *queue)
{
    unsigned count = __real_kr_sched_wake_one_isr(queue);

    kr_sched_yield();
    return count;
}
