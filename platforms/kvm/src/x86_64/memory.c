/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which memory is whose. RAM is what the memory map says, without page zero.
 * Free is RAM without the image and without one reserved range that holds the
 * page tables, a guard page and main's stack. Free memory is what
 * kr_mem_region hands out; nobody else takes any.
 */
#include "kvm.h"

#include <kraft/panic.h>

static struct {
    struct kvm_ranges ram;
    struct kvm_ranges free;
    struct kvm_range reserved;
} memory __attribute__((section(".bss.noinit.kvm_memory")));

struct kvm_ranges *kvm_memory_ram(void)
{
    return &memory.ram;
}

static size_t total(const struct kvm_ranges *ranges)
{
    size_t sum = 0;

    for (unsigned index = 0; index < ranges->count; index++)
        sum += ranges->at[index].end - ranges->at[index].start;
    return sum;
}

/* Whether all of the image is RAM. */
static bool image_is_ram(void)
{
    for (unsigned index = 0; index < memory.ram.count; index++) {
        const struct kvm_range *range = &memory.ram.at[index];

        if (range->start <= kvm_address(kr_image_start) && kvm_address(kr_image_end) <= range->end)
            return true;
    }
    return false;
}

/*
 * Settles what is free, and takes (size) bytes of it: the lowest that fit,
 * because memory below 1 MiB is in pieces that are of little other use.
 */
struct kvm_range kvm_memory_reserve(size_t size)
{
    struct kvm_range page_zero = {0, KVM_PAGE};
    struct kvm_range image = {kvm_address(kr_image_start), kvm_address(kr_image_end)};

    kvm_ranges_remove(&memory.ram, page_zero);
    if (!image_is_ram())
        kr_panic("boot: the image needs memory from 0x%lx to 0x%lx; this machine has %lu KiB",
                 (unsigned long)image.start, (unsigned long)image.end,
                 (unsigned long)(total(&memory.ram) >> 10));
    memory.free.count = memory.ram.count;
    for (unsigned index = 0; index < memory.ram.count; index++)
        memory.free.at[index] = memory.ram.at[index];
    kvm_ranges_remove(&memory.free, image);
    for (unsigned index = 0; index < memory.free.count; index++) {
        struct kvm_range range = memory.free.at[index];

        if (range.end - range.start < size || range.start + size > KVM_EARLY_LIMIT)
            continue;
        memory.reserved.start = range.start;
        memory.reserved.end = range.start + size;
        kvm_ranges_remove(&memory.free, memory.reserved);
        return memory.reserved;
    }
    kr_panic("boot: page tables and main's stack need %lu KiB of memory; %lu KiB are free",
             (unsigned long)(size >> 10), (unsigned long)(total(&memory.free) >> 10));
}

bool kr_mem_region(unsigned index, struct kr_mem_region *region)
{
    if (index >= memory.free.count)
        return false;
    region->start = memory.free.at[index].start;
    region->size = memory.free.at[index].end - region->start;
    return true;
}

const char *kvm_memory_name(uintptr_t address)
{
    if (address < KVM_PAGE)
        return "page zero";
    if (address >= kvm_address(kr_image_start) && address < kvm_address(kr_image_end)) {
        if (address < kvm_address(kr_text_end))
            return "text";
        return address < kvm_address(kr_rodata_end) ? "rodata" : "data";
    }
    if (address >= memory.reserved.start && address < memory.reserved.end)
        return "stack";
    for (unsigned index = 0; index < memory.free.count; index++) {
        if (address >= memory.free.at[index].start && address < memory.free.at[index].end)
            return "heap";
    }
    return "unmapped memory";
}
