/* SPDX-License-Identifier: BSD-3-Clause */
/* mmap(2), munmap(2), mremap(2), mprotect(2), madvise(2), msync(2) and mincore(2). */
#include "file.h"
#include "pages.h"

#include <kraft/mem.h>
#include <kraft/string.h>
#include <kraft/syscall-memory.h>

#define LARGEST (SIZE_MAX / 4)

#define READ 1
#define WRITE 2
#define EXECUTE 4

#define MAP_SHARED 1
#define MAP_TYPE 0xf
#define MAP_FIXED 0x10
#define MAP_ANONYMOUS 0x20
#define MAP_FIXED_NOREPLACE 0x100000

#define REMAP_MAYMOVE 1
#define ADVICE_DONTNEED 4
#define ADVICE_LARGEST 25 /* MADV_COLLAPSE */

#define SYNC_LATER 1  /* MS_ASYNC */
#define SYNC_OTHERS 2 /* MS_INVALIDATE */
#define SYNC_NOW 4    /* MS_SYNC */

static bool aligned(const void *address)
{
    return (uintptr_t)address % PAGE == 0;
}

static size_t rounded(size_t size)
{
    return (size + PAGE - 1) & ~(PAGE - 1);
}

static void *at(uintptr_t address)
{
    return (void *)address; // NOLINT(performance-no-int-to-ptr)
}

static int protect(struct mapping *mapping, uintptr_t start, size_t size, int protection)
{
    enum kr_mem_access access = KR_MEM_NONE;

    if ((protection & WRITE) != 0)
        access = KR_MEM_WRITE;
    else if ((protection & READ) != 0)
        access = KR_MEM_READ;
    if (access == KR_MEM_WRITE && !mapping->guarded)
        return 0;
    mapping->guarded = true;
    return kr_mem_protect(at(start), size, access);
}

/* Zeros, which cost nothing until they are touched, unless page tables have run
 * out. They can be written to. */
static void clear(uintptr_t start, size_t size)
{
    if (kr_mem_clear(at(start), size) < 0)
        memset(at(start), 0, size);
}

/* Fresh pages in place of those that are mapped there. */
static long map_again(uintptr_t start, size_t size, int protection, int file, long offset)
{
    struct mapping *mapping = mapping_find(start);

    if (!mapping_has(mapping, start, start + size))
        return -KR_ENOMEM;
    int error = protect(mapping, start, size, WRITE);
    if (error < 0)
        return error;
    clear(start, size);
    error = file_read(at(start), size, file, offset);
    if (error == 0)
        error = protect(mapping, start, size, protection);
    return error < 0 ? error : (long)start;
}

long kr_syscall_mmap(void *address, size_t size, int protection, int flags, int file, long offset)
{
    int type = flags & MAP_TYPE;
    int error = 0;

    if ((flags & MAP_ANONYMOUS) != 0)
        file = NO_FILE;
    else
        error = file_check(&file, type == MAP_SHARED, offset);
    if (error < 0)
        return error;
    if (size == 0 || type < MAP_SHARED || type > 3)
        return -KR_EINVAL;
    if ((protection & EXECUTE) != 0)
        return -KR_EACCES;
    if (size > LARGEST || (flags & MAP_FIXED_NOREPLACE) != 0)
        return -KR_ENOMEM;
    size = rounded(size);
    if ((flags & MAP_FIXED) != 0)
        return aligned(address) ? map_again((uintptr_t)address, size, protection, file, offset)
                                : -KR_EINVAL;

    struct mapping *mapping = mapping_add(size / PAGE);
    if (mapping == NULL)
        return -KR_ENOMEM;
    uintptr_t start = mapping->start;
    clear(start, size);
    error = file_read(at(start), size, file, offset);
    if (error == 0 && protect(mapping, start, size, protection) < 0)
        error = -KR_ENOMEM;
    if (error < 0)
        mapping_remove(mapping, start, start + size);
    return error < 0 ? error : (long)start;
}

