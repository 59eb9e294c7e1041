/* SPDX-License-Identifier: BSD-3-Clause */
/* What makes, moves and takes away names. */
#include "core.h"

#define NO_REPLACE 1u /* RENAME_NOREPLACE */

static const struct kr_fs_driver *driver_of(const struct kr_fs_node *node)
{
    return node->mount->driver;
}

/* Makes a node where (path) leads and nothing is. */
static int make(int at, const char *path, uint32_t mode, const char *target)
{
    struct kr_fs_attributes attributes = {.mode = mode, .user = vfs_core.user, .group = vfs_core.group};
    struct kr_fs_name text = {target, 0};
    struct kr_fs_node *node;
    struct place place;

    while (target[text.length] != '\0')
        text.length++;
    if ((mode & KR_VFS_KIND) == KR_VFS_LINK && text.length == 0)
        return -KR_ENOENT;
    if (text.length >= KR_VFS_PATH)
        return -KR_ENAMETOOLONG;
    int error = vfs_core_walk(at, path, false, &place);
    if (error < 0)
        return error;
    if (place.node != NULL)
        error = -KR_EEXIST;
    else if (place.wants_folder && (mode & KR_VFS_KIND) != KR_VFS_DIRECTORIES)
        error = -KR_ENOENT;
    else
        error = vfs_core_may_change(place.folder);
    if (error == 0)
        error = driver_of(place.folder)->make(place.folder, place.name, &attributes, text, &node);
    if (error == 0)
        drop(hold(node)); /* nobody refers to it yet */
    vfs_core_leave(&place);
    return error;
}

int kr_vfs_mkdirat(int at, const char *path, unsigned mode)
{
    return make(at, path, KR_VFS_DIRECTORIES | (mode & 01777 & ~vfs_core.umask), "");
}

int kr_vfs_symlinkat(const char *target, int at, const char *path)
{
    return make(at, path, KR_VFS_LINK | 0777, target);
}

int kr_vfs_linkat(int at, const char *path, int to_at, const char *to, int flags)
{
    struct place from;
    struct place place;
    int follow = (flags & KR_VFS_FOLLOW) != 0 ? 0 : KR_VFS_NO_FOLLOW;

    if ((flags & ~(KR_VFS_FOLLOW | KR_VFS_EMPTY_PATH)) != 0)
        return -KR_EINVAL;
    int error = vfs_core_find(at, path, follow | (flags & KR_VFS_EMPTY_PATH), &from);
    if (error < 0)
        return error;
    error = vfs_core_walk(to_at, to, false, &place);
    if (error < 0) {
        vfs_core_leave(&from);
        return error;
    }
    if (place.node != NULL)
        error = -KR_EEXIST;
    else if (from.node->mount != place.folder->mount)
        error = -KR_EXDEV;
    else if (is_folder(from.node))
        error = -KR_EPERM;
    else if (place.wants_folder || from.node->links == 0)
        error = -KR_ENOENT;
    else
        error = vfs_core_may_change(place.folder);
    if (error == 0)
        error = driver_of(place.folder)->link(place.folder, place.name, from.node);
    vfs_core_leave(&place);
    vfs_core_leave(&from);
    return error;
}

static int check_unlink(const struct place *place, bool folder)
{
    if (place->node == NULL)
        return -KR_ENOENT;
    if (folder && !is_folder(place->node))
        return -KR_ENOTDIR;
    if (!folder && is_folder(place->node))
        return -KR_EISDIR;
    if (place->last == '.')
        return -KR_EINVAL;
    if (place->last == ':')
        return -KR_ENOTEMPTY;
    if (place->name.length == 0)
        return -KR_EBUSY;
    return vfs_core_may_take(place->folder, place->node);
}

int kr_vfs_unlinkat(int at, const char *path, int flags)
{
    struct place place;

    if ((flags & ~KR_VFS_FOLDER) != 0)
        return -KR_EINVAL;
    int error = vfs_core_walk(at, path, false, &place);
    if (error < 0)
        return error;
    error = check_unlink(&place, (flags & KR_VFS_FOLDER) != 0);
    if (error == 0)
        error = driver_of(place.folder)->unlink(place.folder, place.name, place.node);
    vfs_core_leave(&place);
    return error;
}

/* -KR_EINVAL where (node) is (folder) or above it. */
static int check_not_above(const struct kr_fs_node *node, struct kr_fs_node *folder)
{
    struct kr_fs_node *one = hold(folder);
    int error = 0;

    while (error == 0 && one != node && one != one->mount->root) {
        struct kr_fs_node *above = NULL;

        error = vfs_core_above(one, &above);
        if (error == 0) {
            drop(one);
            one = above;
        }
    }
    if (error == 0 && one == node)
        error = -KR_EINVAL;
    drop(one);
    return error;
}

/* POSIX.1-2017, rename, in the order of its errors. 1: nothing is to be done. */
static int check_rename(const struct place *from, const struct place *to, unsigned flags)
{
    if (from->name.length == 0 || to->name.length == 0)
        return -KR_EBUSY;
    if (from->node == NULL)
        return -KR_ENOENT;
    if (from->folder->mount != to->folder->mount)
        return -KR_EXDEV;
    if (to->node != NULL && (flags & NO_REPLACE) != 0)
        return -KR_EEXIST;
    if (!is_folder(from->node) && (from->wants_folder || to->wants_folder))
        return -KR_ENOTDIR;
    if (from->node == to->node)
        return 1;
    int error = vfs_core_may_take(from->folder, from->node);
    if (error == 0)
        error = to->node == NULL ? vfs_core_may_change(to->folder)
                                 : vfs_core_may_take(to->folder, to->node);
    if (error == 0 && is_folder(from->node) && from->folder != to->folder)
        error = check_not_above(from->node, to->folder);
    if (error < 0 || to->node == NULL)
        return error;
    if (is_folder(from->node) && !is_folder(to->node))
        return -KR_ENOTDIR;
    return !is_folder(from->node) && is_folder(to->node) ? -KR_EISDIR : 0;
}

int kr_vfs_renameat(int at, const char *path, int to_at, const char *to, unsigned flags)
{
    struct place from;
    struct place place;

    if ((flags & ~NO_REPLACE) != 0)
        return -KR_EINVAL;
    int error = vfs_core_walk(at, path, false, &from);
    if (error < 0)
        return error;
    error = vfs_core_walk(to_at, to, false, &place);
    if (error < 0) {
        vfs_core_leave(&from);
        return error;
    }
    error = check_rename(&from, &place, flags);
    if (error == 0)
        error = driver_of(from.folder)->rename(from.folder, from.name, from.node, place.folder,
                                               place.name, place.node);
    vfs_core_leave(&place);
    vfs_core_leave(&from);
    return error < 0 ? error : 0;
}

int64_t kr_vfs_readlinkat(int at, const char *path, char *target, size_t size)
{
    struct place place;

    if (size == 0)
        return -KR_EINVAL;
    int64_t length = vfs_core_find(at, path, KR_VFS_NO_FOLLOW | KR_VFS_EMPTY_PATH, &place);
    if (length < 0)
        return length;
    length = kind_of(place.node) == KR_VFS_LINK
                 ? driver_of(place.node)->read_link(place.node, target, size)
                 : -KR_EINVAL;
    vfs_core_leave(&place);
    return length;
}
