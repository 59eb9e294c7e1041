/* SPDX-License-Identifier: BSD-3-Clause */
/* What is known of any CPU: that there is one. */
#include "proc.h"

void proc_cpuinfo(struct text *text)
{
    proc_format(text, "processor\t: 0\n\n");
}
