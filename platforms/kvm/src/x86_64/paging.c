/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Page tables (Intel SDM 3, 4.5): every address is its own physical address.
 * RAM is mapped by pages of 2 MiB where it can be, writable and never
 * executable; the image by pages of 4 KiB, each as its section says; all
 * else not at all, until kr_mem_device asks for it.
 *
 * Tables come from a pool that is set aside at boot and never grows, and are
 * never given back. An entry that is not present belongs to software: a guard
 * page keeps the address of its name there, shifted left by one, so that
 * guards need no table of their own; one that is to be cleared when it is
 * touched, large or small, is what it will be, but for the bit PRESENT, and
 * with a bit that no address of a name has.
 */
#include "paging.h"

#include "options.h"

#include <kraft/panic.h>

static struct {
    uint64_t *first_directory; /* that of the first GiB */
    uintptr_t next, end;       /* tables not yet used */
    uintptr_t spare;           /* one more, 0: none */
} paging;

static unsigned index_at(uintptr_t address, unsigned level)
{
    return address >> (12 + 9 * (level - 1)) & (ENTRIES - 1);
}

static uint64_t *table_of(uint64_t entry)
{
    return (uint64_t *)(uintptr_t)(entry & ADDRESS);
}

static void flush_page(uintptr_t address)
{
    __asm__ volatile("invlpg (%0)" : : "r"(address) : "memory");
}

static void flush_all(void)
{
    __asm__ volatile("mov %0, %%cr3" : : "r"(kvm_early_tables) : "memory");
}

static void clear(uint64_t *table)
{
    size_t count = ENTRIES;

    __asm__ volatile("rep stosq" : "+D"(table), "+c"(count) : "a"(0) : "memory");
}

/* An empty table, or NULL. */
static uint64_t *take_table(void)
{
    uint64_t *table;
    uintptr_t at = paging.next;

    if (at < paging.end) {
        paging.next += KVM_PAGE;
    } else {
        at = paging.spare;
        paging.spare = 0;
    }
    if (at == 0)
        return NULL;
    table = (uint64_t *)at;
    clear(table);
    return table;
}

static bool is_cleared(uint64_t entry)
{
    return (entry & (CLEARED | PRESENT)) == CLEARED;
}

/* Replaces the large page of (entry) by 512 small ones of the same kind. */
static bool split(uint64_t *entry)
{
    uint64_t *table = take_table();
    uint64_t page = *entry & ~LARGE;

    if (table == NULL)
        return false;
    for (unsigned index = 0; index < ENTRIES; index++)
        table[index] = page + index * KVM_PAGE;
    *entry = kvm_address(table) | TABLE;
    return true;
}

uint64_t *kvm_paging_entry(uintptr_t address, unsigned level)
{
    bool first = address < KVM_EARLY_LIMIT;
    uint64_t *table = first ? paging.first_directory : kvm_early_tables[0];

    for (unsigned at = first ? LARGE_LEVEL : TOP_LEVEL; at > level; at--) {
        uint64_t *entry = &table[index_at(address, at)];

        if (is_cleared(*entry)) {
            if (!split(entry))
                return NULL;
        } else if (!(*entry & PRESENT)) {
            uint64_t *next = take_table();
            if (next == NULL)
                return NULL;
            *entry = kvm_address(next) | TABLE;
        } else if (*entry & LARGE && !split(entry)) {
            return NULL;
        }
        table = table_of(*entry);
    }
    return &table[index_at(address, level)];
}

static void fill(uint64_t *entry, uint64_t *end, uint64_t value, uintptr_t step)
{
    for (; entry < end; entry++) {
        *entry = value;
        value += step;
    }
}

/* Maps [start, end) as (kind), table by table: by large pages where whole
 * ones fit. */
static void map(uintptr_t start, uintptr_t end, uint64_t kind)
{
    while (start < end) {
        bool large = start % KVM_LARGE_PAGE == 0 && end - start >= KVM_LARGE_PAGE;
        unsigned level = large ? LARGE_LEVEL : PAGE_LEVEL;
        uintptr_t step = large ? KVM_LARGE_PAGE : KVM_PAGE;
        uint64_t *entry = kvm_paging_entry(start, level);
        size_t count = (end - start) / step;

        if (entry == NULL)
            kr_panic("boot: no page table left");
        if (count > ENTRIES - index_at(start, level))
            count = ENTRIES - index_at(start, level);
        fill(entry, entry + count, start | kind | (large ? LARGE : 0), step);
        start += count * step;
    }
}

