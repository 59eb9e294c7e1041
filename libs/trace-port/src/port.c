/* SPDX-License-Identifier: BSD-3-Clause */
/* A port that takes bytes as fast as they come, as console-debug's does. */
#include <kraft/hardware.h>
#include <kraft/trace.h>

#define PORT 0x502

void kr_trace_write(const char *bytes, size_t length)
{
    kr_hardware_out8_many(PORT, bytes, length);
}
