/* SPDX-License-Identifier: BSD-3-Clause */
/* File 2 of the process; a pipe may take less than all at once. */
#include <kraft/linux.h>
#include <kraft/trace.h>

#define ERROR_OUTPUT 2u

void kr_trace_write(const char *bytes, size_t length)
{
    kr_linux_write_all(ERROR_OUTPUT, bytes, length);
}
