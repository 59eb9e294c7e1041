/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Blocks of 64 bytes times a power of two, the order, each aligned to its
 * size. A block's buddy is the one that it was split from: its address with
 * one bit flipped. A free block joins its buddy when that is free, too, and of
 * the same order (Knuth 1, 2.5, algorithms R and S).
 *
 * A map of one byte for each unit of 64 bytes, at the start of its region,
 * says what begins there. Free blocks stand in lists by order.
 */
#include "options.h"

#include <kraft/alloc.h>
#include <kraft/mem.h>
#include <kraft/panic.h>
#include <kraft/string.h>

#define UNIT 64u
#define ORDERS 32u /* up to 128 GiB */
#define MOST_BYTES ((size_t)UNIT << (ORDERS - 1))

/* In the map: an order, and one of these; 0: no block begins here. */
#define USED 0x40u
#define FREE 0x80u
#define ORDER_MASK 0x3fu

int alloc_buddy_start(void);

struct block { /* a free one, in its own memory */
    struct block *next;     /* NULL: last */
    struct block *previous; /* NULL: first */
};

struct region {
    uintptr_t start; /* UNIT-aligned */
    size_t units;
    uint8_t *map;
};

static struct {
    struct region regions[OPT_REGIONS];
    unsigned count;
    uint32_t orders;             /* bit o: first[o] is not NULL */
    struct block *first[ORDERS]; /* free blocks by order */
    size_t total;                /* bytes of all regions */
    size_t used;                 /* of these, in used blocks, maps and leftovers */
} heap;

static size_t size_of(unsigned order)
{
    return (size_t)UNIT << order;
}

/* The least order of (size) bytes, 0 < (size) <= MOST_BYTES. */
static unsigned order_of(size_t size)
{
    return size <= UNIT ? 0 : 64 - (unsigned)__builtin_clzll((size - 1) / UNIT);
}

static struct region *region_of(uintptr_t address)
{
    for (unsigned i = 0; i < heap.count; i++)
        if (address - heap.regions[i].start < heap.regions[i].units * UNIT)
            return &heap.regions[i];
    return NULL;
}

static uint8_t *mark_of(const struct region *region, uintptr_t address)
{
    return &region->map[(address - region->start) / UNIT];
}

static void insert(const struct region *region, uintptr_t address, unsigned order)
{
    struct block *block = (struct block *)address;

    *mark_of(region, address) = (uint8_t)(FREE | order);
    block->next = heap.first[order];
    block->previous = NULL;
    if (block->next != NULL)
        block->next->previous = block;
    heap.first[order] = block;
    heap.orders |= 1u << order;
}

static void remove(const struct region *region, uintptr_t address, unsigned order)
{
    struct block *block = (struct block *)address;

    *mark_of(region, address) = 0;
    if (block->previous != NULL)
        block->previous->next = block->next;
    else
        heap.first[order] = block->next;
    if (block->next != NULL)
        block->next->previous = block->previous;
    if (heap.first[order] == NULL)
        heap.orders &= ~(1u << order);
}

static void *take(unsigned order)
{
    uint32_t orders = order < ORDERS ? heap.orders >> order << order : 0;

    if (orders == 0)
        return NULL;
    unsigned has = (unsigned)__builtin_ctz(orders);
    uintptr_t address = (uintptr_t)heap.first[has];
    const struct region *region = region_of(address);

    remove(region, address, has);
    while (has > order) {
        has--;
        insert(region, address + size_of(has), has);
    }
    *mark_of(region, address) = (uint8_t)(USED | order);
    heap.used += size_of(order);
    return (void *)address;
}

/* Whether the whole block at (address), of (order), is free in (region). */
static bool is_free(const struct region *region, uintptr_t address, unsigned order)
{
    return address - region->start < region->units * UNIT &&
           *mark_of(region, address) == (FREE | order);
}

static void give(const struct region *region, uintptr_t address, unsigned order)
{
    *mark_of(region, address) = 0;
    for (; order < ORDERS - 1; order++) {
        uintptr_t buddy = address ^ size_of(order);
        if (!is_free(region, buddy, order))
            break;
        remove(region, buddy, order);
        address &= buddy;
    }
    insert(region, address, order);
}

