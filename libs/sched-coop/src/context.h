/* SPDX-License-Identifier: BSD-3-Clause */
/* What an arch has to know of a thread: how to leave one for another. */
#ifndef SCHED_COOP_CONTEXT_H
#define SCHED_COOP_CONTEXT_H

/* A stack below (top), 16-byte aligned, such that a switch to it calls
 * (begin), which MUST NOT return. Returns its stack pointer. */
void *context_make(void *top, void (*begin)(void));

/* Saves what the ABI says a call preserves on this stack, whose pointer it
 * leaves in (save), and goes on where (load) was left. */
void context_switch(void **save, void *load);

#endif
