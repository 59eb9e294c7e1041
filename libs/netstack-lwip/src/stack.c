/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * When the stack runs. There is no thread that packets pass through: whoever
 * waits for a socket drives the devices himself. One waiting thread at a
 * time is the poller, which the interrupt handler wakes; the others sleep
 * where the poller's work wakes them. While nobody waits, for instance
 * because the application computes or sleeps elsewhere, a spare thread does
 * it; with a scheduler that has no threads, nobody does.
 *
 * No locks: threads are cooperative, and no function here waits but in
 * stack_wait.
 */
#include "stack.h"

#include "lwip/init.h"

#include <kraft/clock.h>
#include <kraft/entropy.h>
#include <kraft/irq.h>

static struct {
    struct kr_sched_queue poller; /* the thread that waits for the devices */
    struct kr_sched_queue spare;  /* the spare thread */
    bool polling;                 /* someone is in (poller) */
    bool has_spare;
    bool tried_spare;
    bool spare_waits;   /* it is in (spare), */
    uint64_t spare_due; /* until then at most */
    uint64_t due;       /* of the next timer */
    volatile bool arrived; /* set by the interrupt handler, which may come at
                              any time; cleared before the devices are read */
} stack;

struct kr_sched_queue stack_pollers;
unsigned stack_poller_count;

int netstack_lwip_start(void);
void netstack_lwip_arrived_isr(void *argument);

int netstack_lwip_start(void)
{
    uint64_t secret[2];
    int error = kr_entropy_fill(secret, sizeof(secret));
    if (error)
        return error;
    hooks_start(secret);
    port_set_now(kr_clock_monotonic());
    lwip_init();
    error = devices_start();
    if (error)
        return error;
    timers_run(port_now());
    return 0;
}

/* Interrupt context. (argument) is not used. */
void netstack_lwip_arrived_isr(void *argument)
{
    (void)argument;
    stack.arrived = true;
    if (kr_sched_wake_one_isr(&stack.poller) == 0)
        kr_sched_wake_one_isr(&stack.spare);
}

bool stack_run(void)
{
    stack.arrived = false;
    uint64_t now = kr_clock_monotonic();
    port_set_now(now);
    bool any = devices_receive();
    if (now >= stack.due) {
        timers_run(now);
        any = true;
    }
    stream_forget_time_wait();
    return any;
}

void stack_due(uint64_t due)
{
    stack.due = due;
    if (stack.spare_waits && due < stack.spare_due)
        kr_sched_wake_one_isr(&stack.spare);
}

void stack_due_by(uint64_t due)
{
    if (due < stack.due)
        stack_due(due);
}

/* Waits in (queue) for the devices unless something has arrived already.
 * With interrupts disabled between look and wait, none is missed. */
static void sleep_for_devices(struct kr_sched_queue *queue, uint64_t deadline)
{
    bool enabled = kr_irq_disable();
    if (!stack.arrived)
        (void)kr_sched_wait(queue, deadline);
    kr_irq_restore(enabled);
}

bool stack_wait(struct kr_sched_queue *queue, uint64_t deadline)
{
    if (deadline == 0) {
        stack_run();
        return false;
    }
    if (stack.polling) {
        (void)kr_sched_wait(queue, deadline);
        return deadline == KR_CLOCK_NEVER || kr_clock_monotonic() < deadline;
    }
    if (!stack.arrived && devices_arm()) {
        /* The spare thread is awake when a timer is due. */
        uint64_t until = stack.has_spare || deadline < stack.due ? deadline : stack.due;
        stack.polling = true;
        sleep_for_devices(&stack.poller, until);
        stack.polling = false;
    }
    stack_run();
    return deadline == KR_CLOCK_NEVER || port_now() < deadline;
}

void socket_changed(struct kr_netstack_socket *socket)
{
    if (socket->set)
        watch_changed(socket);
    if (socket->changed)
        socket->changed(socket->argument);
    if (socket->waiting > 0)
        kr_sched_wake_all_isr(&socket->waiters);
    if (stack_poller_count > 0)
        kr_sched_wake_all_isr(&stack_pollers);
    /* The poller sleeps, so this is another thread's doing. */
    if (stack.polling)
        kr_sched_wake_all_isr(&stack.poller);
}

static void *spare_thread(void *argument)
{
    for (;;) {
        if (!stack.polling || kr_clock_monotonic() >= stack.due) {
            stack_run();
            if (!stack.polling && !devices_arm())
                continue;
        }
        bool enabled = kr_irq_disable();
        if (stack.polling || !stack.arrived) {
            stack.spare_due = stack.due;
            stack.spare_waits = true;
            (void)kr_sched_wait(&stack.spare, stack.spare_due);
            stack.spare_waits = false;
        }
        kr_irq_restore(enabled);
    }
    return argument;
}

void stack_need_thread(void)
{
    static const struct kr_sched_attributes attributes = {
        .name = "netstack-lwip",
        .stack_size = 16384,
    };
    struct kr_sched_thread *thread;
    if (stack.tried_spare)
        return;
    stack.tried_spare = true;
    if (kr_sched_spawn(&thread, spare_thread, NULL, &attributes))
        return; /* none to be had: see the head of this file */
    stack.has_spare = true;
    kr_sched_detach(thread);
}
