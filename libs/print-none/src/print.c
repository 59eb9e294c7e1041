/* SPDX-License-Identifier: BSD-3-Clause */
/* Text that nobody will read: an image without a console, and the smallest. */
#include <kraft/print.h>

void kr_print_write(const char *bytes, size_t length)
{
    (void)bytes;
    (void)length;
}

void kr_print_format(const char *format, ...)
{
    (void)format;
}

void kr_print_format_list(const char *format, va_list arguments)
{
    (void)format;
    (void)arguments;
}

int kr_print_into_list(char *buffer, size_t size, const char *format, va_list arguments)
{
    (void)format;
    (void)arguments;
    if (size > 0)
        *buffer = '\0';
    return 0;
}

int kr_print_into(char *buffer, size_t size, const char *format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = kr_print_into_list(buffer, size, format, arguments);
    va_end(arguments);
    return length;
}
