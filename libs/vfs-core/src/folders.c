/* SPDX-License-Identifier: BSD-3-Clause */
/* Folders: their entries, and the current one. */
#include <kraft/string.h>

#include "core.h"

#define HEADER 19u /* of struct linux_dirent64 */
#define FIRST 2    /* the driver's position 0, after "." and ".." */

/* A record at (to), or 0 where it does not fit into (room). */
static size_t put(unsigned char *to, size_t room, const struct kr_fs_entry *entry, int64_t next)
{
    size_t length = (HEADER + entry->name.length + 1 + 7) & ~(size_t)7;
    uint16_t size = (uint16_t)length;

    if (length > room)
        return 0;
    memset(to + length - 8, 0, 8);
    memcpy(to, &entry->inode, 8);
    memcpy(to + 8, &next, 8);
    memcpy(to + 16, &size, 2);
    to[18] = (unsigned char)((entry->mode & KR_VFS_KIND) >> 12);
    memcpy(to + HEADER, entry->name.text, entry->name.length);
    to[HEADER + entry->name.length] = '\0';
    return length;
}

/* The entry at (position), which is moved on. As the driver's list. */
static int entry_at(struct kr_fs_node *folder, int64_t *position, struct kr_fs_entry *entry)
{
    uint64_t inner = (uint64_t)*position - FIRST;
    struct kr_fs_node *above;

    if ((uint64_t)*position >= FIRST) { /* a driver's position may have all bits */
        int found = folder->mount->driver->list(folder, &inner, entry);
        *position = (int64_t)(inner + FIRST);
        return found;
    }
    entry->mode = KR_VFS_DIRECTORIES;
    entry->name = (struct kr_fs_name){"..", (size_t)*position + 1};
    entry->inode = folder->inode;
    if (*position == 1) {
        int error = vfs_core_above(folder, &above);

        if (error < 0)
            return error;
        entry->inode = above->inode;
        drop(above);
    }
    ++*position;
    return 1;
}

int64_t kr_vfs_getdents(int file, void *entries, size_t size)
{
    struct description *description = vfs_core_get(file);
    unsigned char *to = entries;
    size_t done = 0;
    int found = 0;

    if (description == NULL || (description->flags & KR_VFS_PATH_ONLY) != 0)
        return -KR_EBADF;
    if (description->node == NULL || !is_folder(description->node))
        return -KR_ENOTDIR;
    if (description->node->links == 0)
        return -KR_ENOENT;
    description->references++;
    for (;;) {
        struct kr_fs_entry entry;
        int64_t position = description->position;

        found = entry_at(description->node, &position, &entry);
        if (found <= 0)
            break;
        size_t length = put(to + done, size - done, &entry, position);
        if (length == 0) {
            found = -KR_EINVAL; /* where it is the first */
            break;
        }
        description->position = position;
        done += length;
    }
    vfs_core_release(description);
    return done > 0 ? (int64_t)done : found;
}

/* Takes (node), held, for the current folder, where it can be. */
static int go_to(struct kr_fs_node *node)
{
    if (!is_folder(node))
        return -KR_ENOTDIR;
    int error = vfs_core_may(node, MAY_EXECUTE);
    if (error < 0)
        return error;
    drop(vfs_core.here);
    vfs_core.here = hold(node);
    return 0;
}

int kr_vfs_chdir(const char *path)
{
    struct place place;
    int error = vfs_core_find(KR_VFS_HERE, path, 0, &place);

    if (error < 0)
        return error;
    error = go_to(place.node);
    vfs_core_leave(&place);
    return error;
}

int kr_vfs_fchdir(int file)
{
    const struct description *description = vfs_core_get(file);

    if (description == NULL)
        return -KR_EBADF;
    return description->node == NULL ? -KR_ENOTDIR : go_to(description->node);
}

/* The entry of (node), a folder, in (parent). */
static int name_in(struct kr_fs_node *parent, const struct kr_fs_node *node,
                   struct kr_fs_entry *entry)
{
    uint64_t position = 0;
    int found;

    while ((found = parent->mount->driver->list(parent, &position, entry)) > 0)
        if (entry->inode == node->inode &&
            ((entry->mode & KR_VFS_KIND) == KR_VFS_DIRECTORIES || (entry->mode & KR_VFS_KIND) == 0))
            return 0;
    return found < 0 ? found : -KR_ENOENT;
}

/* From the end of the path to its beginning: each name is looked for in the
 * folder above. */
int64_t vfs_core_path_of(struct kr_fs_node *node, char *path, size_t size)
{
    size_t begin = size;
    int64_t result = 0;

    (void)hold(node);
    if (size > 0)
        path[--begin] = '\0';
    while (result == 0) {
        struct kr_fs_node *here = node;
        struct kr_fs_node *above = NULL;
        struct kr_fs_entry entry;

        while (here == here->mount->root && here->mount->covered != NULL)
            here = here->mount->covered;
        if (here == here->mount->root)
            break;
        result = here->mount->driver->lookup(here, (struct kr_fs_name){"..", 2}, &above);
        if (result == 0 && here->links == 0)
            result = -KR_ENOENT;
        if (result == 0)
            result = name_in(above, here, &entry);
        if (result == 0 && entry.name.length + 1 > begin)
            result = -KR_ERANGE;
        if (result < 0)
            break;
        begin -= entry.name.length + 1;
        path[begin] = '/';
        memcpy(path + begin + 1, entry.name.text, entry.name.length);
        above = hold(above);
        drop(node);
        node = above;
    }
    drop(node);
    if (result == 0 && begin + 1 >= size) { /* the root itself */
        if (size < 2)
            return -KR_ERANGE;
        path[--begin] = '/';
    }
    if (result < 0)
        return result;
    memmove(path, path + begin, size - begin);
    return (int64_t)(size - begin);
}

int64_t kr_vfs_getcwd(char *path, size_t size)
{
    return vfs_core_path_of(vfs_core.here, path, size);
}
