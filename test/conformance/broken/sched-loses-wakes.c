/* SPDX-License-Identifier: BSD-3-Clause */
/* A wake counts a waiter, but leaves it asleep. */
#include <kraft/sched.h>

unsigned __wrap_kr_sched_wake_all_isr(struct kr_sched_queue *queue);

unsigned __wrap_kr_sched_wake_all_isr(struct kr_sched_queue *queue)
{
    return queue->first != NULL;
}
