/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The second half of a boot, on main's stack with interrupts enabled: the
 * steps that the build put in order, then main; and the way out, the ends of
 * those steps, last first, then QEMU's isa-debug-exit device, or where that is
 * absent halting for ever.
 */
#include "kvm.h"

#include <kraft/boot.h>
#include <kraft/hardware.h>
#include <kraft/panic.h>
#include <kraft/sched.h>

#define EXIT_PORT 0xf4
#define STATUS_PORT 0x501
#define STATUS_ELSEWHERE 125u /* the status is the last byte that STATUS_PORT took */
#define STATUS_PANIC 126u
#define STATUS_DIRECT_LIMIT 120u

static size_t started; /* steps */

KR_NORETURN void kvm_run(void)
{
    __asm__ volatile("sti");
    for (; started < kr_boot_step_count; started++) {
        const struct kr_boot_step *step = &kr_boot_steps[started];
        int error = step->start();

        if (error < 0)
            kr_panic("%s: does not start: %s (error %d)", step->lib, kr_boot_reason(error), error);
    }
    kr_boot_exit(kr_sched_run(main, kr_boot_argument_count(), kr_boot_arguments()));
}

static KR_NORETURN void leave(uint8_t value)
{
    kr_hardware_out8(EXIT_PORT, value);
    for (;;)
        __asm__ volatile("cli; hlt");
}

static void end_steps(void)
{
    for (size_t i = started; i > 0; i--)
        if (kr_boot_steps[i - 1].end != NULL)
            kr_boot_steps[i - 1].end();
}

KR_NORETURN void kr_boot_exit(int status)
{
    uint8_t code = (uint8_t)status;

    end_steps();
    if (code < STATUS_DIRECT_LIMIT)
        leave(code);
    kr_hardware_out8(STATUS_PORT, code);
    leave(STATUS_ELSEWHERE);
}

KR_NORETURN void kr_boot_abort(void)
{
    leave(STATUS_PANIC);
}
