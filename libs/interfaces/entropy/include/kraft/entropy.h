/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * entropy: bytes that nobody can predict.
 *
 * Cardinality: one provider.
 * Context:     thread context and boot, after the provider has started.
 * Failure:     the provider's start returns -KR_ENODEV where the machine has
 *              no source: a lib that needs entropy is never started without.
 * Ownership:   buffers stay the caller's.
 */
#ifndef KRAFT_ENTROPY_H
#define KRAFT_ENTROPY_H

#include <kraft/base.h>

/* Fills (buffer) with (size) bytes fit for keys. Returns 0, or -KR_EIO when
 * the source failed; the buffer is then all zero. */
KR_MUST_USE int kr_entropy_fill(void *buffer, size_t size);

#endif
