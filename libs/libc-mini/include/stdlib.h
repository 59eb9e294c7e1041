/* SPDX-License-Identifier: BSD-3-Clause */
/* C17 7.22, without floating point and multibyte characters. */
#ifndef LIBC_MINI_STDLIB_H
#define LIBC_MINI_STDLIB_H

#include <stddef.h>

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1
#define RAND_MAX 0x7fffffff

void *malloc(size_t size);
void *calloc(size_t count, size_t size);
void *realloc(void *memory, size_t size);
void *aligned_alloc(size_t alignment, size_t size);
void free(void *memory);

_Noreturn void exit(int status);
_Noreturn void abort(void);
int atexit(void (*function)(void)); /* up to 32 */
char *getenv(const char *name);

int atoi(const char *text);
long atol(const char *text);
long long atoll(const char *text);
long strtol(const char *restrict text, char **restrict end, int base);
long long strtoll(const char *restrict text, char **restrict end, int base);
unsigned long strtoul(const char *restrict text, char **restrict end, int base);
unsigned long long strtoull(const char *restrict text, char **restrict end, int base);

int abs(int number);
long labs(long number);
long long llabs(long long number);

/* Not for secrets: that is what the interface `entropy` is for. */
int rand(void);
void srand(unsigned seed);

void *bsearch(const void *key, const void *items, size_t count, size_t size,
              int (*compare)(const void *, const void *));

/* In place, at most O(n log n) comparisons, O(1) memory. */
void qsort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *));

#endif
