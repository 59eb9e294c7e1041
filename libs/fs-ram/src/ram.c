/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Files in memory: the driver. Nothing waits here, so each call is one step
 * for every other thread that switches only where it waits. What a call needs
 * is allocated before it changes anything.
 */
#include <kraft/alloc.h>
#include <kraft/string.h>

#include "options.h"
#include "ram.h"

static struct node *node_of(struct kr_fs_node *head)
{
    return (struct node *)head;
}

static bool is_folder(const struct node *node)
{
    return (node->head.mode & KR_VFS_KIND) == KR_VFS_DIRECTORIES;
}

static int ram_mount(struct kr_fs_mount *mount)
{
    static const struct kr_fs_attributes attributes = {.mode = KR_VFS_DIRECTORIES | 0755};
    struct ram *ram = kr_alloc_allocate(sizeof(*ram));

    if (ram == NULL)
        return -KR_ENOMEM;
    *ram = (struct ram){0};
    mount->state = ram;
    struct node *root = fs_ram_new(mount, &attributes);
    if (root == NULL) {
        kr_alloc_free(ram);
        return -KR_ENOMEM;
    }
    root->head.links = 2;
    root->of.folder.parent = root;
    mount->root = &root->head;
    return 0;
}

/* Drops a name of (node), whose last reference may be gone. */
static void drop(struct node *node, uint32_t names)
{
    node->head.links -= names;
    node->changed = fs_ram_now();
    if (node->head.links == 0 && node->head.references == 0)
        fs_ram_free(node);
}

static void ram_unmount(struct kr_fs_mount *mount)
{
    struct node *folder = node_of(mount->root);

    for (;;) { /* leaves first, without recursion */
        uint64_t position = 0;
        struct entry *entry = fs_ram_next(&folder->of.folder.entries, &position);

        if (entry == NULL && folder->of.folder.parent == folder)
            break;
        if (entry == NULL) { /* an empty one goes by its parent's first entry */
            struct node *parent = folder->of.folder.parent;

            position = 0;
            fs_ram_remove(&parent->of.folder.entries,
                          fs_ram_next(&parent->of.folder.entries, &position));
            fs_ram_free(folder);
            folder = parent;
        } else if (is_folder(entry->node)) {
            folder = entry->node;
        } else {
            struct node *node = entry->node;

            fs_ram_remove(&folder->of.folder.entries, entry);
            drop(node, 1);
        }
    }
    fs_ram_free(folder);
    kr_alloc_free(mount->state);
}

static int ram_lookup(struct kr_fs_node *folder, struct kr_fs_name name, struct kr_fs_node **node)
{
    if (name.length == 2 && name.text[0] == '.' && name.text[1] == '.') {
        *node = &node_of(folder)->of.folder.parent->head;
        return 0;
    }
    struct entry *entry = fs_ram_find(&node_of(folder)->of.folder.entries, name);

    if (entry == NULL)
        return -KR_ENOENT;
    *node = &entry->node->head;
    return 0;
}

static int ram_list(struct kr_fs_node *folder, uint64_t *position, struct kr_fs_entry *entry)
{
    struct entry *found = fs_ram_next(&node_of(folder)->of.folder.entries, position);

    if (found == NULL)
        return 0;
    entry->inode = found->node->head.inode;
    entry->mode = found->node->head.mode;
    entry->name = (struct kr_fs_name){found->name, found->length};
    return 1;
}

static int64_t ram_read_link(struct kr_fs_node *link, char *target, size_t size)
{
    size_t length = (size_t)link->size < size ? (size_t)link->size : size;

    memcpy(target, node_of(link)->of.target, length);
    return (int64_t)length;
}

static void ram_stat(struct kr_fs_node *head, struct kr_vfs_stat *stat)
{
    const struct node *node = node_of(head);

    stat->accessed = node->accessed;
    stat->modified = node->modified;
    stat->changed = node->changed;
    stat->block_size = PAGE;
    if ((head->mode & KR_VFS_KIND) == KR_VFS_FILE)
        stat->blocks = (int64_t)(node->of.content.pages * (PAGE / 512));
}

static void ram_figures(struct kr_fs_mount *mount, struct kr_vfs_figures *figures)
{
    const struct ram *ram = mount->state;
    struct kr_alloc_figures memory;

    kr_alloc_figures(&memory);
    uint64_t free = memory.total - memory.used;
    if (free > OPT_MOST - ram->used)
        free = OPT_MOST - ram->used;
    figures->type = 0x01021994; /* tmpfs, Linux magic.h */
    figures->block_size = PAGE;
    figures->blocks = (ram->used + free) / PAGE;
    figures->free = free / PAGE;
    figures->available = figures->free;
    figures->files = ram->nodes + free / sizeof(struct node);
    figures->free_files = free / sizeof(struct node);
}

