/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the files of this platform tell one another, in the order of a boot:
 * entry.S → begin.c → memory.c, signals.c → run.c; irq.c when a driver asks.
 */
#ifndef LINUXU_H
#define LINUXU_H

#include <kraft/base.h>

/* Of the linker script. */
extern const char kr_image_start[], kr_image_end[];
extern const char kr_text_start[], kr_text_end[];
extern const char kr_app_start[], kr_app_end[]; /* the app's part of the text */
extern const char kr_rodata_end[];

/* entry.S: where a signal handler returns to; makes rt_sigreturn. */
void linuxu_signal_return(void);

/* begin.c: the first half of a boot, on the stack that the kernel made, whose
 * lowest word is at (stack). Returns the end of main's. run.c: the second. */
uintptr_t linuxu_begin(const uintptr_t *stack);
KR_NORETURN void linuxu_run(void);

/* memory.c: maps all memory, main's stack included; returns its end. */
uintptr_t linuxu_memory_start(void);
/* The name of the guard at (address), or NULL. Any context. */
const char *linuxu_guard_name(uintptr_t address);
/* Whether (address) is in the one region. Any context. */
bool linuxu_is_memory(uintptr_t address);
/* What (address) belongs to, in words: "page zero", "heap". */
const char *linuxu_memory_name(uintptr_t address);

/* signals.c: exceptions, and how a handler is installed. */
struct linuxu_signal;  /* siginfo_t, as the kernel lays it out */
struct linuxu_context; /* ucontext_t, likewise */
typedef void (*linuxu_handler)(int number, const struct linuxu_signal *signal,
                               struct linuxu_context *context);
long linuxu_signal_attach(int number, linuxu_handler handler, uint64_t flags, uint64_t mask);
void linuxu_signals_start(void);

/* The registers that a handler's return restores. */
uintptr_t *linuxu_program_counter(struct linuxu_context *context);
uintptr_t *linuxu_stack_pointer(struct linuxu_context *context);

#define LINUXU_NODEFER UINT64_C(0x40000000) /* SA_NODEFER */

#endif
