/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * trace: text for whoever runs the image, beside its consoles.
 *
 * Cardinality: one provider.
 * Context:     any, as console's write: it MUST NOT allocate, take a lock or
 *              let another thread run, and MAY wait for its device.
 * Failure:     none. Where nobody listens, it is lost.
 * Ownership:   buffers stay the caller's.
 *
 * What is written here never comes between the bytes of a console:
 * `kraft-ts run --trace` shows it on its error stream.
 */
#ifndef KRAFT_TRACE_H
#define KRAFT_TRACE_H

#include <kraft/base.h>

/* Writes (length) bytes, all of them. */
void kr_trace_write(const char *bytes, size_t length);

#endif
