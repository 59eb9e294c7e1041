/* SPDX-License-Identifier: BSD-3-Clause */
/* Who may do what (POSIX.1-2017, 4.5): user 0 all but execute what nobody may. */
#include "core.h"

#define EXECUTE_BITS 0111u
#define STICKY 01000u

int vfs_core_may(const struct kr_fs_node *node, unsigned wanted)
{
    uint32_t kind = kind_of(node);

    if ((wanted & MAY_WRITE) != 0 && node->mount->read_only &&
        (kind == KR_VFS_FILE || kind == KR_VFS_DIRECTORIES || kind == KR_VFS_LINK))
        return -KR_EROFS;
    if (vfs_core.user == 0) {
        bool nobody = (node->mode & EXECUTE_BITS) == 0 && kind != KR_VFS_DIRECTORIES;

        return (wanted & MAY_EXECUTE) != 0 && nobody ? -KR_EACCES : 0;
    }
    unsigned shift = 0;
    if (node->user == vfs_core.user)
        shift = 6;
    else if (node->group == vfs_core.group)
        shift = 3;
    return (wanted & ~(node->mode >> shift)) == 0 ? 0 : -KR_EACCES;
}

int vfs_core_may_change(const struct kr_fs_node *folder)
{
    if (folder->links == 0)
        return -KR_ENOENT; /* it has been removed */
    return vfs_core_may(folder, MAY_WRITE | MAY_EXECUTE);
}

bool vfs_core_owns(const struct kr_fs_node *node)
{
    return vfs_core.user == 0 || vfs_core.user == node->user;
}

int vfs_core_may_take(const struct kr_fs_node *folder, const struct kr_fs_node *node)
{
    int error = vfs_core_may_change(folder);

    if (error < 0)
        return error;
    if ((folder->mode & STICKY) != 0 && !vfs_core_owns(node) && !vfs_core_owns(folder))
        return -KR_EPERM;
    return node->over != NULL || node == node->mount->root ? -KR_EBUSY : 0;
}
