/* SPDX-License-Identifier: BSD-3-Clause */
/* The first frame of a thread, as every scheduler with threads makes it. */
#include <kraft/thread-parts/context-x86_64.inc>
