/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * console: a place that bytes for a person go to, and come from.
 *
 * Cardinality: any number of providers; each exports one
 *              `const struct kr_console_driver`.
 * Context:     write and read from any context, also with interrupts
 *              disabled and during a panic: they MUST NOT block, allocate or
 *              take a lock.
 * Failure:     output that the device does not take is lost, silently.
 * Ownership:   buffers stay the caller's.
 */
#ifndef KRAFT_CONSOLE_H
#define KRAFT_CONSOLE_H

#include <kraft/base.h>

struct kr_console_driver {
    const char *name;

    /* Writes (length) bytes, all of them, before it returns. A provider
     * whose device wants CR LF makes them of LF itself. */
    void (*write)(const char *bytes, size_t length);

    /* Takes up to (length) bytes that have arrived; returns how many, 0 when
     * none has. NULL where the device has no input. */
    size_t (*read)(char *bytes, size_t length);
};

extern const struct kr_console_driver *const kr_console_drivers[]; /* generated */
extern const size_t kr_console_driver_count;                       /* generated */

#endif