/* Before kvm_paging_start: adds to the early tables what they lack. */
void kvm_paging_map_early(uintptr_t start, size_t size)
{
    uintptr_t page = start & ~(KVM_LARGE_PAGE - 1);

    for (; page < start + size; page += KVM_LARGE_PAGE) {
        if (kvm_early_tables[2][page / KVM_LARGE_PAGE] == 0)
            kvm_early_tables[2][page / KVM_LARGE_PAGE] = page | LARGE | PRESENT | WRITABLE;
    }
}

static size_t large_pages(uintptr_t start, uintptr_t end)
{
    return (end - 1) / KVM_LARGE_PAGE - start / KVM_LARGE_PAGE + 1;
}

/*
 * Tables that kvm_paging_start takes at most, and a reserve: one for each
 * large page of RAM that may be split, up to an option, and four for devices.
 */
size_t kvm_paging_table_count(const struct kvm_ranges *ram)
{
    size_t count = 1 + large_pages(kvm_address(kr_image_start), kvm_address(kr_image_end));
    size_t reserve = 0;

    for (unsigned index = 0; index < ram->count; index++) {
        uintptr_t start = ram->at[index].start;
        uintptr_t end = ram->at[index].end;

        count += 2 + (end - 1) / KVM_EARLY_LIMIT - start / KVM_EARLY_LIMIT;
        reserve += large_pages(start, end);
    }
    if (reserve > OPT_PAGE_TABLES)
        reserve = OPT_PAGE_TABLES;
    return count + reserve + 4;
}

/* Builds the tables in [tables) and switches to them. */
void kvm_paging_start(const struct kvm_ranges *ram, struct kvm_range tables)
{
    paging.next = tables.start;
    paging.end = tables.end;
    paging.first_directory = take_table();
    for (unsigned index = 0; index < ram->count; index++)
        map(ram->at[index].start, ram->at[index].end, DATA);
    map(kvm_address(kr_text_start), kvm_address(kr_text_end), TEXT);
    map(kvm_address(kr_rodata_start), kvm_address(kr_rodata_end), RODATA);
    kvm_early_tables[1][0] = kvm_address(paging.first_directory) | TABLE;
    flush_all();
    paging.spare = kvm_address(kvm_early_tables[2]);
}

void kvm_paging_guard(uintptr_t page, const char *what)
{
    uint64_t *entry = kvm_paging_entry(page, PAGE_LEVEL);

    if (entry == NULL)
        kr_panic("boot: no page table left");
    *entry = (uint64_t)kvm_address(what) << 1;
    flush_page(page);
}

/* The entry that maps (address), without changing anything; NULL: none. */
static uint64_t *look_up(uintptr_t address)
{
    uint64_t *table = kvm_early_tables[0];

    if (address >= (uintptr_t)1 << 47)
        return NULL;
    for (unsigned at = TOP_LEVEL; at > PAGE_LEVEL; at--) {
        uint64_t *entry = &table[index_at(address, at)];

        if (is_cleared(*entry) || (*entry & (PRESENT | LARGE)) == (PRESENT | LARGE))
            return entry;
        if (!(*entry & PRESENT))
            return NULL;
        table = table_of(*entry);
    }
    return &table[index_at(address, PAGE_LEVEL)];
}

const char *kvm_paging_guard_name(uintptr_t address)
{
    const uint64_t *entry = look_up(address);

    if (entry == NULL || *entry & PRESENT || is_cleared(*entry))
        return NULL;
    if (*entry & NO_ACCESS)
        return "memory mapped without access";
    return (const char *)(uintptr_t)(*entry >> 1);
}

/* Whether [start, start + size) are pages of one region. */
static bool in_region(uintptr_t start, size_t size)
{
    struct kr_mem_region region;

    if (start % KVM_PAGE != 0 || size % KVM_PAGE != 0)
        return false;
    for (unsigned index = 0; kr_mem_region(index, &region); index++) {
        if (start >= region.start && start - region.start <= region.size &&
            size <= region.size - (start - region.start))
            return true;
    }
    return false;
}

/* Makes the page or large page of (entry) be there, and zero. */
static void fill_cleared(uint64_t *entry)
{
    size_t size = *entry & LARGE ? KVM_LARGE_PAGE : KVM_PAGE;
    uintptr_t page = *entry & ADDRESS;
    size_t count = size / sizeof(uint64_t);

    *entry = (*entry & ~(CLEARED ^ DATA)) | DATA;
    __asm__ volatile("rep stosq" : "+D"(page), "+c"(count) : "a"(0) : "memory");
}

