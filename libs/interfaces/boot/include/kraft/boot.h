/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * boot: what the platform found when it was started, and the way out.
 *
 * Cardinality: one provider, the platform.
 * Context:     every function may be called from any thread; kr_boot_abort
 *              from anywhere, interrupt handlers included.
 * Failure:     none of these fails.
 * Ownership:   strings belong to the platform and live for ever.
 *
 * Order of a boot: the platform's entry sets up a stack, the canary, the
 * memory map and the exception handlers; then it calls, in the generated
 * order of kr_boot_steps, the `starts` function of each lib; then
 * kr_sched_run(main). A step that returns a negative number ends the boot
 * with a panic that names the lib. What main returns goes to kr_boot_exit.
 */
#ifndef KRAFT_BOOT_H
#define KRAFT_BOOT_H

#include <kraft/base.h>

/* One entry of the boot table, which the build generates from `needs`. */
struct kr_boot_step {
    const char *lib;     /* its name, for the panic message */
    int (*start)(void);  /* 0, or a negative KR_E… */
    void (*end)(void);   /* NULL, or what the lib has to do before the instance ends */
};

/* What a platform says of a step that returned (error): words for people. */
static inline const char *kr_boot_reason(int error)
{
    switch (error) {
    case -KR_ENOMEM:
        return "too little memory; give the machine more";
    case -KR_ENODEV:
        return "the machine has no device for it";
    case -KR_EOPNOTSUPP:
        return "its device lacks what it needs";
    case -KR_EIO:
        return "its device failed";
    case -KR_ENFILE:
        return "a table of fixed size is full";
    default:
        return "an error of its own";
    }
}

extern const struct kr_boot_step kr_boot_steps[]; /* generated */
extern const size_t kr_boot_step_count;           /* generated */

/* The arguments and environment that were built into the image: `name`,
 * `cmd` and `env` of the Kraftfile. Both lists end in NULL. The platform
 * replaces the arguments after [0] when the machine hands it others. */
extern const char *const kr_boot_default_arguments[];   /* generated */
extern const char *const kr_boot_default_environment[]; /* generated */

/* Where the image's code lies: [kr_text_start, kr_text_end). The linker
 * script defines both. */
extern const char kr_text_start[], kr_text_end[]; /* generated */

/*
 * Data that each thread has a copy of (_Thread_local): what a copy begins with,
 * [kr_thread_data_start, kr_thread_data_filled), then zeros up to
 * kr_thread_data_end. A copy is aligned to KR_BOOT_THREAD_DATA_ALIGN, and lies
 * where the arch's ABI says. The linker script defines all three.
 */
#define KR_BOOT_THREAD_DATA_ALIGN 64u
extern const char kr_thread_data_start[], kr_thread_data_filled[]; /* generated */
extern const char kr_thread_data_end[];                            /* generated */

/* The application's main, as every C program defines it. */
int main(int argc, char **argv);

/* Arguments for main: argv[0] is the app's name, argv[argc] is NULL. */
int kr_boot_argument_count(void);
char **kr_boot_arguments(void);

/* The environment, `NAME=value` each, ends in NULL. */
char **kr_boot_environment(void);

/*
 * The (index)th value of the machine parameter (name), counted from 0, or
 * NULL. A machine parameter tells of the machine, not the app: for example
 * "virtio_mmio.device", which QEMU's microvm appends to the command line.
 */
const char *kr_boot_parameter(const char *name, unsigned index);

/*
 * Ends the instance. (status) is the app's exit status; its low 8 bits reach
 * the shell that ran the image. First the (end) of each step whose (start) has
 * returned 0 is called, the last first. It MAY wait, and other threads run
 * meanwhile: one that calls this, too, calls all of them again, and the first
 * that has ends the instance. It MUST NOT call this itself.
 */
KR_NORETURN void kr_boot_exit(int status);

/* Ends the instance after a panic, at once, with the panic's own status. Only
 * the provider of `panic` calls it. */
KR_NORETURN void kr_boot_abort(void);

#endif
