/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Found by musl's own sources in place of their src/internal/lock.h, which it
 * is but for this: malloc, who includes it, would take its first page by brk,
 * and then every program would have a break. It maps pages where none moves.
 */
#ifndef LIBC_MUSL_LOCK_H
#define LIBC_MUSL_LOCK_H

#include "calls.h"
#include_next "lock.h"

#undef SYS_brk
#define SYS_brk LIBC_MUSL_NO_BREAK

#endif