long kr_syscall_munmap(void *address, size_t size)
{
    if (!aligned(address) || size == 0 || size > LARGEST)
        return -KR_EINVAL;
    uintptr_t start = (uintptr_t)address;
    uintptr_t end = start + rounded(size);
    while (start < end) {
        struct mapping *mapping = mapping_find(start);
        start = mapping == NULL ? mapping_after(start) : mapping_remove(mapping, start, end);
    }
    return 0;
}

long kr_syscall_mremap(void *address, size_t old_size, size_t size, int flags, void *wish)
{
    uintptr_t start = (uintptr_t)address;

    (void)wish;
    if (!aligned(address) || size == 0 || old_size == 0 || (flags & ~REMAP_MAYMOVE) != 0)
        return -KR_EINVAL;
    if (size > LARGEST || old_size > LARGEST)
        return -KR_ENOMEM;
    old_size = rounded(old_size);
    size = rounded(size);
    struct mapping *mapping = mapping_find(start);
    if (!mapping_has(mapping, start, start + old_size))
        return -KR_EINVAL;
    if (size <= old_size) {
        if (size < old_size)
            mapping_remove(mapping, start + size, start + old_size);
        return (long)start;
    }
    if ((flags & REMAP_MAYMOVE) == 0 || mapping->guarded)
        return -KR_ENOMEM;
    struct mapping *fresh = mapping_add(size / PAGE);
    if (fresh == NULL)
        return -KR_ENOMEM;
    memcpy(at(fresh->start), address, old_size);
    clear(fresh->start + old_size, size - old_size);
    mapping_remove(mapping, start, start + old_size);
    return (long)fresh->start;
}

long kr_syscall_mprotect(void *address, size_t size, int protection)
{
    uintptr_t start = (uintptr_t)address;

    if (!aligned(address))
        return -KR_EINVAL;
    if (size == 0)
        return 0;
    if ((protection & EXECUTE) != 0)
        return -KR_EACCES;
    if (size > LARGEST)
        return -KR_ENOMEM;
    struct mapping *mapping = mapping_find(start);
    if (!mapping_has(mapping, start, start + rounded(size)))
        return -KR_ENOMEM;
    return protect(mapping, start, rounded(size), protection) < 0 ? -KR_ENOMEM : 0;
}

long kr_syscall_madvise(void *address, size_t size, int advice)
{
    uintptr_t start = (uintptr_t)address;

    if (!aligned(address) || size > LARGEST || advice < 0 || advice > ADVICE_LARGEST)
        return -KR_EINVAL;
    struct mapping *mapping = mapping_find(start);
    if (!mapping_has(mapping, start, start + rounded(size)))
        return -KR_ENOMEM;
    if (advice != ADVICE_DONTNEED)
        return 0;
    if (mapping->guarded)
        return -KR_EINVAL;
    clear(start, rounded(size));
    return 0;
}

long kr_syscall_msync(void *address, size_t size, int flags)
{
    uintptr_t start = (uintptr_t)address;

    if (!aligned(address) || (flags & ~(SYNC_LATER | SYNC_OTHERS | SYNC_NOW)) != 0 ||
        (flags & (SYNC_LATER | SYNC_NOW)) == (SYNC_LATER | SYNC_NOW))
        return -KR_EINVAL;
    if (size > LARGEST)
        return -KR_ENOMEM;
    return size == 0 || mapping_has(mapping_find(start), start, start + rounded(size)) ? 0 : -KR_ENOMEM;
}

/* There is nowhere else that a page could be. */
long kr_syscall_mincore(void *address, size_t size, unsigned char *resident)
{
    uintptr_t start = (uintptr_t)address;

    if (!aligned(address))
        return -KR_EINVAL;
    if (size > LARGEST)
        return -KR_ENOMEM;
    if (size > 0 && !mapping_has(mapping_find(start), start, start + rounded(size)))
        return -KR_ENOMEM;
    memset(resident, 1, rounded(size) / PAGE);
    return 0;
}
