/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Mounts. A mount's root hides the folder that it lies upon: the folder knows
 * what is over it, the mount what it covers, and a walk steps between them.
 */
#include <kraft/alloc.h>
#include <kraft/string.h>

#include "core.h"
#include "options.h"

#define READ_ONLY 1u /* MS_RDONLY */

struct vfs vfs_core = {.umask = 022};

static bool is_same(const char *one, const char *other, size_t length)
{
    size_t i = 0;

    while (i < length && one[i] == other[i] && one[i] != '\0')
        i++;
    return i == length && one[i] == '\0';
}

static const struct kr_fs_driver *driver_called(const char *name, size_t length)
{
    for (size_t i = 0; i < kr_fs_driver_count; i++)
        if (is_same(kr_fs_drivers[i]->name, name, length))
            return kr_fs_drivers[i];
    return NULL;
}

static size_t length_of(const char *text)
{
    size_t length = 0;

    while (text[length] != '\0')
        length++;
    return length;
}

static const struct kr_fs_mount *mounted(size_t index, char *path, size_t size)
{
    size_t after = 0; /* the newest is the first in the list */

    for (const struct kr_fs_mount *one = vfs_core.mounts; one != NULL; one = one->next)
        after++;
    if (index >= after)
        return NULL;
    const struct kr_fs_mount *one = vfs_core.mounts;
    for (after -= index + 1; after > 0; after--)
        one = one->next;
    return vfs_core_path_of(one->root, path, size) < 0 ? NULL : one;
}

/* Mounts upon (covered), or as the root of all where it is NULL. */
static int mount(const struct kr_fs_driver *driver, struct kr_fs_node *covered,
                 const struct kr_fs_mount *wish)
{
    struct kr_fs_mount *made = kr_alloc_allocate(sizeof(*made));

    if (made == NULL)
        return -KR_ENOMEM;
    *made = *wish;
    made->driver = driver;
    made->device = ++vfs_core.device;
    made->opened = kr_vfs_fstat;
    made->here = kr_vfs_getcwd;
    made->mounted = mounted;
    int error = driver->mount(made);
    if (error < 0) {
        kr_alloc_free(made);
        return error;
    }
    made->covered = covered;
    made->next = vfs_core.mounts;
    vfs_core.mounts = made;
    if (covered != NULL)
        hold(covered)->over = made;
    else
        vfs_core.root = made;
    return 0;
}

int kr_vfs_mount(const char *source, const char *path, const char *type, unsigned long flags,
                 const char *options)
{
    const struct kr_fs_mount wish = {
        .source = source, .options = options, .read_only = (flags & READ_ONLY) != 0};
    const struct kr_fs_driver *driver = driver_called(type, length_of(type));
    struct place place;

    if (vfs_core.user != 0)
        return -KR_EPERM;
    int error = vfs_core_find(KR_VFS_HERE, path, 0, &place);
    if (error < 0)
        return error;
    if (!is_folder(place.node))
        error = -KR_ENOTDIR;
    else if (driver == NULL)
        error = -KR_ENODEV;
    else
        error = mount(driver, place.node, &wish);
    vfs_core_leave(&place);
    return error;
}

static void forget(const struct kr_fs_mount *mount)
{
    struct kr_fs_mount **link = &vfs_core.mounts;

    while (*link != mount)
        link = &(*link)->next;
    *link = mount->next;
}

int kr_vfs_unmount(const char *path)
{
    struct place place;

    if (vfs_core.user != 0)
        return -KR_EPERM;
    int error = vfs_core_find(KR_VFS_HERE, path, 0, &place);
    if (error < 0)
        return error;
    struct kr_fs_mount *mount = place.node->mount;
    bool is_root = place.node == mount->root;
    vfs_core_leave(&place);
    if (!is_root)
        return -KR_EINVAL;
    if (mount->covered == NULL || mount->references > 0)
        return -KR_EBUSY;
    if (!mount->read_only && mount->driver->sync != NULL) {
        error = mount->driver->sync(mount->root);
        if (error < 0)
            return error;
    }
    mount->covered->over = NULL;
    drop(mount->covered);
    forget(mount);
    mount->driver->unmount(mount);
    kr_alloc_free(mount);
    return 0;
}

/* One TYPE:FOLDER of the option; what the image does not have, or what has no
 * place, is left out. */
static int mount_at_start(const char *type, size_t length, const char *folder)
{
    static const struct kr_fs_mount wish = {0};
    const struct kr_fs_driver *driver = driver_called(type, length);
    struct place place;

    if (driver == NULL || (folder[1] == '\0' && vfs_core.root != NULL))
        return 0;
    if (folder[1] == '\0') {
        int error = mount(driver, NULL, &wish);

        return error == -KR_ENODEV ? 0 : error; /* it has nothing to show */
    }
    if (vfs_core.root == NULL)
        return 0;
    if (vfs_core.here == NULL)
        vfs_core.here = hold(vfs_core.root->root);
    int error = kr_vfs_mkdirat(KR_VFS_HERE, folder, 01777);
    if (error == -KR_ENOMEM || vfs_core_find(KR_VFS_HERE, folder, 0, &place) < 0)
        return error == -KR_ENOMEM ? error : 0;
    bool useful = is_folder(place.node) && place.node->mount->driver != driver;
    error = useful ? mount(driver, place.node, &wish) : 0;
    vfs_core_leave(&place);
    return error;
}

int vfs_core_mount_all(void)
{
    const char *text = OPT_MOUNTS;

    while (*text != '\0') {
        char folder[256];
        size_t length = 0;
        const char *type = text;

        while (*text != ':' && *text != '\0')
            text++;
        size_t type_length = (size_t)(text - type);
        while (*text != ' ' && *text != '\0' && length < sizeof(folder) - 1)
            folder[length++] = *text++;
        folder[length] = '\0';
        while (*text == ' ')
            text++;
        if (length < 2 || folder[1] != '/')
            return -KR_EINVAL;
        int error = mount_at_start(type, type_length, folder + 1);
        if (error < 0)
            return error;
    }
    if (vfs_core.root == NULL)
        return -KR_ENODEV;
    if (vfs_core.here == NULL)
        vfs_core.here = hold(vfs_core.root->root);
    return 0;
}

int kr_vfs_sync(void)
{
    int first = 0;

    for (struct kr_fs_mount *each = vfs_core.mounts; each != NULL; each = each->next) {
        if (each->read_only || each->driver->sync == NULL)
            continue;
        hold(each->root); /* the driver may wait, and the mount stays */
        int error = each->driver->sync(each->root);
        first = first == 0 ? error : first;
        drop(each->root);
    }
    return first;
}

/* What programs wrote and did not sync is kept, as after a shutdown. Whoever
 * wanted to know whether that works has synced. */
void vfs_core_end(void);
void vfs_core_end(void)
{
    kr_vfs_sync();
}
