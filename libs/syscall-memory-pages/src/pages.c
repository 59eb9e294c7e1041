/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A mapping is a block of the heap and a bit for each of its pages that is
 * mapped. Mappings hang in buckets by their first page, which is what is asked
 * for most; a page within a mapping is found by looking at all.
 */
#include "pages.h"

#include <kraft/alloc.h>
#include <kraft/mem.h>
#include <kraft/syscall-memory.h>

#define BUCKETS 512u
#define WORD 64u /* bits */

static struct mapping *buckets[BUCKETS];

static struct mapping **bucket_of(uintptr_t start)
{
    return &buckets[start / PAGE % BUCKETS];
}

struct mapping *mapping_add(size_t pages)
{
    size_t words = (pages + WORD - 1) / WORD;
    struct mapping *mapping = kr_alloc_allocate(sizeof(*mapping) + words * sizeof(uint64_t));

    if (mapping == NULL)
        return NULL;
    void *block = kr_alloc_allocate_aligned(PAGE, pages * PAGE);
    if (block == NULL) {
        kr_alloc_free(mapping);
        return NULL;
    }
    struct mapping **bucket = bucket_of((uintptr_t)block);
    *mapping = (struct mapping){.next = *bucket, .start = (uintptr_t)block, .pages = pages, .live = pages};
    for (size_t i = 0; i < words; i++)
        mapping->mapped[i] = UINT64_MAX;
    *bucket = mapping;
    return mapping;
}

static uintptr_t end_of(const struct mapping *mapping)
{
    return mapping->start + mapping->pages * PAGE;
}

struct mapping *mapping_find(uintptr_t address)
{
    for (struct mapping *one = *bucket_of(address); one != NULL; one = one->next)
        if (one->start == address)
            return one;
    for (unsigned i = 0; i < BUCKETS; i++)
        for (struct mapping *one = buckets[i]; one != NULL; one = one->next)
            if (address >= one->start && address < end_of(one))
                return one;
    return NULL;
}

static uint64_t *word_of(struct mapping *mapping, uintptr_t address, uint64_t *bit)
{
    size_t page = (address - mapping->start) / PAGE;

    *bit = UINT64_C(1) << (page % WORD);
    return &mapping->mapped[page / WORD];
}

bool mapping_has(struct mapping *mapping, uintptr_t start, uintptr_t end)
{
    if (mapping == NULL || end > end_of(mapping))
        return false;
    for (uintptr_t address = start; address < end; address += PAGE) {
        uint64_t bit;
        if ((*word_of(mapping, address, &bit) & bit) == 0)
            return false;
    }
    return true;
}

/* What the heap gets back must be writable; a block that will not be so again
 * stays out of it. */
void mapping_drop(struct mapping *mapping)
{
    void *block = (void *)mapping->start; // NOLINT(performance-no-int-to-ptr)
    struct mapping **link = bucket_of(mapping->start);

    while (*link != mapping)
        link = &(*link)->next;
    *link = mapping->next;
    if (!mapping->guarded || kr_mem_protect(block, mapping->pages * PAGE, KR_MEM_WRITE) == 0)
        kr_alloc_free(block);
    kr_alloc_free(mapping);
}

void mapping_mark(struct mapping *mapping, uintptr_t start, uintptr_t end, bool mapped)
{
    for (uintptr_t address = start; address < end; address += PAGE) {
        uint64_t bit;
        uint64_t *word = word_of(mapping, address, &bit);
        if (((*word & bit) != 0) == mapped)
            continue;
        *word ^= bit;
        mapping->live += mapped ? 1 : (size_t)-1;
    }
}

uintptr_t mapping_remove(struct mapping *mapping, uintptr_t start, uintptr_t end)
{
    uintptr_t last = end < end_of(mapping) ? end : end_of(mapping);

    mapping_mark(mapping, start, last, false);
    if (mapping->live == 0)
        mapping_drop(mapping);
    return last;
}

uintptr_t mapping_after(uintptr_t address)
{
    uintptr_t nearest = UINTPTR_MAX;

    for (unsigned i = 0; i < BUCKETS; i++)
        for (struct mapping *one = buckets[i]; one != NULL; one = one->next)
            if (one->start > address && one->start < nearest)
                nearest = one->start;
    return nearest;
}
