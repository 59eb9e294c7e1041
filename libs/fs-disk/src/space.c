/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which blocks are free: bitmaps in memory, made when the tree is read at
 * mount. A block that the last commit uses is not written before the next
 * one; it is given away again after that.
 */
#include <kraft/alloc.h>
#include <kraft/string.h>

#include "disk.h"

static bool has(const uint64_t *bits, uint64_t block)
{
    return (bits[block / 64] >> block % 64 & 1) != 0;
}

static void set(uint64_t *bits, uint64_t block)
{
    bits[block / 64] |= UINT64_C(1) << block % 64;
}

static void unset(uint64_t *bits, uint64_t block)
{
    bits[block / 64] &= ~(UINT64_C(1) << block % 64);
}

bool fs_disk_space_start(struct disk *disk)
{
    uint64_t blocks = disk->super.blocks;

    disk->words = (blocks + 63) / 64;
    disk->used = kr_alloc_allocate(3 * disk->words * sizeof(uint64_t));
    if (disk->used == NULL)
        return false;
    memset(disk->used, 0, 3 * disk->words * sizeof(uint64_t));
    disk->fresh = disk->used + disk->words;
    disk->pending = disk->fresh + disk->words;
    for (uint64_t block = blocks; block < disk->words * 64; block++)
        set(disk->used, block);
    disk->free = blocks;
    for (uint64_t block = 0; block < FIRST_BLOCK; block++)
        fs_disk_claim(disk, block);
    disk->cursor = 0;
    return true;
}

void fs_disk_space_end(struct disk *disk)
{
    kr_alloc_free(disk->used);
}

bool fs_disk_claim(struct disk *disk, uint64_t block)
{
    if (block >= disk->super.blocks || has(disk->used, block))
        return false;
    set(disk->used, block);
    disk->free--;
    return true;
}

uint64_t fs_disk_take(struct disk *disk)
{
    for (uint64_t i = 0; i <= disk->words && disk->free > 0; i++) {
        uint64_t word = (disk->cursor + i) % disk->words;
        uint64_t bits = ~disk->used[word];

        if (bits == 0)
            continue;
        uint64_t block = word * 64 + (unsigned)__builtin_ctzll(bits);
        disk->cursor = word;
        set(disk->used, block);
        set(disk->fresh, block);
        disk->free--;
        return block;
    }
    return 0;
}

bool fs_disk_is_fresh(const struct disk *disk, uint64_t block)
{
    return has(disk->fresh, block);
}

void fs_disk_release(struct disk *disk, uint64_t block)
{
    fs_disk_drop(disk, block);
    if (has(disk->fresh, block)) {
        unset(disk->fresh, block);
        unset(disk->used, block);
        disk->free++;
    } else if (!has(disk->pending, block)) {
        set(disk->pending, block);
        disk->freeing++;
    }
}

void fs_disk_space_committed(struct disk *disk)
{
    for (uint64_t word = 0; word < disk->words; word++)
        disk->used[word] &= ~disk->pending[word];
    memset(disk->fresh, 0, 2 * disk->words * sizeof(uint64_t));
    disk->free += disk->freeing;
    disk->freeing = 0;
}

/* Blocks that only what makes room may take: changing the tree needs some. */
uint64_t fs_disk_reserve(const struct disk *disk)
{
    uint64_t part = disk->super.blocks / 16;

    return part < 24 ? 24 : part > 256 ? 256 : part;
}
