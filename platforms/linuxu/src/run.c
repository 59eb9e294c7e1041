/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The second half of a boot, on main's stack: the steps that the build put in
 * order, then main; and the way out, by the ends of those steps, last first.
 */
#include "linuxu.h"

#include <kraft/boot.h>
#include <kraft/linux.h>
#include <kraft/panic.h>
#include <kraft/sched.h>

#define STATUS_PANIC 70 /* what kraft-ts run makes of a panic on any platform */

static size_t started; /* steps */

void linuxu_run(void)
{
    linuxu_signals_start();
    for (; started < kr_boot_step_count; started++) {
        const struct kr_boot_step *step = &kr_boot_steps[started];
        int error = step->start();

        if (error < 0)
            kr_panic("%s: does not start: %s (error %d)", step->lib, kr_boot_reason(error), error);
    }
    kr_boot_exit(kr_sched_run(main, kr_boot_argument_count(), kr_boot_arguments()));
}

static KR_NORETURN void leave(int status)
{
    for (;;)
        kr_linux_call3(KR_LINUX_EXIT_GROUP, (uintptr_t)status & 0xff, 0, 0);
}

static void end_steps(void)
{
    for (size_t i = started; i > 0; i--)
        if (kr_boot_steps[i - 1].end != NULL)
            kr_boot_steps[i - 1].end();
}

void kr_boot_exit(int status)
{
    end_steps();
    leave(status);
}

void kr_boot_abort(void)
{
    leave(STATUS_PANIC);
}
