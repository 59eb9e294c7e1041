/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * All blocks stand in one list by address; each call walks it. So a pointer
 * that is no block's is always seen, and the list is the only truth there is.
 * After the bytes that were asked for come at least 16 that must stay as they
 * are.
 */
#include "options.h"

#include <kraft/alloc.h>
#include <kraft/panic.h>
#include <kraft/string.h>

#define NEW 0x5a
#define FREED 0xa5
#define WALL 0xfd
#define WALL_SIZE 16u
#define ARENA_SIZE ((size_t)OPT_SIZE / 16 * 16)

struct block {
    struct block *next; /* by address; NULL: last */
    size_t room;        /* bytes after this header, a multiple of 16 */
    size_t asked;       /* of these, what the caller has */
    bool used;
};

_Static_assert(sizeof(struct block) == 32, "memory after a header is aligned");

static _Alignas(16) char arena[ARENA_SIZE];
static struct block *first;
static unsigned calls; /* since one failed */

static char *memory_of(struct block *block)
{
    return (char *)(block + 1);
}

/* Makes of (block) two, the first with (room) bytes. */
static struct block *split(struct block *block, size_t room)
{
    struct block *rest = (struct block *)(memory_of(block) + room);

    *rest = (struct block){.next = block->next, .room = block->room - room - sizeof(*rest)};
    block->next = rest;
    block->room = room;
    return rest;
}

static bool is_time_to_fail(void)
{
    if (OPT_FAIL_EVERY == 0 || ++calls != OPT_FAIL_EVERY)
        return false;
    calls = 0;
    return true;
}

void *kr_alloc_allocate_aligned(size_t alignment, size_t size)
{
    if (alignment == 0 || (alignment & (alignment - 1)) != 0)
        kr_panic("alloc-fake: alignment %zu", alignment);
    if (first == NULL) {
        first = (struct block *)arena;
        first->room = ARENA_SIZE - sizeof(*first);
    }
    if (size > ARENA_SIZE || is_time_to_fail())
        return NULL;
    size_t room = (size + WALL_SIZE + 15) / 16 * 16;

    for (struct block *block = first; block != NULL; block = block->next) {
        size_t gap = -(uintptr_t)memory_of(block) & (alignment - 1);
        if (gap != 0 && gap < sizeof(*block))
            gap += alignment; /* the part before is a block, too */
        if (block->used || block->room < room || block->room - room < gap)
            continue;
        if (gap != 0)
            block = split(block, gap - sizeof(*block));
        if (block->room - room >= sizeof(*block))
            split(block, room);
        block->used = true;
        block->asked = size;
        memset(memory_of(block), NEW, size);
        memset(memory_of(block) + size, WALL, block->room - size);
        return memory_of(block);
    }
    return NULL;
}

void *kr_alloc_allocate(size_t size)
{
    return kr_alloc_allocate_aligned(KR_ALLOC_ALIGN, size);
}

static struct block *find(const void *memory)
{
    uintptr_t address = (uintptr_t)memory;

    for (struct block *block = first; block != NULL; block = block->next) {
        if (block->used && memory_of(block) == memory)
            return block;
        if (!block->used && address - (uintptr_t)block < sizeof(*block) + block->room)
            kr_panic("alloc-fake: double free of %p", memory);
    }
    kr_panic("alloc-fake: foreign pointer %p", memory);
}

void kr_alloc_free(void *memory)
{
    if (memory == NULL)
        return;
    struct block *block = find(memory);

    for (size_t i = block->asked; i < block->room; i++)
        if ((unsigned char)memory_of(block)[i] != WALL)
            kr_panic("alloc-fake: written past the end of %p, %zu bytes", memory, block->asked);
    memset(memory, FREED, block->room);
    block->used = false;
    for (block = first; block != NULL; block = block->next)
        while (!block->used && block->next != NULL && !block->next->used) {
            block->room += sizeof(*block) + block->next->room;
            block->next = block->next->next;
        }
}

void *kr_alloc_resize(void *memory, size_t size)
{
    size_t had = memory == NULL ? 0 : find(memory)->asked;
    void *moved = kr_alloc_allocate(size);

    if (memory == NULL || moved == NULL)
        return moved;
    memcpy(moved, memory, had < size ? had : size);
    kr_alloc_free(memory);
    return moved;
}

size_t kr_alloc_size(const void *memory)
{
    return find(memory)->asked;
}

void kr_alloc_figures(struct kr_alloc_figures *figures)
{
    *figures = (struct kr_alloc_figures){.total = ARENA_SIZE};
    for (struct block *block = first; block != NULL; block = block->next)
        figures->used += block->used ? sizeof(*block) + block->room : 0;
}
