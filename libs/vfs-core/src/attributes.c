/* SPDX-License-Identifier: BSD-3-Clause */
/* What is known about files, and changing it. */
#include <kraft/clock.h>

#include "core.h"

#define BITS 07777u
#define SET_IDS 06000u

static void describe(struct kr_fs_node *node, struct kr_vfs_stat *stat)
{
    *stat = (struct kr_vfs_stat){
        .device = node->mount->device,
        .inode = node->inode,
        .links = node->links,
        .mode = node->mode,
        .user = node->user,
        .group = node->group,
        .special = node->special,
        .size = node->size,
        .block_size = 4096,
        .blocks = (node->size + 511) / 512,
    };
    node->mount->driver->stat(node, stat);
}

int kr_vfs_fstat(int file, struct kr_vfs_stat *stat)
{
    struct description *description = vfs_core_get(file);

    if (description == NULL)
        return -KR_EBADF;
    if (description->node != NULL) {
        description->references++; /* the driver may wait */
        describe(description->node, stat);
        vfs_core_release(description);
    } else {
        *stat = (struct kr_vfs_stat){
            .inode = (uint64_t)(uintptr_t)description,
            .links = 1,
            .mode = description->operations->mode,
            .block_size = 4096,
        };
    }
    return 0;
}

int kr_vfs_fstatat(int at, const char *path, struct kr_vfs_stat *stat, int flags)
{
    struct place place;

    if (path[0] == '\0' && (flags & KR_VFS_EMPTY_PATH) != 0 && at >= 0)
        return kr_vfs_fstat(at, stat);
    int error = vfs_core_find(at, path, flags, &place);
    if (error < 0)
        return error;
    describe(place.node, stat);
    vfs_core_leave(&place);
    return 0;
}

int kr_vfs_fstatfs(int file, struct kr_vfs_figures *figures)
{
    struct description *description = vfs_core_get(file);

    if (description == NULL)
        return -KR_EBADF;
    if (description->node == NULL)
        return -KR_ENOSYS;
    struct kr_fs_mount *mount = description->node->mount;
    *figures = (struct kr_vfs_figures){
        .block_size = 4096,
        .fragment_size = 4096,
        .name_length = KR_VFS_NAME,
        .id = mount->device,
        .flags = mount->read_only ? 1 : 0,
    };
    description->references++; /* the driver may wait */
    mount->driver->figures(mount, figures);
    vfs_core_release(description);
    return 0;
}

int kr_vfs_faccessat(int at, const char *path, int mode, int flags)
{
    struct place place;

    if ((mode & ~7) != 0)
        return -KR_EINVAL;
    int error = vfs_core_find(at, path, flags, &place);
    if (error < 0)
        return error;
    error = mode == 0 ? 0 : vfs_core_may(place.node, (unsigned)mode);
    vfs_core_leave(&place);
    return error;
}

/* Changes the node of (place), which its owner asks for. */
static int change(struct place *place, unsigned which, const struct kr_fs_attributes *attributes)
{
    struct kr_fs_node *node = place->node;
    int error = 0;

    if (node->mount->read_only || node->mount->driver->change == NULL)
        error = -KR_EROFS;
    else if (!vfs_core_owns(node))
        error = -KR_EPERM;
    else
        error = node->mount->driver->change(node, which, attributes);
    vfs_core_leave(place);
    return error;
}

int kr_vfs_fchmodat(int at, const char *path, unsigned mode, int flags)
{
    const struct kr_fs_attributes attributes = {.mode = mode & BITS};
    struct place place;
    int error = vfs_core_find(at, path, flags, &place);

    if (error < 0)
        return error;
    if (kind_of(place.node) == KR_VFS_LINK) {
        vfs_core_leave(&place);
        return -KR_EOPNOTSUPP;
    }
    return change(&place, KR_FS_MODE, &attributes);
}

int kr_vfs_fchownat(int at, const char *path, uint32_t user, uint32_t group, int flags)
{
    struct kr_fs_attributes attributes = {.user = user, .group = group};
    struct place place;
    int error = vfs_core_find(at, path, flags, &place);

    if (error < 0)
        return error;
    const struct kr_fs_node *node = place.node;
    unsigned which = KR_FS_OWNER;
    if (user == UINT32_MAX)
        attributes.user = node->user;
    if (group == UINT32_MAX)
        attributes.group = node->group;
    bool takes = attributes.user != node->user || attributes.group != node->group;
    if (takes && vfs_core.user != 0 &&
        (attributes.user != node->user || attributes.group != vfs_core.group)) {
        vfs_core_leave(&place);
        return -KR_EPERM;
    }
    if (kind_of(node) == KR_VFS_FILE && (node->mode & SET_IDS) != 0) {
        attributes.mode = node->mode & BITS & ~SET_IDS;
        which |= KR_FS_MODE;
    }
    return change(&place, which, &attributes);
}

int kr_vfs_utimensat(int at, const char *path, const struct kr_vfs_time times[2], int flags)
{
    uint64_t clock = kr_clock_wall();
    struct kr_vfs_time now = {(int64_t)(clock / KR_CLOCK_SECOND), (int64_t)(clock % KR_CLOCK_SECOND)};
    struct kr_vfs_time set[2] = {now, now};
    unsigned which = KR_FS_ACCESSED | KR_FS_MODIFIED;
    struct place place;

    for (int i = 0; times != NULL && i < 2; i++) {
        if (times[i].nanoseconds == KR_VFS_TIME_KEEP)
            which &= ~(i == 0 ? KR_FS_ACCESSED : KR_FS_MODIFIED);
        else if (times[i].nanoseconds < 0 || (times[i].nanoseconds > 999999999 &&
                                              times[i].nanoseconds != KR_VFS_TIME_NOW))
            return -KR_EINVAL;
        else if (times[i].nanoseconds != KR_VFS_TIME_NOW)
            set[i] = times[i];
    }
    int error = vfs_core_find(at, path, flags, &place);
    if (error < 0)
        return error;
    const struct kr_fs_attributes attributes = {.accessed = set[0], .modified = set[1]};
    return change(&place, which, &attributes);
}

unsigned kr_vfs_umask(unsigned mask)
{
    unsigned before = vfs_core.umask;

    vfs_core.umask = mask & 0777;
    return before;
}

void kr_vfs_identity(uint32_t user, uint32_t group)
{
    vfs_core.user = user;
    vfs_core.group = group;
}
