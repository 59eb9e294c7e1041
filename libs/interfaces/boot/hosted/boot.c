/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * boot, as a program of the build machine: runs the boot table, then the
 * suite, as the first thread where the program has a scheduler. The suite's
 * main is compiled under the name suite_main.
 */
#include <kraft/boot.h>
#include <kraft/sched.h>

#include <stdio.h>
#include <stdlib.h>

#define STATUS_PANIC 70

int suite_main(int argc, char **argv);

/* Weak: a program without a scheduler calls main itself. */
__attribute__((weak)) int kr_sched_run(int (*run)(int, char **), int argc, char **argv)
{
    return run(argc, argv);
}

/* Weak: a test may tell of a machine of its own; this one has no parameters. */
__attribute__((weak)) const char *kr_boot_parameter(const char *name, unsigned index)
{
    (void)name;
    (void)index;
    return NULL;
}

static size_t started; /* steps */

static _Noreturn void leave(int status)
{
    fflush(stdout);
    _Exit(status & 0xff);
}

void kr_boot_exit(int status)
{
    for (size_t i = started; i > 0; i--)
        if (kr_boot_steps[i - 1].end != NULL)
            kr_boot_steps[i - 1].end();
    leave(status);
}

void kr_boot_abort(void)
{
    leave(STATUS_PANIC);
}

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOLBF, 0); /* a suite that crashes has said what it had to say */
    for (; started < kr_boot_step_count; started++) {
        int error = kr_boot_steps[started].start();
        if (error < 0) {
            printf("not ok - %s: start returned %d\n", kr_boot_steps[started].lib, error);
            return 1;
        }
    }
    kr_boot_exit(kr_sched_run(suite_main, argc, argv));
}
