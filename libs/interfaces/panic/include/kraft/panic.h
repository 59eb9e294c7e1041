/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * panic: the end of an instance that found a bug.
 *
 * Cardinality: one provider.
 * Context:     any, interrupt and exception handlers included.
 * Failure:     does not return. A panic within a panic ends at once.
 * Ownership:   arguments stay the caller's.
 */
#ifndef KRAFT_PANIC_H
#define KRAFT_PANIC_H

#include <kraft/base.h>

/*
 * Prints one line, `panic: who: what`, then the return addresses of the
 * callers, one a line as `  at 0x…` (16 hexadecimal digits), which
 * `kraft-ts run` turns into function, file and line; then kr_boot_abort().
 * A provider that is there to be small prints nothing of it. (format) is kr_print_format's, without a newline, worded "who: what".
 */
KR_NORETURN void kr_panic(const char *format, ...) KR_PRINTF(1, 2);

/* As kr_panic, but the backtrace starts at the code that was interrupted:
 * (pc) its program counter and (frame) its frame pointer. */
KR_NORETURN void kr_panic_at(uintptr_t pc, uintptr_t frame, const char *format, ...)
    KR_PRINTF(3, 4);

/*
 * The compiler's stack protector. The platform sets the guard to a random
 * value, its lowest byte 0, before the first function that is protected
 * returns. __stack_chk_fail panics with "stack: smashed".
 */
extern uintptr_t __stack_chk_guard;
KR_NORETURN void __stack_chk_fail(void);

#endif
