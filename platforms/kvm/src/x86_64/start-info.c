/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The start_info of the PVH boot protocol (Xen,
 * include/public/arch-x86/hvm/start_info.h) and its memory map.
 *
 * It is hostile input: every address and count is checked before use, what is
 * needed is copied, and nothing is read twice. What cannot be right is a
 * panic that says so.
 */
#include "kvm.h"

#include <kraft/panic.h>

#define MAGIC 0x336ec578u
#define RAM 1u
#define ENTRIES_LIMIT 128u
#define COMMAND_LINE_LIMIT 4096u
#define ADDRESS_LIMIT ((uint64_t)1 << 39) /* what one top-level entry maps */

struct start_info {
    uint32_t magic;
    uint32_t version; /* the memory map came with 1 */
    uint32_t flags;
    uint32_t module_count;
    uint64_t modules;
    uint64_t command_line; /* 0: none */
    uint64_t rsdp;
    uint64_t memory_map;
    uint32_t memory_map_entries;
    uint32_t reserved;
};
_Static_assert(sizeof(struct start_info) == 56, "PVH start_info");

struct memory_map_entry {
    uint64_t start;
    uint64_t size;
    uint32_t type;
    uint32_t reserved;
};
_Static_assert(sizeof(struct memory_map_entry) == 24, "PVH memory map entry");

/* Makes [address, address + size) readable, or panics. */
static const void *readable(uint64_t address, size_t size, const char *what)
{
    if (address == 0 || address > KVM_EARLY_LIMIT - size)
        kr_panic("boot: the %s lies at 0x%lx, not in the first GiB", what, (unsigned long)address);
    if (address < kvm_address(kr_image_end) && address + size > kvm_address(kr_image_start))
        kr_panic("boot: the %s at 0x%lx lies within the image", what, (unsigned long)address);
    kvm_paging_map_early((uintptr_t)address, size);
    return (const void *)(uintptr_t)address;
}

/*
 * The whole pages of an entry, within limits; for RAM those inside it, else
 * those it touches. RAM that wraps is no RAM: qboot says so of a machine with
 * a little less than 1 MiB.
 */
static struct kvm_range pages(const struct memory_map_entry *entry, bool inwards)
{
    uint64_t end = entry->start + entry->size;
    uint64_t mask = KVM_PAGE - 1;
    struct kvm_range range = {0, 0};

    if (entry->start >= ADDRESS_LIMIT || (inwards && end < entry->start))
        return range;
    if (end < entry->start || end > ADDRESS_LIMIT)
        end = ADDRESS_LIMIT;
    range.start = (uintptr_t)(inwards ? (entry->start + mask) & ~mask : entry->start & ~mask);
    range.end = (uintptr_t)(inwards ? end & ~mask : (end + mask) & ~mask);
    return range;
}

static void read_memory_map(const struct memory_map_entry *entries, unsigned count,
                            struct kvm_ranges *ram)
{
    ram->count = 0;
    for (unsigned index = 0; index < count; index++) {
        struct memory_map_entry entry = entries[index];

        if (entry.type == RAM)
            kvm_ranges_add(ram, pages(&entry, true));
    }
    for (unsigned index = 0; index < count; index++) {
        struct memory_map_entry entry = entries[index];

        if (entry.type != RAM && entry.size != 0)
            kvm_ranges_remove(ram, pages(&entry, false));
    }
}

/* The size of the text at (address) with its NUL. */
static size_t command_line_size(uint64_t address)
{
    const char *text = readable(address, COMMAND_LINE_LIMIT, "command line");

    for (size_t length = 0; length < COMMAND_LINE_LIMIT; length++) {
        if (text[length] == '\0')
            return length + 1;
    }
    kr_panic("boot: the command line has no end within %u bytes", COMMAND_LINE_LIMIT);
}

struct kvm_start_info kvm_start_info_read(uint32_t address, struct kvm_ranges *ram)
{
    struct start_info info = *(const struct start_info *)readable(address, sizeof(info),
                                                                  "start_info");
    struct kvm_start_info found = {NULL, 0};

    if (info.magic != MAGIC)
        kr_panic("boot: the start_info has magic 0x%x instead of 0x%x", info.magic, MAGIC);
    if (info.version < 1 || info.memory_map_entries == 0)
        kr_panic("boot: the machine has no memory map; does it have 1 MiB of memory?");
    if (info.memory_map_entries > ENTRIES_LIMIT)
        kr_panic("boot: the memory map has %u entries", info.memory_map_entries);
    read_memory_map(readable(info.memory_map,
                             info.memory_map_entries * sizeof(struct memory_map_entry),
                             "memory map"),
                    info.memory_map_entries, ram);
    if (info.command_line != 0) {
        found.command_line_size = command_line_size(info.command_line);
        found.command_line = (const char *)(uintptr_t)info.command_line;
    }
    return found;
}
