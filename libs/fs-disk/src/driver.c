/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A disk as a file system: see docs/disk-format.md. Every call that changes
 * something is one change of the tree in memory; sync makes all changes until
 * then what the disk holds. One call at a time: others wait. After a change
 * that failed in the middle nothing is written any more.
 */
#include <kraft/alloc.h>
#include <kraft/string.h>

#include "disk.h"

static bool is_folder(const struct kr_fs_node *head)
{
    return (head->mode & KR_VFS_KIND) == KR_VFS_DIRECTORIES;
}

static int disk_lookup(struct kr_fs_node *folder, struct kr_fs_name name,
                       struct kr_fs_node **found)
{
    struct disk *disk = disk_of(folder);
    struct node *node;
    uint64_t inode;

    if (name.length == 2 && name.text[0] == '.' && name.text[1] == '.') {
        *found = &node_of(folder)->parent->head;
        return 0;
    }
    fs_disk_lock(disk);
    int error = fs_disk_entry(disk, folder->inode, name, &inode);
    if (error == 0)
        error = fs_disk_node(disk, inode, node_of(folder), &node);
    if (error == 0)
        *found = &node->head;
    fs_disk_unlock(disk);
    return error;
}

static int disk_list(struct kr_fs_node *folder, uint64_t *position, struct kr_fs_entry *entry)
{
    struct disk *disk = disk_of(folder);

    fs_disk_lock(disk);
    int found = fs_disk_list_entry(disk, folder->inode, position, entry);
    fs_disk_unlock(disk);
    return found;
}

static int64_t disk_read_link(struct kr_fs_node *link, char *target, size_t size)
{
    return fs_disk_read(link, target, size, 0, 0);
}

static void disk_stat(struct kr_fs_node *head, struct kr_vfs_stat *stat)
{
    const struct node *node = node_of(head);

    stat->accessed = node->accessed;
    stat->modified = node->modified;
    stat->changed = node->changed;
    stat->block_size = BLOCK;
}

static void disk_figures(struct kr_fs_mount *mount, struct kr_vfs_figures *figures)
{
    const struct disk *disk = mount->state;
    uint64_t reserve = fs_disk_reserve(disk);
    uint64_t free = disk->free + disk->freeing;

    figures->type = 0x6b726673; /* "krfs" */
    figures->block_size = figures->fragment_size = BLOCK;
    figures->blocks = disk->super.blocks;
    figures->free = free;
    figures->available = free > reserve ? free - reserve : 0;
    figures->files = disk->super.blocks * 8;
    figures->free_files = figures->available * 8;
}

static void disk_forget(struct kr_fs_node *head)
{
    const struct node *node = node_of(head);

    /* Folders are in the paths of others, and few: one that has not changed
     * goes with the last that lies in it. */
    if (node->inside == 0)
        fs_disk_let_go(node_of(head));
}

static int disk_change(struct kr_fs_node *head, unsigned which,
                       const struct kr_fs_attributes *attributes)
{
    struct node *node = node_of(head);
    int error = fs_disk_begin(disk_of(head), 0);

    if (error != 0)
        return error;
    if ((which & KR_FS_MODE) != 0)
        head->mode = (head->mode & KR_VFS_KIND) | (attributes->mode & ~KR_VFS_KIND);
    if ((which & KR_FS_OWNER) != 0) {
        head->user = attributes->user;
        head->group = attributes->group;
    }
    if ((which & KR_FS_ACCESSED) != 0)
        node->accessed = attributes->accessed;
    if ((which & KR_FS_MODIFIED) != 0)
        node->modified = attributes->modified;
    fs_disk_note(node);
    return fs_disk_finish(disk_of(head), 0);
}

static int disk_sync(struct kr_fs_node *head)
{
    struct disk *disk = disk_of(head);

    if (head->mount->read_only)
        return 0;
    fs_disk_lock(disk);
    int error = fs_disk_commit(disk);
    fs_disk_unlock(disk);
    return error;
}

/* (node) has become an entry of (folder). */
static void settle(struct node *folder, struct node *node)
{
    if (is_folder(&node->head)) {
        if (node->parent != NULL)
            node->parent->inside--;
        node->parent = folder;
        folder->inside++;
        folder->head.links++;
    }
    fs_disk_touch(folder);
}

static int disk_make(struct kr_fs_node *folder, struct kr_fs_name name,
                     const struct kr_fs_attributes *attributes, struct kr_fs_name target,
                     struct kr_fs_node **made)
{
    struct disk *disk = disk_of(folder);
    uint64_t inode;
    int error = fs_disk_begin(disk, 4);

