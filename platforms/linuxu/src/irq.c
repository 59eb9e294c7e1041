/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Interrupts are signals, and a line is a signal's number. To disable them
 * costs no system call: a signal that comes meanwhile is noted as pending,
 * and handled when they are enabled. The CPU halts in rt_sigsuspend(2), which
 * opens the signal mask and waits in one step.
 */
#include "linuxu.h"

#include <kraft/interrupted.h>
#include <kraft/irq.h>
#include <kraft/linux.h>

#define LINES 64u
#define HANDLERS 16u
#define SIG_SETMASK 2u
#define SET_SIZE 8u
#define EXCEPTIONS UINT64_C(0x4d8) /* 1 << (number - 1): ILL, TRAP, BUS, FPE, SEGV */
#define UNCATCHABLE UINT64_C(0x40100) /* KILL, STOP */

static struct {
    volatile bool disabled;
    volatile uint64_t pending; /* bit n: signal n came while disabled; n < 64 */
    struct linuxu_context *interrupted; /* NULL: no handler runs, or for what was pending */
    uint64_t lines;            /* the signals' set, as the kernel has it: bit n - 1 */
    unsigned count;
    struct {
        unsigned line;
        kr_irq_handler_isr handler_isr;
        void *argument;
    } handlers[HANDLERS];
} irq;

static void handle(unsigned line)
{
    for (unsigned i = 0; i < irq.count; i++)
        if (irq.handlers[i].line == line)
            irq.handlers[i].handler_isr(irq.handlers[i].argument);
}

/* Handles what is pending. A signal may come at any time: it adds a bit while
 * (disabled) is set, and handles itself when not. */
static void handle_pending(void)
{
    uint64_t pending = __atomic_exchange_n(&irq.pending, 0, __ATOMIC_RELAXED);

    for (; pending != 0; pending &= pending - 1)
        handle((unsigned)__builtin_ctzll(pending));
}

static void handle_signal_isr(int number, const struct linuxu_signal *signal,
                              struct linuxu_context *context)
{
    (void)signal;
    if (irq.disabled) {
        __atomic_fetch_or(&irq.pending, UINT64_C(1) << number, __ATOMIC_RELAXED);
        return;
    }
    irq.disabled = true;
    irq.interrupted = context;
    handle((unsigned)number);
    irq.interrupted = NULL;
    irq.disabled = false;
}

bool kr_interrupted_app_isr(struct kr_interrupted *at)
{
    if (irq.interrupted == NULL)
        return false;
    at->program_counter = *linuxu_program_counter(irq.interrupted);
    at->stack_pointer = *linuxu_stack_pointer(irq.interrupted);
    return at->program_counter >= (uintptr_t)kr_app_start &&
           at->program_counter < (uintptr_t)kr_app_end;
}

void kr_interrupted_resume_isr(const struct kr_interrupted *at)
{
    *linuxu_program_counter(irq.interrupted) = at->program_counter;
    *linuxu_stack_pointer(irq.interrupted) = at->stack_pointer;
}

int kr_irq_attach(unsigned line, kr_irq_handler_isr handler_isr, void *argument)
{
    uint64_t bit = UINT64_C(1) << (line - 1) % LINES;

    if (line == 0 || line >= LINES || (bit & (EXCEPTIONS | UNCATCHABLE)) != 0)
        return -KR_EINVAL;
    if (irq.count == HANDLERS)
        return -KR_ENFILE;
    bool enabled = kr_irq_disable();

    irq.handlers[irq.count].line = line;
    irq.handlers[irq.count].handler_isr = handler_isr;
    irq.handlers[irq.count].argument = argument;
    irq.count++;
    irq.lines |= bit;
    linuxu_signal_attach((int)line, handle_signal_isr, 0, ~EXCEPTIONS);
    kr_irq_restore(enabled);
    return 0;
}

int kr_irq_attach_message(kr_irq_handler_isr handler_isr, void *argument, uint64_t *address,
                          uint32_t *data)
{
    (void)handler_isr;
    (void)argument;
    (void)address;
    (void)data;
    return -KR_ENOSYS;
}

bool kr_irq_disable(void)
{
    bool enabled = !irq.disabled;

    irq.disabled = true;
    /* The caller's next accesses stay behind the store that a handler on
     * this same thread reads. */
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    return enabled;
}

void kr_irq_restore(bool enabled)
{
    if (!enabled)
        return;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    irq.disabled = false;
    while (irq.pending != 0) {
        irq.disabled = true;
        handle_pending();
        irq.disabled = false;
    }
}

static void set_mask(const uint64_t *mask, uint64_t *before)
{
    kr_linux_call(KR_LINUX_RT_SIGPROCMASK, SIG_SETMASK, (uintptr_t)mask, (uintptr_t)before,
                  SET_SIZE, 0, 0);
}

void kr_irq_wait(void)
{
    uint64_t open;
    uint64_t shut = irq.lines;

    /* With the mask shut no signal can come between the look and the wait. */
    set_mask(&shut, &open);
    while (irq.pending == 0)
        kr_linux_call3(KR_LINUX_RT_SIGSUSPEND, (uintptr_t)&open, SET_SIZE, 0);
    set_mask(&open, NULL);
    handle_pending();
}
