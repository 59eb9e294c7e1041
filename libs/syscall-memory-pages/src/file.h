/* SPDX-License-Identifier: BSD-3-Clause */
/* What a mapping of a file holds. */
#ifndef FILE_H
#define FILE_H

#include <kraft/base.h>

#define NO_FILE (-1)

/* Whether *(file), a descriptor, can be mapped from (offset): 0, or what mmap
 * returns. It becomes NO_FILE where the mapping is to hold zeros. */
int file_check(int *file, bool shared, long offset);

/* Reads (file) from (offset) on into the (size) bytes at (memory), which are
 * zero, until either ends. NO_FILE has nothing. 0, or what a read returned. */
int file_read(unsigned char *memory, size_t size, int file, long offset);

#endif
