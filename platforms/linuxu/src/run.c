/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The second half of a boot, on main's stack: the steps that the build put in
 * order, then main; and the way out.
 */
#include "linuxu.h"

#include <kraft/boot.h>
#include <kraft/linux.h>
#include <kraft/panic.h>
#include <kraft/sched.h>

#define STATUS_PANIC 70 /* what kraft-ts run makes of a panic on any platform */

void linuxu_run(void)
{
    linuxu_signals_start();
    for (size_t i = 0; i < kr_boot_step_count; i++) {
        int error = kr_boot_steps[i].start();
        if (error < 0)
            kr_panic("%s: does not start: %s (error %d)", kr_boot_steps[i].lib,
                     kr_boot_reason(error), error);
    }
    kr_boot_exit(kr_sched_run(main, kr_boot_argument_count(), kr_boot_arguments()));
}

void kr_boot_exit(int status)
{
    for (;;)
        kr_linux_call3(KR_LINUX_EXIT_GROUP, (uintptr_t)status & 0xff, 0, 0);
}

void kr_boot_abort(void)
{
    kr_boot_exit(STATUS_PANIC);
}
