/* SPDX-License-Identifier: BSD-3-Clause */
/* Waking all wakes the oldest only. */
#include <kraft/sched.h>

unsigned __wrap_kr_sched_wake_all_isr(struct kr_sched_queue *queue);

unsigned __wrap_kr_sched_wake_all_isr(struct kr_sched_queue *queue)
{
    return kr_sched_wake_one_isr(queue);
}
