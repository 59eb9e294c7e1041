/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The second half of a boot, on main's stack with interrupts enabled: the
 * steps that the build put in order, then main; and the way out, by QEMU's
 * isa-debug-exit device, or where that is absent by halting for ever.
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

KR_NORETURN void kvm_run(void)
{
    __asm__ volatile("sti");
    for (size_t index = 0; index < kr_boot_step_count; index++) {
        int error = kr_boot_steps[index].start();

        if (error < 0)
            kr_panic("%s: does not start: %s (error %d)", kr_boot_steps[index].lib,
                     kr_boot_reason(error), error);
    }
    kr_boot_exit(kr_sched_run(main, kr_boot_argument_count(), kr_boot_arguments()));
}

static KR_NORETURN void leave(uint8_t value)
{
    kr_hardware_out8(EXIT_PORT, value);
    for (;;)
        __asm__ volatile("cli; hlt");
}

KR_NORETURN void kr_boot_exit(int status)
{
    uint8_t code = (uint8_t)status;

    if (code < STATUS_DIRECT_LIMIT)
        leave(code);
    kr_hardware_out8(STATUS_PORT, code);
    leave(STATUS_ELSEWHERE);
}

KR_NORETURN void kr_boot_abort(void)
{
    leave(STATUS_PANIC);
}
