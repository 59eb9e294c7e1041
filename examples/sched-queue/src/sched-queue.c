/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Threads that can run stand in a queue; the running one does not. A yield
 * goes to its end, a wait goes nowhere, and either runs whoever is first.
 * What a thread is, how it waits and how it ends are the parts that all
 * schedulers with threads share.
 */
#include <kraft/thread-parts/thread.inc>
#include <kraft/thread-parts/waiting.inc>

struct kr_sched_thread sched_main = {.name = "main"};

struct sched_state sched = {
    .current = &sched_main,
    .armed = KR_CLOCK_NEVER,
};

static struct {
    struct kr_sched_thread *first; /* by next; NULL: nobody else can run */
    struct kr_sched_thread *last;  /* valid when there is a first */
} ready;

static inline void woken_isr(const struct kr_sched_thread *thread)
{
    (void)thread;
}

static void ring_isr(void)
{
    alarm_rang_isr();
}

static void append(struct kr_sched_thread *thread)
{
    thread->next = NULL;
    if (ready.first == NULL)
        ready.first = thread;
    else
        ready.last->next = thread;
    ready.last = thread;
}

void sched_admit(struct kr_sched_thread *thread, int priority)
{
    (void)priority; /* all have the same */
    append(thread);
}

/* Those who were woken can run. */
static void attend(void)
{
    struct kr_sched_thread *thread = take_woken();

    while (thread != NULL) {
        struct kr_sched_thread *next = thread->next;
        append(thread);
        thread = next;
    }
}

/* Runs the first of the queue; halts until there is one. Interrupts are enabled. */
static void run_next(void)
{
    if (sched.attention)
        attend();
    while (ready.first == NULL) {
        idle();
        attend();
    }
    struct kr_sched_thread *next = ready.first;

    ready.first = next->next;
    if (next != sched.current)
        switch_to(next);
}

void sched_leave(void)
{
    run_next();
    __builtin_unreachable();
}

void kr_sched_yield(void)
{
    if (sched.attention)
        attend();
    if (ready.first == NULL)
        return;
    append(sched.current);
    run_next();
}

int kr_sched_wait(struct kr_sched_queue *queue, uint64_t deadline)
{
    bool enabled = kr_irq_disable();

    begin_wait(queue, deadline);
    run_next();
    return end_wait(enabled);
}
