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
#include <kraft/thread-parts/ring.inc>
#include <kraft/thread-parts/thread.inc>
#include <kraft/thread-parts/waiting.inc>

struct kr_sched_thread sched_main = {
    .next = &sched_main,
    .previous = &sched_main,
    .name = "main",
};

/* Threads may be spawned and waited for while libs start: main runs already. */
struct sched_state sched = {
    .current = &sched_main,
    .armed = KR_CLOCK_NEVER,
};

static inline void woken_isr(const struct kr_sched_thread *thread)
{
    (void)thread;
}

static void ring_isr(void)
{
    alarm_rang_isr();
}

void sched_admit(struct kr_sched_thread *thread, int priority)
{
    (void)priority; /* all have the same */
    ring_insert(sched.current, thread);
}

/* Takes the woken into the ring that (first) is the next in turn of, NULL for
 * an empty one. Returns the ring's first. */
static struct kr_sched_thread *attend(struct kr_sched_thread *first)
{
    struct kr_sched_thread *thread = take_woken();

    while (thread != NULL) {
        struct kr_sched_thread *next = thread->next;
        ring_insert(first, thread);
        if (first == NULL)
            first = thread;
        thread = next;
    }
    return first;
}

/* The first that can run again, where none can. */
static __attribute__((__noinline__)) struct kr_sched_thread *await_one(void)
{
    struct kr_sched_thread *next;

    do {
        idle();
        next = attend(NULL);
    } while (next == NULL);
    return next;
}

/* Runs (next), which is the next in turn, NULL for none; the current thread is
 * in the ring no more. Returns when it is again. Interrupts are enabled. */
static inline void leave_for(struct kr_sched_thread *next)
{
    if (sched.attention)
        next = attend(next);
    if (next == NULL)
        next = await_one();
    if (next != sched.current)
        switch_to(next);
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

    if (next != self)
        switch_to(next);
}

int kr_sched_wait(struct kr_sched_queue *queue, uint64_t deadline)
{
    bool enabled = kr_irq_disable();
    struct kr_sched_thread *next = ring_remove(sched.current);

    begin_wait(queue, deadline);
    leave_for(next);
    return end_wait(enabled);
}
