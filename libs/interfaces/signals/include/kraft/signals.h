/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * signals: what libs do with signals, beside what a program does with them
 * (syscall-signals.h).
 *
 * Cardinality: one provider, that of syscall-signals.
 * Context:     thread context. Handlers of the app run within
 *              kr_signals_interrupted and kr_signals_end, and nowhere else.
 * Failure:     as said.
 * Ownership:   what is passed stays the caller's; a watch does until it is off.
 *
 * A signal that comes to a thread in kr_sched_wait_interruptible ends that
 * wait. The call that waited undoes what it has begun and returns -KR_EINTR;
 * whoever made the call then asks kr_signals_interrupted.
 */
#ifndef KRAFT_SIGNALS_H
#define KRAFT_SIGNALS_H

#include <kraft/base.h>

/* What is told of a signal: the beginning of Linux's siginfo_t. */
struct kr_signals_information {
    int signal;
    int code;    /* SI_… */
    int sender;  /* process; or the timer's id, where (code) is SI_TIMER */
    int user;    /* or how often the timer went off besides */
    uint64_t value;
};
#define KR_SIGNALS_KERNEL 0x80   /* SI_KERNEL */
#define KR_SIGNALS_USER 0        /* SI_USER */
#define KR_SIGNALS_QUEUE (-1)    /* SI_QUEUE */
#define KR_SIGNALS_TIMER (-2)    /* SI_TIMER */
#define KR_SIGNALS_THREAD (-6)   /* SI_TKILL */

/*
 * Sends a signal to (thread), or for 0 to whichever does not block it. No
 * handler runs before this returns. One of the first 31 is once there at most;
 * of others each, up to a limit: -KR_EAGAIN. -KR_EINVAL for a signal that there
 * is not, -KR_ESRCH for a thread. (told), which MAY be NULL, gets the count
 * (user) when a signal of SI_TIMER is taken, and MUST live until then or
 * kr_signals_forget; one that is there already is counted in place of another.
 */
long kr_signals_send(int thread, const struct kr_signals_information *information, int *told);

/* Takes back the signals that have (told). */
void kr_signals_forget(const int *told);

/* Takes one of (set) that waits for the calling thread; false where none does. */
bool kr_signals_take(uint64_t set, struct kr_signals_information *information);

/* Those that wait for the calling thread, blocked or not. */
uint64_t kr_signals_waiting(void);

/* After a call that ended with -KR_EINTR: runs the handlers of what has come.
 * Returns whether to make the call again, since SA_RESTART says so. */
bool kr_signals_interrupted(void);

/*
 * Blocks (fresh), (size) bytes, instead of what the thread blocks, which goes
 * to (before); for NULL changes nothing. What then is blocked no more ends the
 * next wait; its handlers run in kr_signals_end, which blocks (before) again,
 * where (result), the call's, is 0 or -KR_EINTR. Returns 0 or -KR_EINVAL.
 */
long kr_signals_begin(const uint64_t *fresh, size_t size, uint64_t *before);
void kr_signals_end(const uint64_t *fresh, uint64_t before, long result);

/* (raised) is called when a signal of (set) was sent; it MUST NOT wait. The
 * rest is the provider's. */
struct kr_signals_watch {
    uint64_t set;
    void (*raised)(struct kr_signals_watch *watch);
    struct kr_signals_watch *next;
};
void kr_signals_watch(struct kr_signals_watch *watch);
void kr_signals_unwatch(struct kr_signals_watch *watch);

#endif
