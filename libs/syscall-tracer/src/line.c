/* SPDX-License-Identifier: BSD-3-Clause */
/* The line that is being written: collected in pieces, since each write costs, and with its column. */
#include "tracer.h"

#include <kraft/print.h>
#include <kraft/trace.h>

#define PIECE 256u
#define CUT 32u /* bytes of a string, as strace has it */

static struct {
    char bytes[PIECE];
    size_t length;
    unsigned column;
} line;

void line_flush(void)
{
    kr_trace_write(line.bytes, line.length);
    line.length = 0;
}

static void put(char byte)
{
    if (line.length == PIECE)
        line_flush();
    line.bytes[line.length++] = byte;
    line.column++;
}

void line_text(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        put(text[i]);
}

void line_put(const char *format, ...)
{
    char text[128];
    va_list arguments;

    va_start(arguments, format);
    int length = kr_print_into_list(text, sizeof(text), format, arguments);
    va_end(arguments);
    line_text(text, (size_t)length < sizeof(text) ? (size_t)length : sizeof(text) - 1);
}

void line_tab(unsigned column)
{
    while (line.column < column)
        put(' ');
}

void line_end(void)
{
    put('\n');
    line.column = 0;
}

/* Octal, in as few digits as the next byte allows. */
static void put_octal(unsigned char byte, bool digit_follows)
{
    line_put(digit_follows ? "\\%03o" : "\\%o", byte);
}

static void put_escaped(unsigned char byte, bool digit_follows)
{
    static const char plain[] = "\t\n\v\f\r\"\\";
    static const char letters[] = "tnvfr\"\\";

    for (size_t i = 0; i < sizeof(plain) - 1; i++) {
        if (byte != (unsigned char)plain[i])
            continue;
        put('\\');
        put(letters[i]);
        return;
    }
    if (byte < ' ' || byte > '~')
        put_octal(byte, digit_follows);
    else
        put((char)byte);
}

void line_quoted(const char *bytes, size_t length, bool cut)
{
    size_t shown = cut && length > CUT ? CUT : length;

    put('"');
    for (size_t i = 0; i < shown; i++) {
        bool digit = i + 1 < shown && bytes[i + 1] >= '0' && bytes[i + 1] <= '7';
        put_escaped((unsigned char)bytes[i], digit);
    }
    put('"');
    if (shown < length)
        line_text("...", 3);
}
