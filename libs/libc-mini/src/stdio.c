/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * stdio.h (C17 7.21), output only. There is one place that bytes go to, the
 * interface `print`, so a stream is but a name for it and nothing is
 * buffered. A short line is formatted on the stack and written in one piece;
 * a longer one is formatted twice, once for its length.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <kraft/print.h>

struct libc_mini_stream {
    const char *name;
};

static struct libc_mini_stream output = {"stdout"}, error = {"stderr"};

FILE *const stdout = &output;
FILE *const stderr = &error;

int vprintf(const char *restrict format, va_list arguments)
{
    char line[256];
    va_list again;
    va_copy(again, arguments);
    int length = kr_print_into_list(line, sizeof(line), format, arguments);
    if ((size_t)length < sizeof(line))
        kr_print_write(line, (size_t)length);
    else
        kr_print_format_list(format, again);
    va_end(again);
    return length;
}

int vfprintf(FILE *restrict stream, const char *restrict format, va_list arguments)
{
    (void)stream;
    return vprintf(format, arguments);
}

int printf(const char *restrict format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vprintf(format, arguments);
    va_end(arguments);
    return length;
}

int fprintf(FILE *restrict stream, const char *restrict format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vfprintf(stream, format, arguments);
    va_end(arguments);
    return length;
}

int vsnprintf(char *restrict buffer, size_t size, const char *restrict format, va_list arguments)
{
    return kr_print_into_list(buffer, size, format, arguments);
}

int snprintf(char *restrict buffer, size_t size, const char *restrict format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = kr_print_into_list(buffer, size, format, arguments);
    va_end(arguments);
    return length;
}

int fputc(int c, FILE *stream)
{
    (void)stream;
    char byte = (char)c;
    kr_print_write(&byte, 1);
    return (unsigned char)byte;
}

int putc(int c, FILE *stream)
{
    return fputc(c, stream);
}

int putchar(int c)
{
    return fputc(c, stdout);
}

int fputs(const char *restrict text, FILE *restrict stream)
{
    (void)stream;
    kr_print_write(text, strlen(text));
    return 0;
}

int puts(const char *text)
{
    fputs(text, stdout);
    putchar('\n');
    return 0;
}

size_t fwrite(const void *restrict items, size_t size, size_t count, FILE *restrict stream)
{
    (void)stream;
    if (size == 0 || count > (size_t)-1 / size)
        return 0;
    kr_print_write(items, size * count);
    return count;
}

int fflush(FILE *stream)
{
    (void)stream;
    return 0;
}

void perror(const char *text)
{
    if (text && *text)
        fprintf(stderr, "%s: ", text);
    fprintf(stderr, "%s\n", strerror(errno));
}
