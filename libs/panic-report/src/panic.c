/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A panic that can be found: one line that says who and what, then the
 * return addresses up the chain of frame pointers.
 *
 * The chain may be broken, for that is what panics are about: a frame counts
 * only when it is aligned, above the one before it and not far away, and its
 * return address lies in text. Should reading it fault all the same, that is
 * a panic within a panic, which ends the instance with what has been printed.
 */
#include <kraft/boot.h>
#include <kraft/panic.h>
#include <kraft/print.h>

#define DEPTH_LIMIT 32u
#define FRAME_LIMIT ((uintptr_t)1 << 20) /* bytes of one frame, at most */

uintptr_t __stack_chk_guard;

static bool panicked;

struct frame {
    uintptr_t caller; /* the frame above */
    uintptr_t return_address;
};

static bool is_text(uintptr_t address)
{
    return address >= (uintptr_t)kr_text_start && address < (uintptr_t)kr_text_end;
}

static void print_frames(uintptr_t at)
{
    for (unsigned depth = 0; depth < DEPTH_LIMIT; depth++) {
        const struct frame *frame = (const struct frame *)at;

        if (at == 0 || at % sizeof(uintptr_t) != 0 || !is_text(frame->return_address))
            return;
        kr_print_format("  at 0x%016lx\n", (unsigned long)frame->return_address);
        if (frame->caller <= at || frame->caller - at > FRAME_LIMIT)
            return;
        at = frame->caller;
    }
}

static void begin(void)
{
    if (panicked)
        kr_boot_abort();
    panicked = true;
}

static void print_line(const char *format, va_list arguments)
{
    kr_print_format("panic: ");
    kr_print_format_list(format, arguments);
    kr_print_write("\n", 1);
}

KR_NORETURN void kr_panic(const char *format, ...)
{
    va_list arguments;

    begin();
    va_start(arguments, format);
    print_line(format, arguments);
    va_end(arguments);
    print_frames((uintptr_t)__builtin_frame_address(0));
    kr_boot_abort();
}

KR_NORETURN void kr_panic_at(uintptr_t pc, uintptr_t frame, const char *format, ...)
{
    va_list arguments;

    begin();
    va_start(arguments, format);
    print_line(format, arguments);
    va_end(arguments);
    kr_print_format("  at 0x%016lx\n", (unsigned long)pc);
    print_frames(frame);
    kr_boot_abort();
}

KR_NORETURN void __stack_chk_fail(void)
{
    kr_panic("stack: smashed");
}
