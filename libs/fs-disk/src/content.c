/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Contents: which block of the disk is which of a file, a group of them in
 * one item of the tree; 0 is a hole. A block that the last commit knows is
 * never written: its content goes to a new one.
 */
#include <kraft/string.h>

#include "disk.h"

#define PART 16u /* blocks that are read or written in one step */

static const uint8_t zeros[BLOCK];

struct group {
    struct key key;
    bool valid, changed;
    uint64_t blocks[GROUP];
};

static int load(struct disk *disk, uint64_t inode, uint64_t number, struct group *group)
{
    struct key key = key_of(inode, KIND_BLOCKS, number);
    size_t length;

    if (group->valid && fs_disk_compare(group->key, key) == 0)
        return 0;
    *group = (struct group){.key = key, .valid = true};
    int error = fs_disk_find(disk, key, group->blocks, sizeof(group->blocks), &length);
    return error == -KR_ENOENT ? 0 : error;
}

static int save(struct disk *disk, struct group *group)
{
    if (!group->changed)
        return 0;
    group->changed = false;
    return fs_disk_put(disk, group->key, group->blocks, sizeof(group->blocks));
}

/* Up to PART blocks at (offset). */
static int read_part(struct node *node, uint8_t *bytes, size_t length, int64_t offset)
{
    struct disk *disk = disk_of(&node->head);
    uint64_t first = (uint64_t)offset / BLOCK;
    uint64_t last = ((uint64_t)offset + length - 1) / BLOCK;
    uint64_t places[PART + 1];
    struct group group = {.valid = false};
    int error = 0;

    for (uint64_t block = first; block <= last && error == 0; block++) {
        error = load(disk, node->head.inode, block / GROUP, &group);
        places[block - first] = group.blocks[block % GROUP];
        if (error == 0 && places[block - first] != 0 && last > first)
            fs_disk_ask(disk, places[block - first]);
    }
    for (uint64_t block = first; block <= last && error == 0; block++) {
        size_t skip = block == first ? (size_t)offset % BLOCK : 0;
        size_t size = BLOCK - skip < length ? BLOCK - skip : length;
        struct buffer *buffer;

        if (places[block - first] == 0) {
            memset(bytes, 0, size);
        } else {
            error = fs_disk_get(disk, places[block - first], &buffer);
            if (error == 0)
                memcpy(bytes, buffer->bytes + skip, size);
        }
        bytes += size;
        length -= size;
    }
    return error;
}

/* What of (length) bytes at (offset) one step moves. */
static size_t part_of(size_t length, int64_t offset)
{
    size_t most = PART * BLOCK - (size_t)offset % BLOCK;

    return length < most ? length : most;
}

int64_t fs_disk_read(struct kr_fs_node *head, void *bytes, size_t length, int64_t offset,
                     int flags)
{
    struct disk *disk = disk_of(head);
    size_t done = 0;
    int error = 0;

    (void)flags;
    while (error == 0 && done < length && offset < head->size) {
        size_t part = part_of(length - done, offset);

        fs_disk_lock(disk);
        if (offset < head->size && (int64_t)part > head->size - offset)
            part = (size_t)(head->size - offset);
        if (offset < head->size)
            error = read_part(node_of(head), (uint8_t *)bytes + done, part, offset);
        fs_disk_unlock(disk);
        done += error == 0 ? part : 0;
        offset += (int64_t)part;
    }
    return error != 0 && done == 0 ? error : (int64_t)done;
}

/* A buffer for the block at *(place) that may be written: with what is there,
 * unless it is (whole) new. */
static int open_block(struct disk *disk, uint64_t *place, bool whole, struct buffer **buffer)
{
    uint64_t old = *place;
    struct buffer *before = NULL;

    if (old != 0 && fs_disk_is_fresh(disk, old)) {
        int error = whole ? fs_disk_new(disk, old, buffer) : fs_disk_get(disk, old, buffer);

        if (error == 0)
            fs_disk_dirty(disk, *buffer);
        return error;
    }
    int error = old != 0 && !whole ? fs_disk_get(disk, old, &before) : 0;
    if (error != 0)
        return error;
    *place = fs_disk_take(disk);
    if (*place == 0)
        return -KR_ENOSPC;
    error = fs_disk_new(disk, *place, buffer);
    if (error == 0 && before != NULL)
        memcpy((*buffer)->bytes, before->bytes, BLOCK);
    if (error == 0 && old != 0)
        fs_disk_release(disk, old);
    return error;
}

