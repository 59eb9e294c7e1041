/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * irq: interrupts: who hears them, when they may come, and waiting for one.
 *
 * Cardinality: one provider.
 * Context:     thread context and boot, except where said.
 * Failure:     negative KR_E….
 * Ownership:   a handler's argument stays the caller's, and lives for ever.
 *
 * Interrupts are enabled while the application runs. A handler runs with
 * interrupts disabled, on a stack of its own, MUST NOT block or allocate,
 * and MUST NOT use the floating-point and vector registers. It may call only
 * functions whose name ends in _isr or whose header says "any context".
 */
#ifndef KRAFT_IRQ_H
#define KRAFT_IRQ_H

#include <kraft/base.h>

typedef void (*kr_irq_handler_isr)(void *argument);

/* Calls (handler_isr) for interrupts on (line), a global interrupt number of
 * the machine. Several may share a line; each is then called. Returns 0,
 * -KR_EINVAL for a line that the machine has not, -KR_ENFILE. */
int kr_irq_attach(unsigned line, kr_irq_handler_isr handler_isr, void *argument);

/* A message-signalled interrupt (PCI 3.0, 6.8): makes one for (handler_isr),
 * and says what the device has to write, and where to. Returns 0,
 * -KR_ENFILE, or -KR_ENOSYS. */
int kr_irq_attach_message(kr_irq_handler_isr handler_isr, void *argument,
                          uint64_t *address, uint32_t *data);

/* Disables interrupts; returns whether they were enabled. Any context. */
bool kr_irq_disable(void);

/* Enables interrupts if (enabled), which kr_irq_disable returned. */
void kr_irq_restore(bool enabled);

/*
 * Called with interrupts disabled: enables them and halts the CPU, as one
 * step, until an interrupt has been handled; returns with interrupts
 * disabled. May return early. An interrupt that became pending before the
 * call ends it at once, so that no wake-up is lost.
 */
void kr_irq_wait(void);

#endif