/* Of a page fault: the page at (address) if it is one that is to be cleared, of
 * a large one no more than that where there is a table for the rest. */
bool kvm_paging_touch(uintptr_t address)
{
    uint64_t *entry = look_up(address);

    if (entry == NULL || !is_cleared(*entry))
        return false;
    if (*entry & LARGE && split(entry))
        entry = look_up(address);
    fill_cleared(entry);
    return true;
}

/* Whether all of [start, end) that is not whole large pages has tables, which
 * it is given where it has none. */
static bool has_tables(uintptr_t start, uintptr_t end)
{
    uintptr_t last = (end - 1) & ~(KVM_LARGE_PAGE - 1);

    if (start % KVM_LARGE_PAGE != 0 && kvm_paging_entry(start, PAGE_LEVEL) == NULL)
        return false;
    return end % KVM_LARGE_PAGE == 0 || (last < start && start % KVM_LARGE_PAGE != 0) ||
           kvm_paging_entry(last < start ? start : last, PAGE_LEVEL) != NULL;
}

/* Where the table of pages that maps (at) ends, or (end) if that is sooner. */
static uintptr_t end_of_table(uintptr_t at, uintptr_t end)
{
    uintptr_t next = (at & ~(KVM_LARGE_PAGE - 1)) + KVM_LARGE_PAGE;

    return next < end ? next : end;
}

int kr_mem_clear(void *start, size_t size)
{
    uintptr_t at = (uintptr_t)start, end = at + size;

    if (!in_region(at, size))
        return -KR_EINVAL;
    if (size != 0 && !has_tables(at, end))
        return -KR_ENOMEM;
    while (at < end) {
        uint64_t *entry = kvm_paging_entry(at, LARGE_LEVEL);
        uintptr_t stop = end_of_table(at, end);
        bool whole = stop - at == KVM_LARGE_PAGE;

        if (whole && (*entry & LARGE || is_cleared(*entry))) {
            *entry = at | CLEARED | LARGE;
            flush_page(at);
            at = stop;
            continue;
        }
        entry = kvm_paging_entry(at, PAGE_LEVEL);
        for (; at < stop; at += KVM_PAGE) {
            *entry++ = at | CLEARED;
            flush_page(at);
        }
    }
    return 0;
}

/* Makes (entry), of (page) that nobody has touched, of (kind). */
static inline void change_untouched(uint64_t *entry, uintptr_t page, uint64_t kind)
{
    if (kind == NO_ACCESS) {
        *entry = NO_ACCESS | UNTOUCHED;
        return;
    }
    *entry = page | CLEARED;
    if (kind == RODATA) {
        fill_cleared(entry);
        *entry = page | kind;
    }
}

static int set_pages(uintptr_t start, size_t size, uint64_t kind, uint64_t address_mask)
{
    if (!in_region(start, size))
        return -KR_EINVAL;
    for (uintptr_t page = start, end = start + size; page < end;) {
        uint64_t *entry = kvm_paging_entry(page, PAGE_LEVEL);
        uintptr_t stop = end_of_table(page, end);

        if (entry == NULL)
            return -KR_ENOMEM;
        for (; page < stop; page += KVM_PAGE, entry++) {
            if (*entry == (NO_ACCESS | UNTOUCHED) || is_cleared(*entry))
                change_untouched(entry, page, kind);
            else
                *entry = (page & address_mask) | kind;
            flush_page(page);
        }
    }
    return 0;
}

int kr_mem_protect(void *start, size_t size, enum kr_mem_access access)
{
    switch (access) {
    case KR_MEM_NONE:
        return set_pages((uintptr_t)start, size, NO_ACCESS, 0);
    case KR_MEM_READ:
        return set_pages((uintptr_t)start, size, RODATA, ADDRESS);
    case KR_MEM_WRITE:
        return set_pages((uintptr_t)start, size, DATA, ADDRESS);
    }
    return -KR_EINVAL;
}

int kr_mem_guard(void *start, size_t size, const char *what)
{
    return set_pages((uintptr_t)start, size, (uint64_t)kvm_address(what) << 1, 0);
}

uint64_t kr_mem_physical(const void *address)
{
    return kvm_address(address);
}
