/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Regions in a static array, with a page that belongs to none between two of
 * them. Protection is a matter of page tables, which a test has none of: the
 * arguments are checked, and that is all.
 */
#include "options.h"

#include <kraft/mem.h>

#define REGION_SIZE (OPT_SIZE / OPT_REGIONS / KR_MEM_PAGE * KR_MEM_PAGE)

static _Alignas(KR_MEM_PAGE) char arena[OPT_REGIONS][REGION_SIZE + KR_MEM_PAGE];

bool kr_mem_region(unsigned index, struct kr_mem_region *region)
{
    if (index >= OPT_REGIONS)
        return false;
    region->start = (uintptr_t)arena[index];
    region->size = REGION_SIZE;
    return true;
}

static bool in_one_region(uintptr_t start, size_t size)
{
    struct kr_mem_region region;

    for (unsigned i = 0; kr_mem_region(i, &region); i++)
        if (start >= region.start && start - region.start <= region.size &&
            size <= region.size - (start - region.start))
            return true;
    return false;
}

int kr_mem_protect(void *start, size_t size, enum kr_mem_access access)
{
    (void)access;
    if ((uintptr_t)start % KR_MEM_PAGE != 0 || size % KR_MEM_PAGE != 0)
        return -KR_EINVAL;
    return in_one_region((uintptr_t)start, size) ? 0 : -KR_EINVAL;
}

int kr_mem_guard(void *start, size_t size, const char *what)
{
    (void)what;
    return kr_mem_protect(start, size, KR_MEM_NONE);
}

int kr_mem_clear(void *start, size_t size)
{
    int error = kr_mem_protect(start, size, KR_MEM_WRITE);

    for (size_t i = 0; error == 0 && i < size; i++)
        ((unsigned char *)start)[i] = 0;
    return error;
}

uint64_t kr_mem_physical(const void *address)
{
    return (uintptr_t)address;
}

void *kr_mem_device(uint64_t physical, size_t size)
{
    (void)physical;
    (void)size;
    return NULL;
}
