/* SPDX-License-Identifier: BSD-3-Clause */
/* context_switch, as in every scheduler with threads. */
#include <kraft/thread-parts/switch-x86_64.inc>
