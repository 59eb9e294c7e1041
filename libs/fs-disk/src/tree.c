/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The tree (a B+ tree, copied where it is written): a block that the last
 * commit wrote is moved to a free one before it changes, and whatever refers
 * to it changes with it, up to the root. On the way down a block that could
 * become too full is split, so that nothing has to be done on the way up. A
 * block that becomes empty goes; blocks are not joined.
 */
#include <kraft/string.h>

#include "disk.h"

/* Enough for any item, and for one child more. */
#define WANTED (sizeof(struct item) + VALUE_MOST)

/* The block that (child) refers to, checked when it comes from the disk. */
static int load(struct disk *disk, const struct child *child, int level, struct buffer **buffer)
{
    int error = fs_disk_get(disk, child->block, buffer);

    if (error != 0 || (*buffer)->tree)
        return error;
    if (!fs_disk_is_sound(*buffer, child->block, child->generation, level)) {
        fs_disk_drop(disk, child->block);
        return -KR_EIO;
    }
    (*buffer)->tree = true;
    return 0;
}

static struct child root_of(const struct disk *disk)
{
    return (struct child){.block = disk->super.root, .generation = disk->super.root_generation};
}

/* As load, but the block may be changed; *(child) then refers to it. */
static int own(struct disk *disk, struct child *child, int level, struct buffer **buffer)
{
    int error = load(disk, child, level, buffer);

    if (error != 0 || fs_disk_is_fresh(disk, child->block)) {
        if (error == 0)
            fs_disk_dirty(disk, *buffer);
        return error;
    }
    uint64_t block = fs_disk_take(disk);
    if (block == 0)
        return -KR_ENOSPC;
    uint64_t old = child->block;
    fs_disk_move(disk, *buffer, block);
    fs_disk_release(disk, old);
    child->block = block;
    child->generation = disk->super.generation;
    fs_disk_header(*buffer)->block = block;
    fs_disk_header(*buffer)->generation = child->generation;
    return 0;
}

static int own_root(struct disk *disk, struct buffer **buffer)
{
    struct child root = root_of(disk);
    int error = own(disk, &root, -1, buffer);

    disk->super.root = root.block;
    disk->super.root_generation = root.generation;
    return error;
}

static int make(struct disk *disk, unsigned level, struct child *child, struct buffer **buffer)
{
    uint64_t block = fs_disk_take(disk);

    if (block == 0)
        return -KR_ENOSPC;
    int error = fs_disk_new(disk, block, buffer);
    if (error != 0)
        return error;
    (*buffer)->tree = true;
    *fs_disk_header(*buffer) = (struct node_header){.magic = NODE_MAGIC,
                                                    .level = (uint16_t)level,
                                                    .block = block,
                                                    .generation = disk->super.generation,
                                                    .data = BLOCK};
    child->block = block;
    child->generation = disk->super.generation;
    return 0;
}

int fs_disk_make_root(struct disk *disk)
{
    struct child child = {0};
    struct buffer *root;
    int error = make(disk, 0, &child, &root);

    disk->super.root = child.block;
    disk->super.root_generation = child.generation;
    return error;
}

/* The first item, or child, that goes to the right when (buffer) is split. */
static unsigned middle_of(struct buffer *buffer)
{
    const struct node_header *header = fs_disk_header(buffer);
    size_t half = 0;
    unsigned at = 0;

    if (header->level > 0)
        return header->count / 2u;
    while (at + 1 < header->count && half < (BLOCK - ITEMS_AT) / 2)
        half += sizeof(struct item) + ((fs_disk_items(buffer)[at++].length + 7) & ~7u);
    return at;
}

/* Moves the upper part of (from), child (at) of (above), to a new child. */
static int split(struct disk *disk, struct buffer *above, unsigned at, struct buffer *from)
{
    unsigned middle = middle_of(from);
    unsigned level = fs_disk_header(from)->level;
    struct child child;
    struct buffer *to;
    int error = make(disk, level, &child, &to);

    if (error != 0)
        return error;
    child.key = level > 0 ? fs_disk_children(from)[middle].key : fs_disk_items(from)[middle].key;
    for (unsigned i = 0; fs_disk_header(from)->count > middle; i++) {
        if (level > 0) {
            fs_disk_insert_child(to, i, &fs_disk_children(from)[middle]);
            fs_disk_remove_child(from, middle);
        } else {
            const struct item item = fs_disk_items(from)[middle];

            fs_disk_insert_item(to, i, item.key, from->bytes + item.at, item.length);
            fs_disk_remove_item(from, middle);
        }
    }
    fs_disk_insert_child(above, at + 1, &child);
    return 0;
}

static bool is_full(struct buffer *buffer)
{
    return fs_disk_room(buffer) < (fs_disk_header(buffer)->level > 0 ? sizeof(struct child) : WANTED);
}

/* A root with (root) as its only child. */
static int grow(struct disk *disk, struct buffer **root)
{
    struct child old = root_of(disk);
    struct child child = {0};
    struct buffer *above;
    int error = fs_disk_header(*root)->level + 1u == LEVELS
                    ? -KR_ENOSPC
                    : make(disk, fs_disk_header(*root)->level + 1u, &child, &above);

    if (error != 0)
        return error;
    fs_disk_insert_child(above, 0, &old);
    disk->super.root = child.block;
    disk->super.root_generation = child.generation;
    *root = above;
    return 0;
}

