/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * console: a place that bytes for a person go to, and come from.
 *
 * Cardinality: any number of providers; each exports one
 *              `const struct kr_console_driver`.
 * Context:     write and read from any context, also with interrupts
 *              disabled and during a panic: they MUST NOT allocate, take a
 *              lock or let another thread run. write MAY wait for its device.
 * Failure:     none. Where there is no device, output is for nobody.
 * Ownership:   buffers stay the caller's.
 */
#ifndef KRAFT_CONSOLE_H
#define KRAFT_CONSOLE_H

#include <kraft/base.h>

struct kr_console_driver {
    const char *name;

    /* Writes (length) bytes, all of them, and returns when the device has
     * them: whoever ends the machine right after it cuts nothing off. A device
     * that takes none for a while, since nobody reads at its other end, is
     * waited for as long as that lasts; output MUST NOT be dropped for it. A
     * provider whose device wants CR LF makes them of LF itself. */
    void (*write)(const char *bytes, size_t length);

    /* Takes up to (length) bytes that have arrived; returns how many, 0 when
     * none has. NULL where the device has no input. */
    size_t (*read)(char *bytes, size_t length);

    /* What is known of the input: KR_CONSOLE_… added. MAY be NULL: a terminal
     * that never ends. */
    unsigned (*input)(void);
};

#define KR_CONSOLE_ENDED 1u  /* read has returned all that there will ever be */
#define KR_CONSOLE_STREAM 2u /* it is a file or a pipe; no terminal that somebody types at */

extern const struct kr_console_driver *const kr_console_drivers[]; /* generated */
extern const size_t kr_console_driver_count;                       /* generated */

/* Nanoseconds after which to look for input again that has not come for
 * (quiet) of them: bytes come in bursts. */
static inline uint64_t kr_console_patience(uint64_t quiet)
{
    return quiet < UINT64_C(10000000) ? UINT64_C(100000) : UINT64_C(10000000);
}

/* Whether (what), one of KR_CONSOLE_…, is so of every console that has input.
 * Where none has, the input has ended, and is a stream. */
static inline bool kr_console_input_is(unsigned what)
{
    for (size_t i = 0; i < kr_console_driver_count; i++) {
        const struct kr_console_driver *console = kr_console_drivers[i];

        if (console->read != NULL && (console->input == NULL || (console->input() & what) == 0))
            return false;
    }
    return true;
}

#endif
