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
};

extern const struct kr_console_driver *const kr_console_drivers[]; /* generated */
extern const size_t kr_console_driver_count;                       /* generated */

#endif
