/* SPDX-License-Identifier: BSD-3-Clause */
/* Threads come and go as they do in every scheduler with threads. */
#include "options.h"

#include <kraft/thread-parts/life.inc>
