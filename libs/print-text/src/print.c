/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Text to every console of the image, by pieces on the caller's stack: no
 * lock and no memory, so that it also works during a panic.
 */
#include "format.h"

#include <kraft/console.h>
#include <kraft/print.h>

#define PIECE 128u

void kr_print_write(const char *bytes, size_t length)
{
    for (size_t index = 0; index < kr_console_driver_count; index++)
        kr_console_drivers[index]->write(bytes, length);
}

static void flush_to_consoles(struct sink *sink)
{
    size_t length = (size_t)(sink->at - sink->first);

    kr_print_write(sink->first, length);
    sink->done += length;
    sink->at = sink->first;
}

void kr_print_format_list(const char *text, va_list arguments)
{
    char piece[PIECE];
    struct sink sink = {piece, piece + PIECE, 0, piece, flush_to_consoles};

    format(&sink, text, arguments);
    flush_to_consoles(&sink);
}

void kr_print_format(const char *text, ...)
{
    va_list arguments;

    va_start(arguments, text);
    kr_print_format_list(text, arguments);
    va_end(arguments);
}
