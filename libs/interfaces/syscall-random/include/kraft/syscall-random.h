/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * syscall-random: random bytes, as Linux's getrandom gives them.
 *
 * Cardinality: one provider.
 * Context:     thread context, and boot after the provider has started.
 * Failure:     -KR_EINVAL for flags that there are not, -KR_EIO when the
 *              source failed, -KR_ENOSYS from a provider that has none.
 * Ownership:   buffers stay the caller's.
 */
#ifndef KRAFT_SYSCALL_RANDOM_H
#define KRAFT_SYSCALL_RANDOM_H

#include <kraft/base.h>

/* Fills (bytes), all of them, and returns (length). */
long kr_syscall_getrandom(void *bytes, size_t length, unsigned flags);

#endif
