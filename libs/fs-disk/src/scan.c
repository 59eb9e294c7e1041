/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reading the whole tree at mount: each block of it is checked, and each
 * block that anything refers to is claimed, once. What is not claimed is
 * free.
 */
#include <kraft/string.h>

#include "disk.h"

static int scan_leaf(struct disk *disk, struct buffer *leaf)
{
    for (unsigned i = 0; i < fs_disk_header(leaf)->count; i++) {
        const struct item *item = &fs_disk_items(leaf)[i];
        uint64_t kind = item->key.rest >> 56;

        if (kind == KIND_INODE && item->length != sizeof(struct inode))
            return -KR_EIO;
        if (kind != KIND_BLOCKS)
            continue;
        if (item->length != GROUP * sizeof(uint64_t))
            return -KR_EIO;
        const uint64_t *blocks = (const uint64_t *)(const void *)(leaf->bytes + item->at);
        for (unsigned block = 0; block < GROUP; block++)
            if (blocks[block] != 0 && !fs_disk_claim(disk, blocks[block]))
                return -KR_EIO;
    }
    return 0;
}

/* (level) -1: whatever it has. At most LEVELS deep. */
static int scan(struct disk *disk, struct child child, int level)
{
    struct buffer *buffer;

    if (child.block < FIRST_BLOCK || !fs_disk_claim(disk, child.block))
        return -KR_EIO;
    next_step(disk);
    int error = fs_disk_get(disk, child.block, &buffer);
    if (error != 0)
        return error;
    if (!fs_disk_is_sound(buffer, child.block, child.generation, level))
        return -KR_EIO;
    buffer->tree = true;
    if (fs_disk_header(buffer)->level == 0)
        return scan_leaf(disk, buffer);
    level = fs_disk_header(buffer)->level - 1;
    for (unsigned i = 0; error == 0; i++) {
        error = fs_disk_get(disk, child.block, &buffer); /* it may have been given up */
        if (error != 0 || i == fs_disk_header(buffer)->count)
            break;
        buffer->tree = true;
        error = scan(disk, fs_disk_children(buffer)[i], level);
    }
    return error;
}

int fs_disk_scan(struct disk *disk)
{
    const struct child root = {.block = disk->super.root,
                               .generation = disk->super.root_generation};

    return scan(disk, root, -1);
}
