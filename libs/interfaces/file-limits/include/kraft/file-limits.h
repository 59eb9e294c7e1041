/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * file-limits: limits of the process that whoever has the files enforces.
 *
 * Cardinality: one provider, that of syscall-files.
 * Context:     thread context.
 * Failure:     none; a limit that the provider does not know means nothing.
 * Ownership:   nothing changes hands.
 */
#ifndef KRAFT_FILE_LIMITS_H
#define KRAFT_FILE_LIMITS_H

#include <kraft/base.h>

#define KR_FILE_LIMITS_SIZE 1u        /* RLIMIT_FSIZE, bytes: a write or resize beyond is -KR_EFBIG, and SIGXFSZ */
#define KR_FILE_LIMITS_DESCRIPTORS 7u /* RLIMIT_NOFILE: none from this number on is given out, -KR_EMFILE */

/* The limit (which), of Linux's number, is (value) from now on. */
void kr_file_limits_set(unsigned which, uint64_t value);

#endif
