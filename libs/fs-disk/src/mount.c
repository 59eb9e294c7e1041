/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Finding the disk and its superblock, and coming to what the last commit
 * left. A disk of zeros is an empty file system that has not been written.
 */
#include <kraft/alloc.h>
#include <kraft/string.h>

#include "disk.h"

static bool is_same(const char *one, const char *other)
{
    while (*one != '\0' && *one == *other)
        one++, other++;
    return *one == *other;
}

/* By its identity, or by its number among all disks. */
static bool find_device(struct disk *disk, const char *source)
{
    char number[2] = "0";

    for (size_t i = 0; i < kr_blkdev_driver_count; i++) {
        disk->driver = kr_blkdev_drivers[i];
        for (disk->index = 0; disk->index < disk->driver->count(); disk->index++) {
            disk->driver->facts(disk->index, &disk->facts);
            if (is_same(disk->facts.identity, source) || is_same(number, source))
                return true;
            number[0]++;
        }
    }
    return false;
}

static bool is_zero(const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (bytes[i] != 0)
            return false;
    return true;
}

/* Whether (bytes) are a superblock, which (super) then is. */
static bool is_superblock(const uint8_t *bytes, struct superblock *super)
{
    struct superblock copy;

    memcpy(&copy, bytes, sizeof(copy));
    *super = copy;
    copy.checksum = 0;
    return memcmp(copy.magic, MAGIC, 8) == 0 &&
           fs_disk_sum(&copy, sizeof(copy)) == super->checksum;
}

static uint64_t blocks_of(const struct disk *disk)
{
    return disk->facts.sectors / (BLOCK / disk->facts.sector_size);
}

/* The newest superblock, or one for an empty disk, whose root is 0. */
static int find_superblock(struct disk *disk)
{
    uint8_t *bytes = disk->memory + (size_t)BUFFERS * BLOCK;
    uint32_t count = BLOCK / disk->facts.sector_size;
    bool empty = true;

    if (blocks_of(disk) < LEAST_BLOCKS)
        return -KR_ENOSPC;
    for (unsigned i = 0; i < FIRST_BLOCK; i++) {
        struct superblock found;
        int error = fs_disk_do(disk, KR_BLKDEV_READ, i * count, count, bytes);

        if (error != 0)
            return error;
        empty &= is_zero(bytes, BLOCK);
        if (is_superblock(bytes, &found) && found.generation % 2 == i &&
            found.generation > disk->super.generation)
            disk->super = found;
    }
    if (disk->super.generation > 0)
        return disk->super.blocks > blocks_of(disk) ? -KR_EIO : 0;
    if (!empty)
        return -KR_EINVAL;
    memcpy(disk->super.magic, MAGIC, 8);
    disk->super.blocks = blocks_of(disk);
    disk->super.next_inode = ROOT_INODE;
    return 0;
}

static int make_empty(struct disk *disk)
{
    static const struct kr_fs_attributes attributes = {.mode = KR_VFS_DIRECTORIES | 0755};
    int error = fs_disk_make_root(disk);
    struct node *root = error == 0 ? fs_disk_new_node(disk, &attributes, NULL) : NULL;

    if (root == NULL)
        return error == 0 ? -KR_ENOMEM : error;
    root->head.links = 2;
    return fs_disk_write_inodes(disk);
}

/* Files that lost their last name while they were open. */
static int erase_orphans(struct disk *disk)
{
    for (;;) {
        struct key key = key_of(0, KIND_ORPHAN, 0);
        uint8_t value[VALUE_MOST];
        size_t length;
        int error = fs_disk_next(disk, &key, value, &length);

        if (error == -KR_ENOENT || key.inode != 0)
            return 0;
        if (error == 0)
            error = fs_disk_erase(disk, key.rest & ((UINT64_C(1) << 56) - 1));
        if (error != 0)
            return error;
        next_step(disk);
    }
}

static int read_disk(struct disk *disk)
{
    int error = find_superblock(disk);

    if (error != 0)
        return error;
    if (!fs_disk_space_start(disk))
        return -KR_ENOMEM;
    bool empty = disk->super.root == 0;
    if (!empty)
        error = fs_disk_scan(disk);
    disk->super.generation++;
    if (error == 0 && empty)
        error = make_empty(disk);
    if (error == 0 && !disk->mount->read_only)
        error = erase_orphans(disk);
    struct node *root;
    if (error == 0)
        error = fs_disk_node(disk, ROOT_INODE, NULL, &root);
    if (error == 0 && root->parent == NULL)
        error = -KR_EIO; /* the root is no folder */
    if (error == 0)
        disk->mount->root = &root->head;
    return error;
}

static void end(struct disk *disk)
{
    for (unsigned i = 0; i < BUCKETS; i++)
        while (disk->nodes[i] != NULL) {
            struct node *node = disk->nodes[i];

            disk->nodes[i] = node->next;
            kr_alloc_free(node);
        }
    fs_disk_cache_end(disk);
    fs_disk_space_end(disk);
    kr_alloc_free(disk);
}

int fs_disk_mount(struct kr_fs_mount *mount)
{
    struct disk *disk = kr_alloc_allocate(sizeof(*disk));

    if (disk == NULL)
        return -KR_ENOMEM;
    memset(disk, 0, sizeof(*disk));
    disk->mount = mount;
    mount->state = disk;
    if (!find_device(disk, mount->source == NULL ? "0" : mount->source)) {
        kr_alloc_free(disk);
        return -KR_ENODEV;
    }
    mount->read_only |= disk->facts.read_only;
    int error = fs_disk_cache_start(disk) ? read_disk(disk) : -KR_ENOMEM;
    if (error != 0)
        end(disk);
    return error;
}

void fs_disk_unmount(struct kr_fs_mount *mount)
{
    struct disk *disk = mount->state;

    fs_disk_lock(disk);
    if (!mount->read_only)
        fs_disk_commit(disk); /* whoever wanted to know has synced */
    end(disk);
}
