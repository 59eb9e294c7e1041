/* SPDX-License-Identifier: BSD-3-Clause */
/* print, on the C library of the build machine. */
#include <kraft/print.h>

#include <stdio.h>

void kr_print_write(const char *bytes, size_t length)
{
    fwrite(bytes, 1, length, stdout);
}

void kr_print_format(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    kr_print_format_list(format, arguments);
    va_end(arguments);
}

void kr_print_format_list(const char *format, va_list arguments)
{
    vprintf(format, arguments);
}

int kr_print_into(char *buffer, size_t size, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    int length = vsnprintf(buffer, size, format, arguments);
    va_end(arguments);
    return length;
}

int kr_print_into_list(char *buffer, size_t size, const char *format, va_list arguments)
{
    return vsnprintf(buffer, size, format, arguments);
}