static void ram_forget(struct kr_fs_node *node)
{
    if (node->links == 0)
        fs_ram_free(node_of(node));
}

static int ram_change(struct kr_fs_node *head, unsigned which,
                      const struct kr_fs_attributes *attributes)
{
    struct node *node = node_of(head);

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
    node->changed = fs_ram_now();
    return 0;
}

static int ram_sync(struct kr_fs_node *node)
{
    (void)node;
    return 0;
}

/* (node) has become an entry of (folder). */
static void settle(struct node *folder, struct node *node)
{
    if (is_folder(node)) {
        node->of.folder.parent = folder;
        folder->head.links++;
    }
    fs_ram_touch(folder);
}

static int ram_make(struct kr_fs_node *folder, struct kr_fs_name name,
                    const struct kr_fs_attributes *attributes, struct kr_fs_name target,
                    struct kr_fs_node **made)
{
    if (fs_ram_find(&node_of(folder)->of.folder.entries, name) != NULL)
        return -KR_EEXIST;
    struct node *node = fs_ram_new(folder->mount, attributes);

    if (node == NULL)
        return -KR_ENOMEM;
    if ((attributes->mode & KR_VFS_KIND) == KR_VFS_LINK) {
        node->of.target = kr_alloc_allocate(target.length);
        if (node->of.target == NULL) {
            fs_ram_free(node);
            return -KR_ENOMEM;
        }
        memcpy(node->of.target, target.text, target.length);
        node->head.size = (int64_t)target.length;
    }
    int error = fs_ram_insert(&node_of(folder)->of.folder.entries, name, node);
    if (error < 0) {
        fs_ram_free(node);
        return error;
    }
    node->head.links = is_folder(node) ? 2 : 1;
    settle(node_of(folder), node);
    *made = &node->head;
    return 0;
}

static int ram_link(struct kr_fs_node *folder, struct kr_fs_name name, struct kr_fs_node *node)
{
    if (node->links == UINT32_MAX)
        return -KR_EMLINK;
    int error = fs_ram_insert(&node_of(folder)->of.folder.entries, name, node_of(node));
    if (error < 0)
        return error;
    node->links++;
    node_of(node)->changed = fs_ram_now();
    fs_ram_touch(node_of(folder));
    return 0;
}

/* (node) is no entry of (folder) any more. */
static void leave(struct node *folder, struct node *node)
{
    fs_ram_touch(folder);
    if (!is_folder(node)) {
        drop(node, 1);
        return;
    }
    folder->head.links--;
    node->of.folder.parent = node;
    drop(node, 2);
}

static int ram_unlink(struct kr_fs_node *folder, struct kr_fs_name name, struct kr_fs_node *node)
{
    struct entries *entries = &node_of(folder)->of.folder.entries;

    if (is_folder(node_of(node)) && node_of(node)->of.folder.entries.count > 0)
        return -KR_ENOTEMPTY;
    fs_ram_remove(entries, fs_ram_find(entries, name));
    leave(node_of(folder), node_of(node));
    return 0;
}

static int ram_rename(struct kr_fs_node *folder, struct kr_fs_name name, struct kr_fs_node *node,
                      struct kr_fs_node *to_folder, struct kr_fs_name to_name,
                      struct kr_fs_node *replaced)
{
    struct entries *from = &node_of(folder)->of.folder.entries;
    struct entries *to = &node_of(to_folder)->of.folder.entries;

    if (replaced == NULL) {
        int error = fs_ram_insert(to, to_name, node_of(node));

        if (error < 0)
            return error;
    } else {
        if (is_folder(node_of(replaced)) && node_of(replaced)->of.folder.entries.count > 0)
            return -KR_ENOTEMPTY;
        fs_ram_find(to, to_name)->node = node_of(node);
        leave(node_of(to_folder), node_of(replaced));
    }
    fs_ram_remove(from, fs_ram_find(from, name));
    if (is_folder(node_of(node)))
        folder->links--;
    fs_ram_touch(node_of(folder));
    settle(node_of(to_folder), node_of(node));
    node_of(node)->changed = fs_ram_now();
    return 0;
}

extern const struct kr_fs_driver fs_ram_fs;
const struct kr_fs_driver fs_ram_fs = {
    .name = "tmpfs",
    .mount = ram_mount,
    .unmount = ram_unmount,
    .lookup = ram_lookup,
    .list = ram_list,
    .read = fs_ram_read,
    .read_link = ram_read_link,
    .stat = ram_stat,
    .figures = ram_figures,
    .forget = ram_forget,
    .write = fs_ram_write,
    .resize = fs_ram_resize,
    .change = ram_change,
    .sync = ram_sync,
    .make = ram_make,
    .link = ram_link,
    .unlink = ram_unlink,
    .rename = ram_rename,
    .allocate = fs_ram_allocate,
};
