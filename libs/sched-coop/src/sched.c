/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Cooperative threads: one runs until it waits, yields or ends.
 *
 * The ring of threads that can run includes the running one, so a yield is a
 * step along it and nothing else: no queue, no lock, no clock. A wake, from a
 * thread or an interrupt handler, moves a thread from its queue to the list of
 * the woken; the next thread that yields or waits takes that list into the
 * ring. The alarm is set for the earliest deadline only, and only if it is not
 * set earlier already. When the ring is empty, the thread that waits last
 * halts the CPU; there is no idle thread.
 */
#include "context.h"
#include "thread.h"

#include <kraft/clock.h>
#include <kraft/irq.h>

static struct kr_sched_thread main_thread = {
    .next = &main_thread,
    .previous = &main_thread,
    .name = "main",
};

/* Threads may be spawned and waited for while libs start: main runs already. */
struct sched_state sched = {
    .current = &main_thread,
    .armed = KR_CLOCK_NEVER,
};

int kr_sched_run(int (*body)(int, char **), int argc, char **argv)
{
    return body(argc, argv);
}

struct kr_sched_thread *kr_sched_self(void)
{
    return sched.current;
}

const char *kr_sched_name(const struct kr_sched_thread *thread)
{
    return thread->name;
}

/* Makes (thread) the last in turn of the ring that (position) is the first
 * of; NULL is an empty ring. */
void ring_insert(struct kr_sched_thread *position, struct kr_sched_thread *thread)
{
    if (position == NULL) {
        thread->next = thread;
        thread->previous = thread;
        return;
    }
    thread->next = position;
    thread->previous = position->previous;
    position->previous->next = thread;
    position->previous = thread;
}

/* Takes (thread) out of the ring; returns the one after it, NULL when none. */
static struct kr_sched_thread *ring_remove(struct kr_sched_thread *thread)
{
    if (thread->next == thread)
        return NULL;
    thread->previous->next = thread->next;
    thread->next->previous = thread->previous;
    return thread->next;
}

/* Interrupts are disabled. */
static void queue_append(struct kr_sched_queue *queue, struct kr_sched_thread *thread)
{
    thread->queue = queue;
    thread->next = NULL;
    thread->previous = queue->last;
    if (queue->last != NULL)
        queue->last->next = thread;
    else
        queue->first = thread;
    queue->last = thread;
}

/* Interrupts are disabled. */
static void queue_remove(struct kr_sched_queue *queue, struct kr_sched_thread *thread)
{
    thread->queue = NULL;
    if (thread->previous != NULL)
        thread->previous->next = thread->next;
    else
        queue->first = thread->next;
    if (thread->next != NULL)
        thread->next->previous = thread->previous;
    else
        queue->last = thread->previous;
}

/* Interrupts are disabled. */
static void wake(struct kr_sched_thread *thread)
{
    queue_remove(thread->queue, thread);
    thread->next = NULL;
    if (sched.woken == NULL)
        sched.woken = thread;
    else
        sched.woken_last->next = thread;
    sched.woken_last = thread;
    sched.attention = true;
}

unsigned kr_sched_wake_one_isr(struct kr_sched_queue *queue)
{
    if (queue->first == NULL) /* handlers take waiters away, but add none */
        return 0;
    unsigned count = 0;
    bool enabled = kr_irq_disable();

    if (queue->first != NULL) {
        wake(queue->first);
        count = 1;
    }
    kr_irq_restore(enabled);
    return count;
}

unsigned kr_sched_wake_all_isr(struct kr_sched_queue *queue)
{
    if (queue->first == NULL)
        return 0;
    unsigned count = 0;
    bool enabled = kr_irq_disable();

    for (; queue->first != NULL; count++)
        wake(queue->first);
    kr_irq_restore(enabled);
    return count;
}

static void ring_isr(void)
{
    sched.armed = KR_CLOCK_NEVER;
    sched.rang = true;
    sched.attention = true;
}

/* Sets the alarm for the earliest deadline, unless it rings before that. */
static void arm(void)
{
    if (sched.earliest == NULL || sched.earliest->deadline >= sched.armed)
        return;
    /* Before the call: the alarm may ring within it, and ring_isr has the
     * last word. If an earlier alarm rings here, one rings for nothing. */
    sched.armed = sched.earliest->deadline;
    kr_clock_alarm(sched.earliest->deadline, ring_isr);
}

/* Wakes those whose deadline has passed. */
static void expire(void)
{
    uint64_t now = kr_clock_monotonic();

    while (sched.earliest != NULL && sched.earliest->deadline <= now) {
        struct kr_sched_thread *thread = sched.earliest;
        timers_remove(thread);
        bool enabled = kr_irq_disable();
        if (thread->queue != NULL) { /* else woken, but has not run since */
            thread->timed_out = true;
            wake(thread);
        }
        kr_irq_restore(enabled);
    }
    arm();
}

/* Takes the woken into the ring that (first) is the next in turn of, NULL for
 * an empty one. Returns the ring's first. */
static struct kr_sched_thread *attend(struct kr_sched_thread *first)
{
    /* First: a handler that comes from here on asks for attention again. */
    sched.attention = false;
    if (sched.rang) {
        sched.rang = false;
        expire();
    }
    /* One instruction, so no handler sees half of it. */
    struct kr_sched_thread *thread = __atomic_exchange_n(&sched.woken, NULL, __ATOMIC_RELAXED);

    while (thread != NULL) {
        struct kr_sched_thread *next = thread->next;
        ring_insert(first, thread);
        if (first == NULL)
            first = thread;
        thread = next;
    }
    return first;
}

/* Halts until an interrupt handler has left something to do. */
static void idle(void)
{
    bool enabled = kr_irq_disable();

    while (!sched.attention)
        kr_irq_wait();
    kr_irq_restore(enabled);
}

/* Runs (next), which is the next in turn, NULL for none; the current thread is
 * in the ring no more. Returns when it is again. Interrupts are enabled. */
static void leave_for(struct kr_sched_thread *next)
{
    struct kr_sched_thread *self = sched.current;

    if (sched.attention)
        next = attend(next);
    while (next == NULL) {
        idle();
        next = attend(NULL);
    }
    if (next == self)
        return;
    sched.current = next;
    context_switch(&self->stack_pointer, next->stack_pointer);
}

/* Leaves for good: the current thread has ended. */
void sched_leave(void)
{
    leave_for(ring_remove(sched.current));
    __builtin_unreachable();
}

void kr_sched_yield(void)
{
    struct kr_sched_thread *self = sched.current;

    if (sched.attention)
        attend(self);
    struct kr_sched_thread *next = self->next;

    if (next == self)
        return;
    sched.current = next;
    context_switch(&self->stack_pointer, next->stack_pointer);
}

int kr_sched_wait(struct kr_sched_queue *queue, uint64_t deadline)
{
    struct kr_sched_thread *self = sched.current;
    bool enabled = kr_irq_disable();
    struct kr_sched_thread *next = ring_remove(self);

    self->timed_out = false;
    queue_append(queue, self);
    kr_irq_restore(true);
    if (deadline != KR_CLOCK_NEVER) {
        timers_insert(self, deadline);
        arm();
    }
    leave_for(next);
    if (self->timed)
        timers_remove(self);
    if (!enabled)
        (void)kr_irq_disable();
    return self->timed_out ? -KR_ETIMEDOUT : 0;
}

void kr_sched_sleep(uint64_t deadline)
{
    struct kr_sched_queue nobody = {0};

    kr_sched_wait(&nobody, deadline);
}
