/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A disk of the host that is full, to be loaded into QEMU before all else: once
 * FULL_AFTER bytes have been written to files, each write fails with ENOSPC.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long written;

/* Whether (length) bytes still fit. */
static int fits(int file, size_t length)
{
    struct stat facts;
    const char *limit = getenv("FULL_AFTER");

    if (limit == NULL || fstat(file, &facts) != 0 || !S_ISREG(facts.st_mode))
        return 1;
    if (atomic_fetch_add(&written, (long)length) + (long)length <= atol(limit))
        return 1;
    errno = ENOSPC;
    return 0;
}

static size_t length_of(const struct iovec *parts, int count)
{
    size_t length = 0;

    for (int i = 0; i < count; i++)
        length += parts[i].iov_len;
    return length;
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t offset)
{
    ssize_t (*next)(int, const void *, size_t, off_t) = dlsym(RTLD_NEXT, "pwrite");

    return fits(file, length) ? next(file, bytes, length, offset) : -1;
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t offset)
{
    return pwrite(file, bytes, length, offset);
}

ssize_t pwritev(int file, const struct iovec *parts, int count, off_t offset)
{
    ssize_t (*next)(int, const struct iovec *, int, off_t) = dlsym(RTLD_NEXT, "pwritev");

    return fits(file, length_of(parts, count)) ? next(file, parts, count, offset) : -1;
}

ssize_t pwritev64(int file, const struct iovec *parts, int count, off64_t offset)
{
    return pwritev(file, parts, count, offset);
}