    if (error != 0)
        return error;
    struct node *node = NULL;
    if (fs_disk_entry(disk, folder->inode, name, &inode) == 0)
        error = -KR_EEXIST; /* another thread was faster */
    else if ((node = fs_disk_new_node(disk, attributes, node_of(folder))) == NULL)
        error = -KR_ENOMEM;
    if (error != 0) {
        fs_disk_unlock(disk);
        return error;
    }
    node->head.references++; /* it stays until it is handed out */
    if (target.length > 0) {
        error = fs_disk_store(node, (const uint8_t *)target.text, target.length, 0);
        node->head.size = (int64_t)target.length;
    }
    next_step(disk);
    if (error == 0)
        error = fs_disk_add_entry(disk, folder->inode, name, node);
    node->head.links = is_folder(&node->head) ? 2 : 1;
    if (error == 0)
        settle(node_of(folder), node);
    node->head.references--;
    *made = &node->head;
    return fs_disk_finish(disk, error);
}

static int disk_link(struct kr_fs_node *folder, struct kr_fs_name name, struct kr_fs_node *node)
{
    struct disk *disk = disk_of(folder);

    if (node->links == UINT32_MAX)
        return -KR_EMLINK;
    int error = fs_disk_begin(disk, 2);
    if (error != 0)
        return error;
    error = fs_disk_add_entry(disk, folder->inode, name, node_of(node));
    if (error == 0) {
        node->links++;
        fs_disk_note(node_of(node));
        fs_disk_touch(node_of(folder));
    }
    return fs_disk_finish(disk, error);
}

/* A name of (node), in (folder), is gone. One without names is remembered, in
 * case that nobody can let go of it. */
static int leave(struct disk *disk, struct node *folder, struct node *node)
{
    static const uint8_t nothing[8];

    fs_disk_touch(folder);
    fs_disk_note(node);
    if (is_folder(&node->head)) {
        folder->head.links--;
        node->head.links = 0;
    } else {
        node->head.links--;
    }
    if (node->head.links > 0)
        return 0;
    next_step(disk);
    return fs_disk_put(disk, key_of(0, KIND_ORPHAN, node->head.inode), nothing, sizeof(nothing));
}

static int check_empty(struct disk *disk, const struct kr_fs_node *folder)
{
    int empty = is_folder(folder) ? fs_disk_is_empty(disk, folder->inode) : 1;

    return empty < 0 ? empty : empty == 1 ? 0 : -KR_ENOTEMPTY;
}

static int disk_unlink(struct kr_fs_node *folder, struct kr_fs_name name,
                       struct kr_fs_node *node)
{
    struct disk *disk = disk_of(folder);
    int error = fs_disk_begin(disk, 0);

    if (error != 0)
        return error;
    error = check_empty(disk, node);
    if (error == 0)
        error = fs_disk_remove_entry(disk, folder->inode, name);
    if (error == 0)
        error = leave(disk, node_of(folder), node_of(node));
    error = fs_disk_finish(disk, error);
    if (error == 0 && node->links == 0 && node->references == 0)
        fs_disk_let_go(node_of(node));
    return error;
}

static int disk_rename(struct kr_fs_node *folder, struct kr_fs_name name,
                       struct kr_fs_node *node, struct kr_fs_node *to_folder,
                       struct kr_fs_name to_name, struct kr_fs_node *replaced)
{
    struct disk *disk = disk_of(folder);
    int error = fs_disk_begin(disk, 2);

    if (error == -KR_ENOSPC && replaced != NULL)
        error = fs_disk_begin(disk, 0);
    if (error != 0)
        return error;
    if (replaced != NULL)
        error = check_empty(disk, replaced);
    if (error == 0)
        error = fs_disk_add_entry(disk, to_folder->inode, to_name, node_of(node));
    next_step(disk);
    if (error == 0)
        error = fs_disk_remove_entry(disk, folder->inode, name);
    if (error == 0 && replaced != NULL)
        error = leave(disk, node_of(to_folder), node_of(replaced));
    if (error == 0) {
        if (is_folder(node))
            folder->links--;
        fs_disk_touch(node_of(folder));
        settle(node_of(to_folder), node_of(node));
        fs_disk_note(node_of(node));
    }
    return fs_disk_finish(disk, error);
}

extern const struct kr_fs_driver fs_disk_fs;
const struct kr_fs_driver fs_disk_fs = {
    .name = "disk",
    .mount = fs_disk_mount,
    .unmount = fs_disk_unmount,
    .lookup = disk_lookup,
    .list = disk_list,
    .read = fs_disk_read,
    .read_link = disk_read_link,
    .stat = disk_stat,
    .figures = disk_figures,
    .forget = disk_forget,
    .write = fs_disk_write,
    .resize = fs_disk_resize,
    .change = disk_change,
    .sync = disk_sync,
    .make = disk_make,
    .link = disk_link,
    .unlink = disk_unlink,
    .rename = disk_rename,
};
