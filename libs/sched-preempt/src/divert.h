/* SPDX-License-Identifier: BSD-3-Clause */
/* What an arch has to know of preemption. */
#ifndef SCHED_PREEMPT_DIVERT_H
#define SCHED_PREEMPT_DIVERT_H

#include <kraft/interrupted.h>

/* Makes code that was interrupted at (at) call preempted, with every register
 * as it was, before it goes on. Changes (at), and memory below its stack. */
void divert(struct kr_interrupted *at);

/* sched.c: called by interrupted code, which lets others run. */
void preempted(void);

#endif
