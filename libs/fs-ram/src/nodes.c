/* SPDX-License-Identifier: BSD-3-Clause */
/* Nodes: made, changed, and freed with their last name and reference. */
#include <kraft/alloc.h>
#include <kraft/clock.h>
#include <kraft/string.h>

#include "ram.h"

struct kr_vfs_time fs_ram_now(void)
{
    uint64_t now = kr_clock_wall();

    return (struct kr_vfs_time){(int64_t)(now / KR_CLOCK_SECOND),
                                (int64_t)(now % KR_CLOCK_SECOND)};
}

void fs_ram_touch(struct node *node)
{
    node->modified = fs_ram_now();
    node->changed = node->modified;
}

struct node *fs_ram_new(struct kr_fs_mount *mount, const struct kr_fs_attributes *attributes)
{
    struct ram *ram = mount->state;
    struct node *node = kr_alloc_allocate(sizeof(*node));

    if (node == NULL)
        return NULL;
    memset(node, 0, sizeof(*node));
    node->head.mount = mount;
    node->head.inode = ++ram->inode;
    node->head.mode = attributes->mode;
    node->head.user = attributes->user;
    node->head.group = attributes->group;
    fs_ram_touch(node);
    node->accessed = node->modified;
    ram->nodes++;
    return node;
}

void fs_ram_free(struct node *node)
{
    uint32_t kind = node->head.mode & KR_VFS_KIND;

    if (kind == KR_VFS_DIRECTORIES)
        fs_ram_empty(&node->of.folder.entries);
    else if (kind == KR_VFS_LINK)
        kr_alloc_free(node->of.target);
    else
        fs_ram_resize(&node->head, 0);
    ram_of(node)->nodes--;
    kr_alloc_free(node);
}
