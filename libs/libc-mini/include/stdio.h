/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * C17 7.21, output only. Both streams are the consoles, unbuffered. Formats
 * are those of <kraft/print.h>: no floating point, no %n.
 */
#ifndef LIBC_MINI_STDIO_H
#define LIBC_MINI_STDIO_H

#include <stdarg.h>
#include <stddef.h>

#define EOF (-1)

typedef struct libc_mini_stream FILE;

extern FILE *const stdout;
extern FILE *const stderr;

#define LIBC_MINI_FORMAT(text, first) __attribute__((__format__(__printf__, text, first)))

int printf(const char *restrict format, ...) LIBC_MINI_FORMAT(1, 2);
int vprintf(const char *restrict format, va_list arguments) LIBC_MINI_FORMAT(1, 0);
int fprintf(FILE *restrict stream, const char *restrict format, ...) LIBC_MINI_FORMAT(2, 3);
int vfprintf(FILE *restrict stream, const char *restrict format, va_list arguments)
    LIBC_MINI_FORMAT(2, 0);
int snprintf(char *restrict buffer, size_t size, const char *restrict format, ...)
    LIBC_MINI_FORMAT(3, 4);
int vsnprintf(char *restrict buffer, size_t size, const char *restrict format, va_list arguments)
    LIBC_MINI_FORMAT(3, 0);

int fputc(int c, FILE *stream);
int putc(int c, FILE *stream);
int putchar(int c);
int fputs(const char *restrict text, FILE *restrict stream);
int puts(const char *text);
size_t fwrite(const void *restrict items, size_t size, size_t count, FILE *restrict stream);
int fflush(FILE *stream);
void perror(const char *text);

#endif
