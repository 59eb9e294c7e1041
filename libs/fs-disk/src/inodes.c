/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Inodes: those that somebody refers to, or that have changed, in memory. A
 * changed one is put into the tree before the next commit, or before it goes
 * out of memory.
 */
#include <kraft/alloc.h>
#include <kraft/clock.h>
#include <kraft/string.h>

#include "disk.h"

static struct node **place_of(struct disk *disk, uint64_t inode)
{
    return &disk->nodes[inode % BUCKETS];
}

static struct node *find(struct disk *disk, uint64_t inode)
{
    struct node *node = *place_of(disk, inode);

    while (node != NULL && node->head.inode != inode)
        node = node->next;
    return node;
}

static void insert(struct disk *disk, struct node *node, struct node *parent)
{
    struct node **place = place_of(disk, node->head.inode);

    node->next = *place;
    *place = node;
    if ((node->head.mode & KR_VFS_KIND) != KR_VFS_DIRECTORIES)
        return;
    node->parent = parent == NULL ? node : parent;
    node->parent->inside++;
}

static struct kr_vfs_time time_of(struct moment moment)
{
    return (struct kr_vfs_time){moment.seconds, moment.nanoseconds};
}

static struct moment moment_of(struct kr_vfs_time time)
{
    return (struct moment){time.seconds, time.nanoseconds};
}

int fs_disk_node(struct disk *disk, uint64_t inode, struct node *parent, struct node **node)
{
    struct inode facts;
    size_t length;

    *node = find(disk, inode);
    if (*node != NULL)
        return 0;
    int error = fs_disk_find(disk, key_of(inode, KIND_INODE, 0), &facts, sizeof(facts), &length);
    if (error != 0 || length != sizeof(facts) || facts.size < 0)
        return error == -KR_ENOENT || error == 0 ? -KR_EIO : error;
    *node = kr_alloc_allocate(sizeof(**node));
    if (*node == NULL)
        return -KR_ENOMEM;
    **node = (struct node){.head = {.mount = disk->mount,
                                    .inode = inode,
                                    .special = facts.special,
                                    .size = facts.size,
                                    .mode = facts.mode,
                                    .user = facts.user,
                                    .group = facts.group,
                                    .links = facts.links},
                           .accessed = time_of(facts.accessed),
                           .modified = time_of(facts.modified),
                           .changed = time_of(facts.changed)};
    insert(disk, *node, parent);
    return 0;
}

static struct kr_vfs_time now(void)
{
    uint64_t clock = kr_clock_wall();

    return (struct kr_vfs_time){(int64_t)(clock / KR_CLOCK_SECOND),
                                (int64_t)(clock % KR_CLOCK_SECOND)};
}

void fs_disk_note(struct node *node)
{
    struct disk *disk = disk_of(&node->head);

    node->changed = now();
    if (node->dirty)
        return;
    node->dirty = true;
    node->next_changed = disk->first_changed;
    disk->first_changed = node;
    disk->changed_count++;
}

void fs_disk_touch(struct node *node)
{
    fs_disk_note(node);
    node->modified = node->changed;
}

struct node *fs_disk_new_node(struct disk *disk, const struct kr_fs_attributes *attributes,
                              struct node *parent)
{
    struct node *node = kr_alloc_allocate(sizeof(*node));

    if (node == NULL)
        return NULL;
    *node = (struct node){.head = {.mount = disk->mount,
                                   .inode = disk->super.next_inode++,
                                   .mode = attributes->mode,
                                   .user = attributes->user,
                                   .group = attributes->group}};
    insert(disk, node, parent);
    fs_disk_touch(node);
    node->accessed = node->changed;
    return node;
}

static int write_inode(struct disk *disk, const struct node *node)
{
    const struct inode facts = {.mode = node->head.mode,
                                .user = node->head.user,
                                .group = node->head.group,
                                .links = node->head.links,
                                .size = node->head.size,
                                .special = node->head.special,
                                .accessed = moment_of(node->accessed),
                                .modified = moment_of(node->modified),
                                .changed = moment_of(node->changed)};

    next_step(disk);
    return fs_disk_put(disk, key_of(node->head.inode, KIND_INODE, 0), &facts, sizeof(facts));
}

int fs_disk_write_inodes(struct disk *disk)
{
    while (disk->first_changed != NULL) {
        struct node *node = disk->first_changed;
        int error = write_inode(disk, node);

        if (error != 0) {
            disk->failed = true;
            return error;
        }
        node->dirty = false;
        disk->first_changed = node->next_changed;
        disk->changed_count--;
    }
    return 0;
}

static void take_out(struct disk *disk, struct node *node)
{
    struct node **place = place_of(disk, node->head.inode);
    struct node **change = &disk->first_changed;

    while (*place != node)
        place = &(*place)->next;
    *place = node->next;
    while (node->dirty && *change != node)
        change = &(*change)->next_changed;
    if (node->dirty) {
        *change = node->next_changed;
        disk->changed_count--;
    }
}

int fs_disk_erase(struct disk *disk, uint64_t inode)
{
    int error = fs_disk_cut(disk, inode, 0);

    if (error == 0)
        error = fs_disk_remove(disk, key_of(inode, KIND_INODE, 0));
    if (error == 0 || error == -KR_ENOENT)
        error = fs_disk_remove(disk, key_of(0, KIND_ORPHAN, inode));
    return error == -KR_ENOENT ? 0 : error;
}

/* What the tree has to know before (node) goes out of memory. */
static int settle(struct disk *disk, const struct node *node)
{
    if (disk->failed || disk->mount->read_only)
        return 0;
    if (node->head.links == 0)
        return fs_disk_erase(disk, node->head.inode);
    return node->dirty ? write_inode(disk, node) : 0;
}

void fs_disk_let_go(struct node *node)
{
    struct disk *disk = disk_of(&node->head);

    if (node->going)
        return; /* whoever waits for the lock does it */
    node->going = true;
    fs_disk_lock(disk);
    node->going = false;
    bool commits = false;
    while (node->head.references == 0 && node->inside == 0) {
        struct node *parent = node->parent;

        commits |= node->dirty || node->head.links == 0;
        if (settle(disk, node) != 0)
            disk->failed = true;
        take_out(disk, node);
        kr_alloc_free(node);
        if (parent == NULL)
            break;
        parent->inside--;
        if (parent->going)
            break;
        node = parent;
    }
    if (commits && OPT_COMMIT_ON_CLOSE && !disk->mount->read_only)
        fs_disk_commit(disk); /* whoever wants to know syncs */
    fs_disk_unlock(disk);
}
