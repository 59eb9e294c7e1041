/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Blocks of the tree. A leaf has items from its beginning and their values
 * from its end, without gaps; a block above has children.
 */
#include <kraft/string.h>

#include "disk.h"

struct node_header *fs_disk_header(struct buffer *buffer)
{
    return (struct node_header *)(void *)buffer->bytes;
}

struct child *fs_disk_children(struct buffer *buffer)
{
    return (struct child *)(void *)(buffer->bytes + ITEMS_AT);
}

struct item *fs_disk_items(struct buffer *buffer)
{
    return (struct item *)(void *)(buffer->bytes + ITEMS_AT);
}

int fs_disk_compare(struct key one, struct key other)
{
    if (one.inode != other.inode)
        return one.inode < other.inode ? -1 : 1;
    if (one.rest != other.rest)
        return one.rest < other.rest ? -1 : 1;
    return 0;
}

static struct key key_at(struct buffer *buffer, unsigned index)
{
    return fs_disk_header(buffer)->level == 0 ? fs_disk_items(buffer)[index].key
                                              : fs_disk_children(buffer)[index].key;
}

/* In a leaf: the first item not before (key). Above: the child that (key)
 * belongs to. */
unsigned fs_disk_position(struct buffer *buffer, struct key key, bool *exact)
{
    unsigned low = 0;
    unsigned high = fs_disk_header(buffer)->count;

    while (low < high) {
        unsigned middle = (low + high) / 2;

        if (fs_disk_compare(key_at(buffer, middle), key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *exact = low < fs_disk_header(buffer)->count &&
             fs_disk_compare(key_at(buffer, low), key) == 0;
    if (fs_disk_header(buffer)->level == 0 || *exact)
        return low;
    return low == 0 ? 0 : low - 1;
}

size_t fs_disk_room(struct buffer *buffer)
{
    const struct node_header *header = fs_disk_header(buffer);

    if (header->level > 0)
        return (CHILDREN - header->count) * sizeof(struct child);
    return header->data - ITEMS_AT - header->count * sizeof(struct item);
}

void fs_disk_insert_item(struct buffer *leaf, unsigned at, struct key key, const void *value,
                         size_t length)
{
    struct node_header *header = fs_disk_header(leaf);
    struct item *items = fs_disk_items(leaf);

    header->data -= (uint32_t)((length + 7) & ~(size_t)7);
    memmove(items + at + 1, items + at, (header->count - at) * sizeof(*items));
    items[at] = (struct item){key, header->data, (uint32_t)length};
    memset(leaf->bytes + header->data, 0, (length + 7) & ~(size_t)7);
    memcpy(leaf->bytes + header->data, value, length);
    header->count++;
}

void fs_disk_remove_item(struct buffer *leaf, unsigned at)
{
    struct node_header *header = fs_disk_header(leaf);
    struct item *items = fs_disk_items(leaf);
    uint32_t begin = items[at].at;
    uint32_t length = (items[at].length + 7) & ~7u;

    memmove(leaf->bytes + header->data + length, leaf->bytes + header->data,
            begin - header->data);
    header->data += length;
    header->count--;
    memmove(items + at, items + at + 1, (header->count - at) * sizeof(*items));
    for (unsigned i = 0; i < header->count; i++)
        if (items[i].at < begin)
            items[i].at += length;
}

void fs_disk_insert_child(struct buffer *inner, unsigned at, const struct child *child)
{
    struct node_header *header = fs_disk_header(inner);
    struct child *children = fs_disk_children(inner);

    memmove(children + at + 1, children + at, (header->count - at) * sizeof(*children));
    children[at] = *child;
    header->count++;
}

void fs_disk_remove_child(struct buffer *inner, unsigned at)
{
    struct node_header *header = fs_disk_header(inner);
    struct child *children = fs_disk_children(inner);

    header->count--;
    memmove(children + at, children + at + 1, (header->count - at) * sizeof(*children));
}

static bool has_sound_items(struct buffer *buffer)
{
    const struct node_header *header = fs_disk_header(buffer);
    const struct item *items = fs_disk_items(buffer);
    uint64_t sum = 0;

    if (header->count > (BLOCK - ITEMS_AT) / sizeof(struct item) || header->data > BLOCK ||
        header->data < ITEMS_AT + header->count * sizeof(struct item))
        return false;
    for (unsigned i = 0; i < header->count; i++) {
        if (items[i].at < header->data || items[i].at % 8 != 0 || items[i].length > VALUE_MOST ||
            items[i].at + items[i].length > BLOCK)
            return false;
        sum += (items[i].length + 7) & ~7u;
    }
    return sum == BLOCK - header->data;
}

/* Whether (buffer) holds what the reference to it says. */
bool fs_disk_is_sound(struct buffer *buffer, uint64_t block, uint64_t generation, int level)
{
    struct node_header *header = fs_disk_header(buffer);
    uint64_t checksum = header->checksum;

    header->checksum = 0;
    bool sound = fs_disk_sum(buffer->bytes, BLOCK) == checksum;
    header->checksum = checksum;
    if (!sound || header->magic != NODE_MAGIC || header->block != block ||
        header->generation != generation || header->level >= LEVELS ||
        (level >= 0 && header->level != level))
        return false;
    if (header->level > 0 ? header->count == 0 || header->count > CHILDREN
                          : !has_sound_items(buffer))
        return false;
    for (unsigned i = header->level > 0 ? 2 : 1; i < header->count; i++)
        if (fs_disk_compare(key_at(buffer, i - 1), key_at(buffer, i)) >= 0)
            return false;
    return true;
}
