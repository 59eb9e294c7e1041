/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Threads that are preempted. There is a ring of threads that can run for each
 * level of priority, the running one among them; the ring of the highest level
 * turns by one at a yield and at a tick. It ticks only while two threads can
 * run.
 *
 * Code of the app is preempted where an interrupt finds it: made to call
 * preempted, which yields. Code of libs is not, this one included; the alarm
 * then rings again a little later. So nothing here needs more than what a
 * cooperative scheduler does, and neither does any other lib.
 * What the CPU keeps beyond general registers is saved by the app that is
 * preempted, not at a switch.
 */
#include "divert.h"
#include "options.h"

#include <kraft/thread-parts/ring.inc>
#include <kraft/thread-parts/thread.inc>
#include <kraft/thread-parts/waiting.inc>

#define LEVELS (KR_SCHED_PRIORITY_MOST - KR_SCHED_PRIORITY_LEAST + 1)
#define USUAL (unsigned)-KR_SCHED_PRIORITY_LEAST
#define SLICE (OPT_TIME_SLICE * UINT64_C(1000000)) /* ns */
#define RETRY UINT64_C(50000)                      /* ns, when a lib was interrupted */

_Static_assert(LEVELS <= 32, "levels are bits");

struct kr_sched_thread sched_main = {
    .next = &sched_main,
    .previous = &sched_main,
    .level = USUAL,
    .name = "main",
};

/* Threads may be spawned and waited for while libs start: main runs already. */
struct sched_state sched = {
    .current = &sched_main,
    .armed = KR_CLOCK_NEVER,
};

static struct {
    struct kr_sched_thread *turn[LEVELS]; /* whose it is; NULL: nobody can run */
    volatile uint32_t levels;             /* bit n: turn[n] is not NULL */
    volatile bool ticking;                /* the alarm rings within a slice */
} ready = {
    .turn = {[USUAL] = &sched_main},
    .levels = 1u << USUAL,
};

static unsigned top_level(void)
{
    return 31u - (unsigned)__builtin_clz(ready.levels);
}

static bool is_contended(void)
{
    uint32_t levels = ready.levels;

    if (levels == 0)
        return false;
    const struct kr_sched_thread *top = ready.turn[top_level()];

    return top->next != top || (levels & (levels - 1)) != 0;
}

static void start_ticking(void)
{
    ready.ticking = true;
    alarm_by(kr_clock_monotonic() + SLICE);
}

/* Has the app call preempted, now if this is an interrupt of its code. */
static void preempt_isr(void)
{
    struct kr_interrupted at;

    if (kr_interrupted_app_isr(&at)) {
        divert(&at);
        kr_interrupted_resume_isr(&at);
    } else {
        alarm_by(kr_clock_monotonic() + RETRY);
    }
}

/* (thread) is about to be ready. While nobody is, the CPU halts, and he who
 * waits for that to end looks for himself. */
static inline void woken_isr(const struct kr_sched_thread *thread)
{
    if (ready.levels == 0)
        return;
    if (thread->level > sched.current->level)
        preempt_isr();
    else if (!ready.ticking)
        start_ticking();
}

static void ring_isr(void)
{
    alarm_rang_isr();
    ready.ticking = false;
    if (ready.levels != 0)
        preempt_isr();
}

static void make_ready(struct kr_sched_thread *thread)
{
    unsigned level = thread->level;

    ring_insert(ready.turn[level], thread);
    if (ready.turn[level] != NULL)
        return;
    ready.turn[level] = thread;
    ready.levels |= 1u << level;
}

/* The current thread, whose turn it is in its ring, can run no more. */
static void unready(struct kr_sched_thread *self)
{
    ready.turn[self->level] = ring_remove(self);
    if (ready.turn[self->level] == NULL)
        ready.levels &= ~(1u << self->level);
}

void sched_admit(struct kr_sched_thread *thread, int priority)
{
    if (priority < KR_SCHED_PRIORITY_LEAST)
        priority = KR_SCHED_PRIORITY_LEAST;
    if (priority > KR_SCHED_PRIORITY_MOST)
        priority = KR_SCHED_PRIORITY_MOST;
    thread->level = (unsigned)(priority - KR_SCHED_PRIORITY_LEAST);
    make_ready(thread);
    woken_isr(thread);
}

static void attend(void)
{
    struct kr_sched_thread *thread = take_woken();

    while (thread != NULL) {
        struct kr_sched_thread *next = thread->next;
        make_ready(thread);
        thread = next;
    }
    if (!ready.ticking && is_contended())
        start_ticking();
}

static void run_next(struct kr_sched_thread *self)
{
    struct kr_sched_thread *next = ready.turn[top_level()];

    if (next != self)
        switch_to(next);
}

/* The current thread is ready no more. Returns when it is again and its turn
 * comes. Interrupts are enabled. */
static void leave(void)
{
    if (sched.attention)
        attend();
    while (ready.levels == 0) {
        idle();
        attend();
    }
    run_next(sched.current);
}

/* Leaves for good: the current thread has ended. */
void sched_leave(void)
{
    unready(sched.current);
    leave();
    __builtin_unreachable();
}

void kr_sched_yield(void)
{
    struct kr_sched_thread *self = sched.current;

    if (sched.attention)
        attend();
    ready.turn[self->level] = self->next;
    run_next(self);
}

void preempted(void)
{
    kr_sched_yield();
    if (sched.current->interrupted && sched.deliver != NULL)
        sched.deliver();
}

int kr_sched_wait(struct kr_sched_queue *queue, uint64_t deadline)
{
    bool enabled = kr_irq_disable();

    unready(sched.current);
    begin_wait(queue, deadline);
    leave();
    return end_wait(enabled);
}
