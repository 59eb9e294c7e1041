/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A provider of `panic` whose panics can be caught, once, by the test that
 * waits for one. The way back is a jump to the frame of catch_panic: the
 * compiler's own setjmp, since a freestanding C has no other. Whoever
 * panicked is abandoned where he stood.
 */
#include "catch.h"

#include <kraft/boot.h>
#include <kraft/panic.h>
#include <kraft/print.h>

#define MESSAGE_MAX 256

static struct {
    void *jump[5]; /* GCC manual, "Nonlocal Gotos": five words */
    bool armed;    /* a test waits for a panic */
    bool dying;    /* a panic that nobody waited for is being printed */
    char message[MESSAGE_MAX];
} state;

uintptr_t __stack_chk_guard = 0x00c0ffee5afe0000;

const char *catch_panic(void (*action)(void *), void *argument)
{
    if (__builtin_setjmp(state.jump) != 0)
        return state.message;
    state.armed = true;
    action(argument);
    state.armed = false;
    return NULL;
}

static KR_NORETURN void panic(const char *format, va_list arguments)
{
    if (state.dying)
        kr_boot_abort();
    kr_print_into_list(state.message, sizeof(state.message), format, arguments);
    if (state.armed) {
        state.armed = false;
        __builtin_longjmp(state.jump, 1);
    }
    state.dying = true;
    kr_print_format("panic: %s\n", state.message);
    kr_boot_abort();
}

void kr_panic(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    panic(format, arguments);
}

void kr_panic_at(uintptr_t pc, uintptr_t frame, const char *format, ...)
{
    va_list arguments;

    (void)pc;
    (void)frame;
    va_start(arguments, format);
    panic(format, arguments);
}

void __stack_chk_fail(void)
{
    kr_panic("stack: smashed");
}
