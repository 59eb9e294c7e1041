/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * pthread_cancel. A thread that is cancelled is marked, and a signal ends its
 * wait; where the call returns that may be cancelled, the mark is seen, and
 * before such a call begins. A program without pthread_cancel has none of this:
 * its calls look at a pointer.
 */
#include <pthread_impl.h>

#include "calls.h"

#include <errno.h>
#include <signal.h>

void __testcancel(void);
int __libc_sigaction(int signal, const struct sigaction *restrict fresh, struct sigaction *restrict old);

static long cancelled(long n, bool acts)
{
    struct pthread *self = __pthread_self();

    if (self->cancel == 0 || self->canceldisable == PTHREAD_CANCEL_DISABLE ||
        (n == SYS_close && self->canceldisable == PTHREAD_CANCEL_MASKED))
        return 0;
    if (!acts)
        return 1;
    if (self->canceldisable == PTHREAD_CANCEL_ENABLE)
        pthread_exit(PTHREAD_CANCELED);
    self->canceldisable = PTHREAD_CANCEL_DISABLE; /* who masked it will act on ECANCELED */
    return -ECANCELED;
}

void __testcancel(void)
{
    if (libc_musl_cancelled != NULL && __pthread_self()->canceldisable == PTHREAD_CANCEL_ENABLE)
        (void)libc_musl_cancelled(-1, true);
}

/* Runs where a wait of the thread's ends. */
static void handle(int signal)
{
    (void)signal;
    if (__pthread_self()->cancelasync != 0)
        __testcancel();
}

int pthread_cancel(pthread_t thread)
{
    struct sigaction action = {.sa_flags = SA_RESTART | SA_ONSTACK, .sa_handler = handle};

    if (libc_musl_cancelled == NULL) {
        sigfillset(&action.sa_mask);
        __libc_sigaction(SIGCANCEL, &action, NULL);
        libc_musl_cancelled = cancelled;
    }
    thread->cancel = 1;
    if (thread->canceldisable == PTHREAD_CANCEL_DISABLE)
        return 0; /* it will see the mark when it allows that again */
    if (thread != __pthread_self())
        return pthread_kill(thread, SIGCANCEL);
    if (thread->cancelasync != 0)
        __testcancel();
    return 0;
}
