/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A private mapping of a file is a copy. It is made when it is mapped: a fault
 * comes upon anybody, in any context, and could not wait for a disk.
 */
#include "file.h"

#include "pages.h"

#include <kraft/syscall-files.h>

#define GET_FLAGS 3 /* F_GETFL */
#define PATH_ONLY 0x200000
#define ACCESS 3
#define WRITE_ONLY 1
#define KIND 0170000u
#define REGULAR 0100000u
#define CHARACTERS 0020000u
#define ZERO 0x105u /* the device number of /dev/zero */

int file_check(int *file, bool shared, long offset)
{
    struct kr_syscall_stat stat;
    long flags = kr_syscall_fcntl(*file, GET_FLAGS, 0);

    if (flags < 0 || (flags & PATH_ONLY) != 0)
        return -KR_EBADF;
    if ((uintptr_t)offset % PAGE != 0)
        return -KR_EINVAL;
    if ((flags & ACCESS) == WRITE_ONLY)
        return -KR_EACCES;
    long error = kr_syscall_fstatat(*file, "", &stat, KR_SYSCALL_EMPTY_PATH);
    if (error < 0)
        return (int)error;
    if ((stat.mode & KIND) == CHARACTERS && stat.special == ZERO)
        *file = NO_FILE;
    else if (shared || (stat.mode & KIND) != REGULAR)
        return -KR_ENODEV;
    return 0;
}

int file_read(unsigned char *memory, size_t size, int file, long offset)
{
    size_t done = 0;
    long count = file == NO_FILE ? 0 : 1;

    while (count > 0 && done < size) {
        count = kr_syscall_pread(file, memory + done, size - done, offset + (long)done);
        if (count > 0)
            done += (size_t)count;
    }
    return count < 0 ? (int)count : 0;
}
