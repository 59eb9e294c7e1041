/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * All memory is one mapping, which the kernel fills with zero pages as they
 * are touched:
 *
 *     guard page │ main's stack │ guard page │ the one region
 *
 * A guard page is one that may not be accessed; the table of their names is
 * searched only when one was hit, or is changed.
 */
#include "linuxu.h"

#include "options.h"

#include <kraft/linux.h>
#include <kraft/mem.h>
#include <kraft/panic.h>

#define PROTECTION_READ 1u
#define PROTECTION_WRITE 2u
#define MAP_PRIVATE_ANONYMOUS_NORESERVE 0x4022u
#define MADVISE 28u
#define ADVICE_DONTNEED 4u
#define ALL_BITS UINTPTR_MAX

#define WHOLE_PAGES(size) (((size) + KR_MEM_PAGE - 1) / KR_MEM_PAGE * KR_MEM_PAGE)
#define STACK WHOLE_PAGES((uintptr_t)OPT_STACK_SIZE)
#define MEMORY WHOLE_PAGES((uintptr_t)OPT_MEMORY)

struct guard {
    uintptr_t start;
    size_t size; /* bytes; 0: the entry is free */
    const char *what;
};

static struct {
    struct kr_mem_region region;
    uintptr_t stack_start;
    struct guard guards[OPT_GUARDS];
} memory;

static int protect(uintptr_t start, size_t size, uintptr_t access)
{
    return (int)kr_linux_call3(KR_LINUX_MPROTECT, start, size, access);
}

uintptr_t linuxu_memory_start(void)
{
    size_t size = STACK + MEMORY + 2 * (size_t)KR_MEM_PAGE;
    long start = kr_linux_call(KR_LINUX_MMAP, 0, size, PROTECTION_READ | PROTECTION_WRITE,
                               MAP_PRIVATE_ANONYMOUS_NORESERVE, ALL_BITS, 0);

    if (start < 0)
        kr_panic("boot: Linux has no %lu KiB of memory: error %ld", (unsigned long)size / 1024,
                 start);
    memory.stack_start = (uintptr_t)start + KR_MEM_PAGE;
    uintptr_t end = memory.stack_start + STACK;

    protect((uintptr_t)start, KR_MEM_PAGE, 0);
    protect(end, KR_MEM_PAGE, 0);
    memory.guards[0] = (struct guard){(uintptr_t)start, KR_MEM_PAGE, "stack of thread main"};
    memory.region = (struct kr_mem_region){end + KR_MEM_PAGE, MEMORY};
    return end;
}

bool kr_mem_region(unsigned index, struct kr_mem_region *region)
{
    if (index > 0)
        return false;
    *region = memory.region;
    return true;
}

static bool is_good(uintptr_t start, size_t size)
{
    uintptr_t offset = start - memory.region.start;

    return start % KR_MEM_PAGE == 0 && size % KR_MEM_PAGE == 0 && offset <= memory.region.size &&
           size <= memory.region.size - offset;
}

/* Forgets the guards within [start, start + size). */
static void forget(uintptr_t start, size_t size)
{
    for (unsigned i = 0; i < OPT_GUARDS; i++)
        if (memory.guards[i].start - start < size)
            memory.guards[i].size = 0;
}

int kr_mem_protect(void *start, size_t size, enum kr_mem_access access)
{
    static const uintptr_t protections[] = {
        [KR_MEM_NONE] = 0,
        [KR_MEM_READ] = PROTECTION_READ,
        [KR_MEM_WRITE] = PROTECTION_READ | PROTECTION_WRITE,
    };

    if (!is_good((uintptr_t)start, size))
        return -KR_EINVAL;
    if (access != KR_MEM_NONE)
        forget((uintptr_t)start, size);
    return protect((uintptr_t)start, size, protections[access]) < 0 ? -KR_ENOMEM : 0;
}

int kr_mem_clear(void *start, size_t size)
{
    int error = kr_mem_protect(start, size, KR_MEM_WRITE);

    if (error < 0)
        return error;
    return kr_linux_call3(MADVISE, (uintptr_t)start, size, ADVICE_DONTNEED) < 0 ? -KR_ENOMEM : 0;
}

int kr_mem_guard(void *start, size_t size, const char *what)
{
    unsigned i = 0;

    while (i < OPT_GUARDS && memory.guards[i].size != 0)
        i++;
    if (i == OPT_GUARDS)
        return -KR_ENOMEM;
    int error = kr_mem_protect(start, size, KR_MEM_NONE);

    if (error == 0)
        memory.guards[i] = (struct guard){(uintptr_t)start, size, what};
    return error;
}

const char *linuxu_guard_name(uintptr_t address)
{
    for (unsigned i = 0; i < OPT_GUARDS; i++)
        if (address - memory.guards[i].start < memory.guards[i].size)
            return memory.guards[i].what;
    return NULL;
}

bool linuxu_is_memory(uintptr_t address)
{
    return address - memory.region.start < memory.region.size;
}

const char *linuxu_memory_name(uintptr_t address)
{
    if (address < KR_MEM_PAGE)
        return "page zero";
    if (address - (uintptr_t)kr_image_start < (uintptr_t)(kr_image_end - kr_image_start)) {
        if (address < (uintptr_t)kr_text_end)
            return "text";
        return address < (uintptr_t)kr_rodata_end ? "rodata" : "data";
    }
    if (address - memory.stack_start < STACK)
        return "stack";
    if (linuxu_is_memory(address))
        return "heap";
    return "unmapped memory";
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
