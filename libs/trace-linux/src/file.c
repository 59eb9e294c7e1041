/* SPDX-License-Identifier: BSD-3-Clause */
/* File 2 of the process; a pipe may take less than all at once. */
#include <kraft/linux.h>
#include <kraft/trace.h>

#define ERROR_OUTPUT 2u
#define EINTR 4

void kr_trace_write(const char *bytes, size_t length)
{
    while (length > 0) {
        long written = kr_linux_call3(KR_LINUX_WRITE, ERROR_OUTPUT, (uintptr_t)bytes, length);
        if (written == -EINTR || written == -KR_EAGAIN)
            continue;
        if (written <= 0)
            return;
        bytes += written;
        length -= (size_t)written;
    }
}
