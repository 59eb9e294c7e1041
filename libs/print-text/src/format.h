/* SPDX-License-Identifier: BSD-3-Clause */
/* Formatting, apart from where the text goes. */
#ifndef PRINT_TEXT_FORMAT_H
#define PRINT_TEXT_FORMAT_H

#include <kraft/base.h>

#include <stdarg.h>

/* Where text goes: a buffer, and what to do when it is full. */
struct sink {
    char *at;    /* next byte */
    char *end;   /* one past the buffer */
    size_t done; /* bytes of the whole text before the buffer's first */
    char *first; /* the buffer */
    /* Empties the buffer. NULL: what does not fit is dropped, and counted. */
    void (*flush)(struct sink *sink);
};

void format(struct sink *sink, const char *text, va_list arguments);

/* Bytes of the whole text up to now. */
size_t sink_length(const struct sink *sink);

#endif