/* (memory) is not the start of a used block: what is it? */
static KR_NORETURN void not_used(const struct region *region, const void *memory)
{
    uintptr_t address = (uintptr_t)memory;

    for (unsigned order = 0; region != NULL && order < ORDERS; order++)
        if (is_free(region, address & ~(size_of(order) - 1), order))
            kr_panic("alloc-buddy: double free of %p", memory);
    kr_panic("alloc-buddy: foreign pointer %p", memory);
}

static struct region *region_of_used(const void *memory, unsigned *order)
{
    struct region *region = region_of((uintptr_t)memory);

    if (region == NULL || (uintptr_t)memory % UNIT != 0)
        not_used(region, memory);
    uint8_t mark = *mark_of(region, (uintptr_t)memory);

    if ((mark & USED) == 0)
        not_used(region, memory);
    *order = mark & ORDER_MASK;
    return region;
}

void *kr_alloc_allocate(size_t size)
{
    return size > MOST_BYTES ? NULL : take(order_of(size));
}

void *kr_alloc_allocate_aligned(size_t alignment, size_t size)
{
    if (alignment == 0 || (alignment & (alignment - 1)) != 0)
        kr_panic("alloc-buddy: alignment %zu", alignment);
    return kr_alloc_allocate(size < alignment ? alignment : size);
}

void kr_alloc_free(void *memory)
{
    unsigned order;

    if (memory == NULL)
        return;
    const struct region *region = region_of_used(memory, &order);

    heap.used -= size_of(order);
    give(region, (uintptr_t)memory, order);
}

/* Makes the used block at (address) one of (wanted), by joining the buddies
 * above it, which have to be free. */
static bool grown_in_place(const struct region *region, uintptr_t address, unsigned order,
                           unsigned wanted)
{
    for (unsigned i = order; i < wanted; i++)
        if ((address & size_of(i)) != 0 || !is_free(region, address + size_of(i), i))
            return false;
    for (unsigned i = order; i < wanted; i++)
        remove(region, address + size_of(i), i);
    *mark_of(region, address) = (uint8_t)(USED | wanted);
    heap.used += size_of(wanted) - size_of(order);
    return true;
}

static void shrink(const struct region *region, uintptr_t address, unsigned order, unsigned wanted)
{
    heap.used -= size_of(order) - size_of(wanted);
    *mark_of(region, address) = (uint8_t)(USED | wanted);
    while (order > wanted) {
        order--;
        insert(region, address + size_of(order), order);
    }
}

void *kr_alloc_resize(void *memory, size_t size)
{
    unsigned order;

    if (memory == NULL)
        return kr_alloc_allocate(size);
    if (size > MOST_BYTES)
        return NULL;
    const struct region *region = region_of_used(memory, &order);
    unsigned wanted = order_of(size);

    if (wanted <= order) {
        shrink(region, (uintptr_t)memory, order, wanted);
        return memory;
    }
    if (grown_in_place(region, (uintptr_t)memory, order, wanted))
        return memory;
    void *moved = take(wanted);

    if (moved == NULL)
        return NULL;
    memcpy(moved, memory, size_of(order));
    kr_alloc_free(memory);
    return moved;
}

size_t kr_alloc_size(const void *memory)
{
    unsigned order;

    (void)region_of_used(memory, &order);
    return size_of(order);
}

void kr_alloc_figures(struct kr_alloc_figures *figures)
{
    figures->total = heap.total;
    figures->used = heap.used;
}

/* Cuts [address, end) into the largest aligned blocks. */
static void add_blocks(const struct region *region, uintptr_t address, uintptr_t end)
{
    while (address < end) {
        unsigned order = (unsigned)__builtin_ctzll(address / UNIT);
        if (order > ORDERS - 1)
            order = ORDERS - 1;
        while (size_of(order) > end - address)
            order--;
        insert(region, address, order);
        address += size_of(order);
    }
}

int alloc_buddy_start(void)
{
    struct kr_mem_region memory;

    for (unsigned i = 0; kr_mem_region(i, &memory) && heap.count < OPT_REGIONS; i++) {
        struct region *region = &heap.regions[heap.count++];
        size_t units = memory.size / (UNIT + 1); /* each with its byte of the map */
        region->start = (memory.start + memory.size - units * UNIT) & ~(uintptr_t)(UNIT - 1);
        region->units = units;
        region->map = (uint8_t *)memory.start;
        memset(region->map, 0, units);
        heap.total += memory.size;
        heap.used += memory.size - units * UNIT;
        add_blocks(region, region->start, region->start + units * UNIT);
    }
    return 0;
}
