/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * openat and what is done with descriptors as such. What an open needs is
 * there before it makes or empties a file, so that an open that fails has
 * done nothing.
 */
#include <kraft/alloc.h>

#include "core.h"

#define KEPT_FLAGS (~(KR_VFS_CREATE | KR_VFS_EXCLUSIVE | KR_VFS_TRUNCATE | KR_VFS_CLOSE_ON_EXEC | 0x100))
#define CHANGEABLE (KR_VFS_APPEND | KR_VFS_NON_BLOCKING)
#define NON_PERMISSION (~07777u)

static unsigned wanted_by(int flags)
{
    static const unsigned wanted[] = {MAY_READ, MAY_WRITE, MAY_READ | MAY_WRITE, 0};
    unsigned may = wanted[flags & KR_VFS_ACCESS];

    return (flags & KR_VFS_TRUNCATE) != 0 ? may | MAY_WRITE : may;
}

/* Whether what is there may be opened like this. */
static int check_there(const struct kr_fs_node *node, int flags)
{
    bool makes = (flags & KR_VFS_CREATE) != 0;

    if (makes && (flags & KR_VFS_EXCLUSIVE) != 0)
        return -KR_EEXIST;
    if ((flags & KR_VFS_DIRECTORY) != 0 && !is_folder(node))
        return kind_of(node) == KR_VFS_LINK ? -KR_ELOOP : -KR_ENOTDIR;
    if ((flags & KR_VFS_PATH_ONLY) != 0)
        return 0;
    if (kind_of(node) == KR_VFS_LINK)
        return -KR_ELOOP;
    if (kind_of(node) == KR_VFS_PIPE || kind_of(node) == KR_VFS_SOCKET)
        return -KR_ENXIO;
    if (is_folder(node) && (makes || (wanted_by(flags) & MAY_WRITE) != 0))
        return -KR_EISDIR;
    return vfs_core_may(node, wanted_by(flags));
}

static int make_file(struct place *place, unsigned mode)
{
    const struct kr_fs_attributes attributes = {
        .mode = KR_VFS_FILE | (mode & ~NON_PERMISSION & ~vfs_core.umask),
        .user = vfs_core.user,
        .group = vfs_core.group,
    };
    struct kr_fs_node *node;

    if (place->wants_folder)
        return -KR_EISDIR;
    int error = vfs_core_may_change(place->folder);
    if (error == 0)
        error = place->folder->mount->driver->make(place->folder, place->name, &attributes,
                                                   (struct kr_fs_name){"", 0}, &node);
    if (error == 0)
        place->node = hold(node);
    return error;
}

/* Brings (place) to where its node can be opened. */
static int bring(struct place *place, int flags, unsigned mode)
{
    if (place->node == NULL)
        return (flags & KR_VFS_CREATE) != 0 ? make_file(place, mode) : -KR_ENOENT;
    int error = check_there(place->node, flags);
    if (error == 0 && (flags & KR_VFS_TRUNCATE) != 0 && kind_of(place->node) == KR_VFS_FILE)
        error = place->node->mount->driver->resize(place->node, 0);
    return error;
}

/* What a descriptor is while a driver may still be waiting for its file. */
static const struct kr_vfs_operations opening;

int kr_vfs_openat(int at, const char *path, int flags, unsigned mode)
{
    struct place place;
    int exclusive = KR_VFS_CREATE | KR_VFS_EXCLUSIVE;
    bool follow = (flags & KR_VFS_NOT_A_LINK) == 0 && (flags & exclusive) != exclusive;

    if ((flags & KR_VFS_PATH_ONLY) != 0)
        flags &= KR_VFS_PATH_ONLY | KR_VFS_DIRECTORY | KR_VFS_NOT_A_LINK | KR_VFS_CLOSE_ON_EXEC;
    if ((flags & KR_VFS_CREATE) != 0 && (flags & KR_VFS_DIRECTORY) != 0)
        return -KR_EINVAL;
    int error = vfs_core_walk(at, path, follow, &place);
    if (error < 0)
        return error;
    int file = kr_vfs_install(&opening, NULL, flags);
    if (file >= 0) {
        struct description *description = vfs_core_get(file);

        description->references++; /* another thread may close it meanwhile */
        error = bring(&place, flags, mode);
        if (error == 0)
            description->node = hold(place.node);
        else
            kr_vfs_close(file);
        vfs_core_release(description);
    }
    vfs_core_leave(&place);
    return error < 0 ? error : file;
}

int kr_vfs_close(int file)
{
    struct description *description = vfs_core_take(file);

    if (description == NULL)
        return -KR_EBADF;
    if (description->node != NULL && description->node->locks != NULL)
        vfs_core_unlock_process(description->node);
    vfs_core_release(description);
    return 0;
}

static int duplicate(int file, int least, bool close_on_exec)
{
    struct description *description = vfs_core_get(file);

    if (description == NULL)
        return -KR_EBADF;
    int other = vfs_core_enter(description, least, close_on_exec);
    if (other >= 0)
        description->references++;
    return other;
}

int kr_vfs_dup(int file)
{
    return duplicate(file, 0, false);
}

int kr_vfs_dup3(int file, int other, int flags)
{
    struct description *description = vfs_core_get(file);

    if (file == other || (flags & ~KR_VFS_CLOSE_ON_EXEC) != 0)
        return -KR_EINVAL;
    if (description == NULL || !vfs_core_in_range(other))
        return -KR_EBADF;
    description->references++;
    if (vfs_core_get(other) != NULL)
        kr_vfs_close(other);
    vfs_core_put(other, description, (flags & KR_VFS_CLOSE_ON_EXEC) != 0);
    return other;
}

int kr_vfs_fcntl(int file, int command, uintptr_t argument)
{
    struct description *description = vfs_core_get(file);

    if (description == NULL)
        return -KR_EBADF;
    switch (command) {
    case 0:    /* F_DUPFD */
    case 1030: /* F_DUPFD_CLOEXEC */
        if (!vfs_core_in_range((int)argument))
            return -KR_EINVAL;
        return duplicate(file, (int)argument, command == 1030);
    case 1: /* F_GETFD */
        return vfs_core_closes_on_exec(file);
    case 2: /* F_SETFD */
        vfs_core_close_on_exec(file, (argument & 1) != 0);
        return 0;
    case 3: /* F_GETFL */
        return description->flags;
    case 4: /* F_SETFL */
        description->flags = (description->flags & ~CHANGEABLE) | ((int)argument & CHANGEABLE);
        return 0;
    default:
        return vfs_core_lock(description, command, (struct kr_vfs_lock *)argument);
    }
}

int kr_vfs_install(const struct kr_vfs_operations *operations, void *state, int flags)
{
    struct description *description = vfs_core_describe();

    if (description == NULL)
        return -KR_ENOMEM;
    description->operations = operations;
    description->state = state;
    description->flags = flags & KEPT_FLAGS;
    int file = vfs_core_enter(description, 0, (flags & KR_VFS_CLOSE_ON_EXEC) != 0);
    if (file < 0)
        kr_alloc_free(description);
    return file;
}

void *kr_vfs_state(int file, const struct kr_vfs_operations *operations)
{
    const struct description *description = vfs_core_get(file);

    if (description == NULL || description->operations != operations)
        return NULL;
    return description->state;
}
