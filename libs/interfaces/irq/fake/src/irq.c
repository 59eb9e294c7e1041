/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A machine with one thing that interrupts by itself, the alarm, and lines
 * and messages that a test raises. Interrupts come where a program of the
 * build machine can take them: when they are enabled, at a look at the clock,
 * and at a halt.
 */
#include "options.h"

#include <kraft/clock.h>
#include <kraft/interrupted.h>
#include <kraft/irq.h>
#include <kraft/panic.h>

#define MESSAGES 8u

struct message {
    volatile uint32_t mailbox; /* the device writes here; 0: not raised */
    kr_irq_handler_isr handler_isr;
    void *argument;
};

static struct {
    uint64_t now;        /* ns */
    uint64_t alarm;      /* KR_CLOCK_NEVER: none */
    void (*alarm_isr)(void);
    bool disabled;
    bool handling;       /* a handler runs */
    struct message messages[MESSAGES];
    unsigned message_count;
} machine = {.alarm = KR_CLOCK_NEVER};

/* Calls the handlers of all that is pending; returns how many. */
static unsigned deliver(void)
{
    unsigned count = 0;

    machine.handling = true;
    machine.disabled = true;
    for (unsigned i = 0; i < machine.message_count; i++) {
        if (machine.messages[i].mailbox == 0)
            continue;
        machine.messages[i].mailbox = 0;
        machine.messages[i].handler_isr(machine.messages[i].argument);
        count++;
    }
    if (machine.alarm <= machine.now) {
        machine.alarm = KR_CLOCK_NEVER;
        if (machine.alarm_isr != NULL)
            machine.alarm_isr();
        count++;
    }
    machine.handling = false;
    machine.disabled = false;
    return count;
}

int kr_irq_attach(unsigned line, kr_irq_handler_isr handler_isr, void *argument)
{
    (void)line;
    (void)handler_isr;
    (void)argument;
    return -KR_EINVAL;
}

int kr_irq_attach_message(kr_irq_handler_isr handler_isr, void *argument, uint64_t *address,
                          uint32_t *data)
{
    if (machine.message_count == MESSAGES)
        return -KR_ENFILE;
    struct message *message = &machine.messages[machine.message_count++];

    message->handler_isr = handler_isr;
    message->argument = argument;
    *address = (uintptr_t)&message->mailbox;
    *data = 1;
    return 0;
}

bool kr_irq_disable(void)
{
    bool enabled = !machine.disabled;

    machine.disabled = true;
    return enabled;
}

void kr_irq_restore(bool enabled)
{
    if (!enabled)
        return;
    if (machine.handling)
        kr_panic("irq-fake: a handler enabled interrupts");
    machine.disabled = false;
    deliver();
}

void kr_irq_wait(void)
{
    if (!machine.disabled)
        kr_panic("irq-fake: halted with interrupts enabled");
    if (machine.handling)
        kr_panic("irq-fake: halted in a handler");
    if (deliver() == 0) {
        if (machine.alarm == KR_CLOCK_NEVER)
            kr_panic("irq-fake: halted for ever");
        machine.now = machine.alarm;
        deliver();
    }
    machine.disabled = true;
}

/* Interrupts come only where the app calls, so never upon its own code. */
bool kr_interrupted_app_isr(struct kr_interrupted *at)
{
    (void)at;
    return false;
}

void kr_interrupted_resume_isr(const struct kr_interrupted *at)
{
    (void)at;
    kr_panic("irq-fake: nothing of the app's was interrupted");
}

uint64_t kr_clock_monotonic(void)
{
    machine.now += OPT_STEP;
    if (!machine.disabled)
        deliver();
    return machine.now;
}

uint64_t kr_clock_wall(void)
{
    return UINT64_C(1577836800) * KR_CLOCK_SECOND + kr_clock_monotonic();
}

uint64_t kr_clock_ticks(void)
{
    return kr_clock_monotonic();
}

void kr_clock_alarm(uint64_t deadline, void (*handler_isr)(void))
{
    machine.alarm = deadline;
    machine.alarm_isr = handler_isr;
    if (!machine.disabled)
        deliver();
}
