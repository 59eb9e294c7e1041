/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Entries of folders: found by a hash of the name, in one way down the tree,
 * and listed in the order of the hashes, which is the same whatever else
 * comes and goes. Names of one hash share an item.
 */
#include <kraft/string.h>

#include "disk.h"

#define HASH_BITS 48u

struct list {
    size_t length;
    _Alignas(8) uint8_t bytes[VALUE_MOST];
};

/* FNV-1a, folded. */
static uint64_t hash_of(struct kr_fs_name name)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < name.length; i++)
        hash = (hash ^ (uint8_t)name.text[i]) * UINT64_C(0x100000001b3);
    return (hash ^ hash >> HASH_BITS) & ((UINT64_C(1) << HASH_BITS) - 1);
}

static size_t size_of(size_t name_length)
{
    return (ENTRY_HEAD + name_length + 3) & ~(size_t)3;
}

/* Reads the entry at (at); moves on. False at the end, or where it is
 * damaged. */
static bool entry_at(const uint8_t *bytes, size_t length, size_t *at, struct entry *head,
                     struct kr_fs_name *name)
{
    if (*at + ENTRY_HEAD > length)
        return false;
    memcpy(head, bytes + *at, ENTRY_HEAD);
    *name = (struct kr_fs_name){(const char *)bytes + *at + ENTRY_HEAD, head->length};
    *at += size_of(head->length);
    return head->length > 0 && head->length <= KR_VFS_NAME && *at <= length;
}

/* Where (name) is in (list); its length where it is not. */
static size_t place_of(const struct list *list, struct kr_fs_name name, uint64_t *inode)
{
    struct kr_fs_name other;
    struct entry head;
    size_t at = 0;

    for (;;) {
        size_t begin = at;

        if (!entry_at(list->bytes, list->length, &at, &head, &other))
            return list->length;
        if (other.length == name.length && memcmp(other.text, name.text, name.length) == 0) {
            *inode = head.inode;
            return begin;
        }
    }
}

static int find(struct disk *disk, struct key key, struct list *list)
{
    list->length = 0;
    int error = fs_disk_find(disk, key, list->bytes, sizeof(list->bytes), &list->length);
    return error == -KR_ENOENT ? 0 : error;
}

int fs_disk_entry(struct disk *disk, uint64_t folder, struct kr_fs_name name, uint64_t *inode)
{
    struct list list;
    int error = find(disk, key_of(folder, KIND_ENTRY, hash_of(name)), &list);

    if (error != 0)
        return error;
    return place_of(&list, name, inode) < list.length ? 0 : -KR_ENOENT;
}

static void cut(struct list *list, size_t begin)
{
    struct entry head;

    memcpy(&head, list->bytes + begin, ENTRY_HEAD);
    size_t size = size_of(head.length);
    memmove(list->bytes + begin, list->bytes + begin + size, list->length - begin - size);
    list->length -= size;
}

/* In the place of the one of that name, where there is one. */
int fs_disk_add_entry(struct disk *disk, uint64_t folder, struct kr_fs_name name,
                      const struct node *node)
{
    const struct entry head = {node->head.inode, (uint16_t)((node->head.mode & KR_VFS_KIND) >> 12),
                               (uint16_t)name.length};
    struct key key = key_of(folder, KIND_ENTRY, hash_of(name));
    struct list list;
    uint64_t other;
    int error = find(disk, key, &list);

    if (error != 0)
        return error;
    size_t begin = place_of(&list, name, &other);
    if (begin < list.length)
        cut(&list, begin);
    size_t size = size_of(name.length);
    if (list.length + size > VALUE_MOST)
        return -KR_EMLINK; /* four long names of one hash */
    memset(list.bytes + list.length, 0, size);
    memcpy(list.bytes + list.length, &head, ENTRY_HEAD);
    memcpy(list.bytes + list.length + ENTRY_HEAD, name.text, name.length);
    return fs_disk_put(disk, key, list.bytes, list.length + size);
}

int fs_disk_remove_entry(struct disk *disk, uint64_t folder, struct kr_fs_name name)
{
    struct key key = key_of(folder, KIND_ENTRY, hash_of(name));
    struct list list;
    uint64_t inode;
    int error = find(disk, key, &list);

    if (error != 0)
        return error;
    size_t begin = place_of(&list, name, &inode);
    if (begin == list.length)
        return -KR_EIO;
    cut(&list, begin);
    return list.length == 0 ? fs_disk_remove(disk, key)
                            : fs_disk_put(disk, key, list.bytes, list.length);
}

/* (position): hash << 8 | number of those of that hash already shown. */
int fs_disk_list_entry(struct disk *disk, uint64_t folder, uint64_t *position,
                       struct kr_fs_entry *entry)
{
    struct key key = key_of(folder, KIND_ENTRY, *position >> 8);
    unsigned skip = (unsigned)(*position & 0xff);

    for (;;) {
        struct key found = key;
        struct entry head;
        size_t at = 0;
        size_t length;
        unsigned number = 0;
        int error = fs_disk_next(disk, &found, disk->listed, &length);

        if (error == -KR_ENOENT || (error == 0 && (found.inode != folder ||
                                                   found.rest >> 56 != KIND_ENTRY)))
            return 0;
        if (error != 0)
            return error;
        if (fs_disk_compare(found, key) != 0)
            skip = 0;
        while (entry_at(disk->listed, length, &at, &head, &entry->name)) {
            if (number++ < skip)
                continue;
            entry->inode = head.inode;
            entry->mode = (uint32_t)head.kind << 12;
            *position = (found.rest & ((UINT64_C(1) << HASH_BITS) - 1)) << 8 | number;
            return 1;
        }
        key = found;
        key.rest++;
    }
}

int fs_disk_is_empty(struct disk *disk, uint64_t folder)
{
    struct kr_fs_entry entry;
    uint64_t position = 0;
    int found = fs_disk_list_entry(disk, folder, &position, &entry);

    return found < 0 ? found : found == 0;
}
