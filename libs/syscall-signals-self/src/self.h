/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of this lib tell one another. */
#ifndef SELF_H
#define SELF_H

#include <kraft/signals.h>
#include <kraft/syscall-signals.h>
#include <kraft/thread-signals.h>

#define PROCESS 1
#define SIGNALS 64
#define FIRST_REAL_TIME 32
#define KILL 9
#define STOP 19

extern struct kr_syscall_action self_actions[SIGNALS + 1]; /* [0] is of no signal */
extern uint64_t self_raised;                               /* for any thread */

static inline uint64_t self_bit(int signal)
{
    return UINT64_C(1) << (signal - 1);
}

/* Whether sending it comes to nothing. */
bool self_is_ignored(int signal);

/* queue.c: what is told of those that wait; (thread) 0: for any. Returns
 * -KR_EAGAIN where there is no more room. */
long self_queue_put(int thread, const struct kr_signals_information *information, int *told);

/* The oldest such; whether another is left in (more). */
struct kr_signals_information self_queue_take(int thread, int signal, bool *more);

/* handlers.c: runs the handlers of what waits for the calling thread and is not
 * blocked. Returns whether the first allows a call that it interrupted to go on;
 * true where none ran. */
bool self_deliver(void);

/* Assembly: (handler)(signal, information, context) on the stack that ends at (top). */
void self_call_on(void *top, void (*handler)(int, void *, void *), int signal, void *information,
                  void *context);

#endif
