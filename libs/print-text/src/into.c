/* SPDX-License-Identifier: BSD-3-Clause */
/* Text into the caller's buffer, as snprintf does. */
#include "format.h"

#include <kraft/print.h>

int kr_print_into_list(char *buffer, size_t size, const char *text, va_list arguments)
{
    struct sink sink = {buffer, buffer, 0, buffer, NULL};

    if (size > 0)
        sink.end = buffer + size - 1;
    format(&sink, text, arguments);
    if (size > 0)
        *sink.at = '\0';
    return (int)sink_length(&sink);
}

int kr_print_into(char *buffer, size_t size, const char *text, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, text);
    length = kr_print_into_list(buffer, size, text, arguments);
    va_end(arguments);
    return length;
}
