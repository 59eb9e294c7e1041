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

static struct {
    size_t started; /* steps that have not ended yet */
    bool leaving;
} run;

void linuxu_run(void)
{
    linuxu_signals_start();
    for (; run.started < kr_boot_step_count; run.started++) {
        const struct kr_boot_step *step = &kr_boot_steps[run.started];
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

/* One thread leaves; others that want to, too, wait until it has. */
static void end_steps(void)
{
    struct kr_sched_queue nobody = {0};

    while (run.leaving)
        kr_sched_wait(&nobody, UINT64_MAX); /* KR_CLOCK_NEVER */
    run.leaving = true;
    while (run.started > 0) {
        const struct kr_boot_step *step = &kr_boot_steps[--run.started];

        if (step->end != NULL)
            step->end();
    }
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