/* Writes up to PART blocks; the caller has begun a change. */
int fs_disk_store(struct node *node, const uint8_t *bytes, size_t length, int64_t offset)
{
    struct disk *disk = disk_of(&node->head);
    struct group group = {.valid = false};
    int error = 0;

    for (uint64_t block = (uint64_t)offset / BLOCK; length > 0 && error == 0; block++) {
        size_t skip = (size_t)offset % BLOCK;
        size_t size = BLOCK - skip < length ? BLOCK - skip : length;
        struct buffer *buffer;

        if (block % GROUP == 0)
            error = save(disk, &group);
        if (error == 0)
            error = load(disk, node->head.inode, block / GROUP, &group);
        uint64_t *place = &group.blocks[block % GROUP];
        uint64_t before = *place;
        if (error == 0)
            error = open_block(disk, place, size == BLOCK, &buffer);
        if (error != 0)
            break;
        group.changed |= *place != before;
        memcpy(buffer->bytes + skip, bytes, size);
        bytes += size;
        length -= size;
        offset += (int64_t)size;
    }
    return error == 0 ? save(disk, &group) : error;
}

int64_t fs_disk_write(struct kr_fs_node *head, const void *bytes, size_t length, int64_t offset,
                      int flags)
{
    struct disk *disk = disk_of(head);
    size_t done = 0;
    int error = 0;

    while (error == 0 && done < length) {
        size_t part = part_of(length - done, offset);

        error = fs_disk_begin(disk, part / BLOCK + 2);
        if (error != 0)
            break;
        if ((flags & KR_VFS_APPEND) != 0) {
            offset = head->size;
            part = part_of(length - done, offset);
        }
        if (offset > (INT64_C(1) << 48) - (int64_t)part) {
            fs_disk_unlock(disk);
            error = -KR_EFBIG;
            break;
        }
        error = fs_disk_store(node_of(head), (const uint8_t *)bytes + done, part, offset);
        if (error == 0) {
            fs_disk_touch(node_of(head));
            done += part;
            offset += (int64_t)part;
            if (offset > head->size)
                head->size = offset;
        }
        error = fs_disk_finish(disk, error);
    }
    return error != 0 && done == 0 ? error : (int64_t)done;
}

int fs_disk_cut(struct disk *disk, uint64_t inode, uint64_t first)
{
    struct key key = key_of(inode, KIND_BLOCKS, first / GROUP);

    for (;;) {
        uint64_t blocks[VALUE_MOST / sizeof(uint64_t)];
        bool empty = true;
        size_t length;

        next_step(disk);
        int error = fs_disk_next(disk, &key, blocks, &length);
        if (error == -KR_ENOENT || (error == 0 && (key.inode != inode ||
                                                   key.rest >> 56 != KIND_BLOCKS)))
            return 0;
        if (error != 0 || length != GROUP * sizeof(uint64_t))
            return error != 0 ? error : -KR_EIO;
        uint64_t begin = (key.rest & ((UINT64_C(1) << 56) - 1)) * GROUP;
        for (unsigned i = 0; i < GROUP; i++) {
            if (blocks[i] != 0 && begin + i >= first) {
                fs_disk_release(disk, blocks[i]);
                blocks[i] = 0;
            }
            empty &= blocks[i] == 0;
        }
        error = empty ? fs_disk_remove(disk, key) : fs_disk_put(disk, key, blocks, length);
        if (error != 0)
            return error;
        key.rest++;
    }
}

/* What lies behind the end of a file in its last block is 0. */
static int clear_tail(struct node *node, int64_t size)
{
    struct disk *disk = disk_of(&node->head);
    struct group group = {.valid = false};
    uint64_t block = (uint64_t)size / BLOCK;
    int error = load(disk, node->head.inode, block / GROUP, &group);

    if (error != 0 || size % BLOCK == 0 || group.blocks[block % GROUP] == 0)
        return error;
    return fs_disk_store(node, zeros, BLOCK - (size_t)size % BLOCK, size);
}

int fs_disk_resize(struct kr_fs_node *head, int64_t size)
{
    struct disk *disk = disk_of(head);

    if (size > INT64_C(1) << 48)
        return -KR_EFBIG;
    int error = fs_disk_begin(disk, size > head->size ? 2 : 0);
    if (error != 0)
        return error;
    if (size < head->size) {
        error = clear_tail(node_of(head), size);
        if (error == 0)
            error = fs_disk_cut(disk, head->inode, ((uint64_t)size + BLOCK - 1) / BLOCK);
    }
    if (error == 0) {
        head->size = size;
        fs_disk_touch(node_of(head));
    }
    return fs_disk_finish(disk, error);
}