/* The leaf for (key), which may be changed, and has room. */
static int descend_to_put(struct disk *disk, struct key key, struct buffer **leaf)
{
    struct buffer *at;
    int error = own_root(disk, &at);

    if (error == 0 && is_full(at))
        error = grow(disk, &at);
    while (error == 0 && fs_disk_header(at)->level > 0) {
        bool exact;
        unsigned index = fs_disk_position(at, key, &exact);
        struct buffer *below;

        error = own(disk, &fs_disk_children(at)[index], fs_disk_header(at)->level - 1, &below);
        if (error == 0 && is_full(below)) {
            error = split(disk, at, index, below);
            continue; /* the key may belong to the new one */
        }
        at = below;
    }
    *leaf = at;
    return error;
}

int fs_disk_put(struct disk *disk, struct key key, const void *value, size_t length)
{
    struct buffer *leaf;
    bool exact;
    int error = descend_to_put(disk, key, &leaf);

    if (error != 0)
        return error;
    unsigned index = fs_disk_position(leaf, key, &exact);
    if (exact && fs_disk_items(leaf)[index].length == length) {
        memcpy(leaf->bytes + fs_disk_items(leaf)[index].at, value, length);
        return 0;
    }
    if (exact)
        fs_disk_remove_item(leaf, index);
    fs_disk_insert_item(leaf, index, key, value, length);
    return 0;
}

/* A root with one child gives its place to it. */
static int shrink(struct disk *disk)
{
    struct buffer *root;

    for (;;) {
        int error = own_root(disk, &root);

        if (error != 0 || fs_disk_header(root)->level == 0 || fs_disk_header(root)->count > 1)
            return error;
        struct child only = fs_disk_children(root)[0];
        fs_disk_release(disk, disk->super.root);
        disk->super.root = only.block;
        disk->super.root_generation = only.generation;
    }
}

int fs_disk_remove(struct disk *disk, struct key key)
{
    struct buffer *path[LEVELS];
    unsigned indices[LEVELS];
    unsigned depth = 0;
    bool exact;
    int error = own_root(disk, &path[0]);

    while (error == 0 && fs_disk_header(path[depth])->level > 0) {
        struct buffer *at = path[depth];

        indices[depth] = fs_disk_position(at, key, &exact);
        error = own(disk, &fs_disk_children(at)[indices[depth]], fs_disk_header(at)->level - 1,
                    &path[depth + 1]);
        depth++;
    }
    if (error != 0)
        return error;
    unsigned index = fs_disk_position(path[depth], key, &exact);
    if (!exact)
        return -KR_ENOENT;
    fs_disk_remove_item(path[depth], index);
    while (depth > 0 && fs_disk_header(path[depth])->count == 0) {
        depth--;
        fs_disk_release(disk, fs_disk_children(path[depth])[indices[depth]].block);
        fs_disk_remove_child(path[depth], indices[depth]);
    }
    return shrink(disk);
}

/* The first item not before *(key): in the leaf for it, or else the first of
 * the next leaf, whose least key the way down has seen. */
static int seek(struct disk *disk, struct key key, struct buffer **leaf, unsigned *index)
{
    for (;;) {
        struct child child = root_of(disk);
        struct key next;
        bool more = false;
        bool exact;
        int error = load(disk, &child, -1, leaf);

        while (error == 0 && fs_disk_header(*leaf)->level > 0) {
            unsigned at = fs_disk_position(*leaf, key, &exact);
            int level = fs_disk_header(*leaf)->level - 1;

            if (at + 1u < fs_disk_header(*leaf)->count) {
                next = fs_disk_children(*leaf)[at + 1].key;
                more = true;
            }
            child = fs_disk_children(*leaf)[at];
            error = load(disk, &child, level, leaf);
        }
        if (error != 0)
            return error;
        *index = fs_disk_position(*leaf, key, &exact);
        if (*index < fs_disk_header(*leaf)->count)
            return 0;
        if (!more)
            return -KR_ENOENT;
        key = next;
    }
}

int fs_disk_next(struct disk *disk, struct key *key, void *value, size_t *length)
{
    struct buffer *leaf;
    unsigned index;
    int error = seek(disk, *key, &leaf, &index);

    if (error != 0)
        return error;
    const struct item *item = &fs_disk_items(leaf)[index];
    *key = item->key;
    *length = item->length;
    memcpy(value, leaf->bytes + item->at, item->length);
    return 0;
}

int fs_disk_find(struct disk *disk, struct key key, void *value, size_t room, size_t *length)
{
    struct buffer *leaf;
    unsigned index;
    int error = seek(disk, key, &leaf, &index);

    if (error != 0)
        return error;
    const struct item *item = &fs_disk_items(leaf)[index];
    if (fs_disk_compare(item->key, key) != 0)
        return -KR_ENOENT;
    if (item->length > room)
        return -KR_EIO;
    *length = item->length;
    memcpy(value, leaf->bytes + item->at, item->length);
    return 0;
}
