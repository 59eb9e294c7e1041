/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reading, writing and positions. A description is counted while a driver
 * works for it, since the driver may wait and another thread close the file.
 */
#include "core.h"

#define PARTS 1024 /* IOV_MAX */
#define MOST ((size_t)INT64_MAX)
#define TERMINAL_MAJOR 5u

typedef int64_t transfer(struct description *description, void *bytes, size_t length,
                         int64_t offset);

static bool has_position(const struct description *description)
{
    const struct kr_fs_node *node = description->node;

    if (node == NULL)
        return false;
    return kind_of(node) != KR_VFS_CHARACTERS || node->special >> 8 != TERMINAL_MAJOR;
}

static int64_t read_at(struct description *description, void *bytes, size_t length,
                       int64_t offset)
{
    struct kr_fs_node *node = description->node;

    if (node != NULL)
        return node->mount->driver->read(node, bytes, length, offset, description->flags);
    if (description->operations->read == NULL)
        return -KR_EINVAL;
    return description->operations->read(description->state, bytes, length, description->flags);
}

static int64_t largest = INT64_MAX; /* bytes that a file may have */

void kr_vfs_limit_size(uint64_t size)
{
    largest = size < INT64_MAX ? (int64_t)size : INT64_MAX;
}

/* How much of a write may be done; -KR_EFBIG where nothing may. */
static int64_t permitted(const struct kr_fs_node *node, size_t length, int64_t offset)
{
    if (kind_of(node) != KR_VFS_FILE || length == 0 || (uint64_t)offset + length <= (uint64_t)largest)
        return (int64_t)length;
    return offset < largest ? largest - offset : -KR_EFBIG;
}

static int64_t write_at(struct description *description, void *bytes, size_t length,
                        int64_t offset)
{
    struct kr_fs_node *node = description->node;

    if (node != NULL && largest != INT64_MAX) {
        int64_t part = permitted(node, length, offset);

        if (part < 0)
            return part;
        length = (size_t)part;
    }
    if (node != NULL)
        return node->mount->driver->write(node, bytes, length, offset, description->flags);
    if (description->operations->write == NULL)
        return -KR_EINVAL;
    return description->operations->write(description->state, bytes, length,
                                          description->flags);
}

/* Whether (file) is open for this. */
static int check(int file, bool writes, struct description **description)
{
    struct description *found = vfs_core_get(file);

    if (found == NULL || (found->flags & KR_VFS_PATH_ONLY) != 0 ||
        (found->flags & KR_VFS_ACCESS) == (writes ? KR_VFS_READ : KR_VFS_WRITE))
        return -KR_EBADF;
    if (found->node != NULL && is_folder(found->node))
        return -KR_EISDIR;
    *description = found;
    return 0;
}

/* Each part at the next offset, until one is not moved whole. */
static int64_t each_part(struct description *description, transfer *move,
                         const struct kr_vfs_part *parts, int count, int64_t offset)
{
    int64_t done = 0;

    if (count == 1 && parts[0].length <= MOST)
        return move(description, parts[0].bytes, parts[0].length, offset);
    for (int i = 0; i < count; i++) {
        if (parts[i].length == 0)
            continue;
        if (parts[i].length > MOST - (size_t)done)
            return done > 0 ? done : -KR_EINVAL;
        int64_t moved = move(description, parts[i].bytes, parts[i].length, offset + done);

        if (moved < 0)
            return done > 0 ? done : moved;
        done += moved;
        if ((size_t)moved < parts[i].length)
            break;
    }
    return done;
}

/* At the position, which moves on. */
static int64_t go_on(int file, const struct kr_vfs_part *parts, int count, bool writes)
{
    struct description *description = NULL;
    int error = check(file, writes, &description);

    if (error < 0)
        return error;
    if (count < 0 || count > PARTS)
        return -KR_EINVAL;
    description->references++;
    bool appends = writes && (description->flags & KR_VFS_APPEND) != 0 && description->node != NULL;
    if (appends)
        description->position = description->node->size;
    int64_t done = each_part(description, writes ? write_at : read_at, parts, count,
                             description->position);
    if (done > 0 && has_position(description))
        description->position = appends ? description->node->size : description->position + done;
    if (done > 0 && writes && description->node != NULL &&
        (description->flags & KR_VFS_DATA_SYNC) != 0) {
        error = description->node->mount->driver->sync(description->node);
        done = error < 0 ? error : done;
    }
    vfs_core_release(description);
    return done;
}

/* At (offset); the position stays. */
static int64_t there(int file, const struct kr_vfs_part *parts, int count, int64_t offset,
                     bool writes)
{
    struct description *description = NULL;
    int error = check(file, writes, &description);

    if (error < 0)
        return error;
    if (!has_position(description))
        return -KR_ESPIPE;
    if (offset < 0 || count < 0 || count > PARTS)
        return -KR_EINVAL;
    description->references++;
    if (writes && (description->flags & KR_VFS_APPEND) != 0)
        offset = description->node->size; /* as Linux does; man 2 pwrite, BUGS */
    int64_t done = each_part(description, writes ? write_at : read_at, parts, count, offset);
    vfs_core_release(description);
    return done;
}

/* A file that was installed has no position, and is asked without detours. */
static int64_t read_installed(struct description *description, void *bytes, size_t length)
{
    if ((description->flags & KR_VFS_ACCESS) == KR_VFS_WRITE)
        return -KR_EBADF;
    if (description->operations->read == NULL)
        return -KR_EINVAL;
    description->references++;
    int64_t done =
        description->operations->read(description->state, bytes, length, description->flags);
    vfs_core_release(description);
    return done;
}

static int64_t write_installed(struct description *description, const void *bytes, size_t length)
{
    if ((description->flags & KR_VFS_ACCESS) == KR_VFS_READ)
        return -KR_EBADF;
    if (description->operations->write == NULL)
        return -KR_EINVAL;
    description->references++;
    int64_t done =
        description->operations->write(description->state, bytes, length, description->flags);
    vfs_core_release(description);
    return done;
}

int64_t kr_vfs_read(int file, void *bytes, size_t length)
{
    struct description *description = vfs_core_get(file);
    const struct kr_vfs_part part = {bytes, length};

    if (description != NULL && description->node == NULL)
        return read_installed(description, bytes, length);

    return go_on(file, &part, 1, false);
}

int64_t kr_vfs_write(int file, const void *bytes, size_t length)
{
    struct description *description = vfs_core_get(file);
    const struct kr_vfs_part part = {(void *)(uintptr_t)bytes, length};

    if (description != NULL && description->node == NULL)
        return write_installed(description, bytes, length);

    return go_on(file, &part, 1, true);
}

int64_t kr_vfs_pread(int file, void *bytes, size_t length, int64_t offset)
{
    const struct kr_vfs_part part = {bytes, length};

    return there(file, &part, 1, offset, false);
}

int64_t kr_vfs_pwrite(int file, const void *bytes, size_t length, int64_t offset)
{
    const struct kr_vfs_part part = {(void *)(uintptr_t)bytes, length};

    return there(file, &part, 1, offset, true);
}

int64_t kr_vfs_readv(int file, const struct kr_vfs_part *parts, int count)
{
    return go_on(file, parts, count, false);
}

int64_t kr_vfs_writev(int file, const struct kr_vfs_part *parts, int count)
{
    return go_on(file, parts, count, true);
}

int64_t kr_vfs_preadv(int file, const struct kr_vfs_part *parts, int count, int64_t offset)
{
    return there(file, parts, count, offset, false);
}

int64_t kr_vfs_pwritev(int file, const struct kr_vfs_part *parts, int count, int64_t offset)
{
    return there(file, parts, count, offset, true);
}

int64_t kr_vfs_lseek(int file, int64_t offset, int from)
{
    struct description *description = vfs_core_get(file);
    int64_t base = 0;

    if (description == NULL)
        return -KR_EBADF;
    if (!has_position(description))
        return -KR_ESPIPE;
    if (from == 1)
        base = description->position;
    else if (from == 2)
        base = description->node->size;
    else if (from != 0)
        return -KR_EINVAL;
    if (__builtin_add_overflow(base, offset, &base))
        return -KR_EOVERFLOW;
    if (base < 0)
        return -KR_EINVAL;
    if (kind_of(description->node) == KR_VFS_CHARACTERS)
        base = 0;
    description->position = base;
    return base;
}

int kr_vfs_ftruncate(int file, int64_t size)
{
    struct description *description = NULL;
    int error = check(file, true, &description);

    if (error == -KR_EISDIR || size < 0)
        return -KR_EINVAL;
    if (error < 0)
        return vfs_core_get(file) == NULL ? -KR_EBADF : -KR_EINVAL;
    if (description->node == NULL || kind_of(description->node) != KR_VFS_FILE)
        return -KR_EINVAL;
    if (size > largest && size > description->node->size)
        return -KR_EFBIG;
    description->references++;
    error = description->node->mount->driver->resize(description->node, size);
    vfs_core_release(description);
    return error;
}

int kr_vfs_fallocate(int file, int mode, int64_t offset, int64_t length)
{
    struct description *description = NULL;
    int error = check(file, true, &description);
    int64_t end;

    if (error < 0)
        return -KR_EBADF;
    if (offset < 0 || length <= 0)
        return -KR_EINVAL;
    if (mode != 0 && mode != KR_VFS_KEEP_SIZE && mode != (KR_VFS_KEEP_SIZE | KR_VFS_PUNCH_HOLE))
        return -KR_EOPNOTSUPP;
    if (!has_position(description))
        return -KR_ESPIPE;
    struct kr_fs_node *node = description->node;
    if (kind_of(node) != KR_VFS_FILE)
        return -KR_ENODEV;
    if (__builtin_add_overflow(offset, length, &end) || (mode == 0 && end > largest))
        return -KR_EFBIG;
    if (node->mount->driver->allocate == NULL)
        return -KR_EOPNOTSUPP;
    description->references++;
    error = node->mount->driver->allocate(node, mode, offset, length);
    vfs_core_release(description);
    return error;
}

int kr_vfs_fsync(int file)
{
    struct description *description = vfs_core_get(file);

    if (description == NULL || (description->flags & KR_VFS_PATH_ONLY) != 0)
        return -KR_EBADF;
    if (description->node == NULL)
        return -KR_EINVAL;
    const struct kr_fs_driver *driver = description->node->mount->driver;
    if (driver->sync == NULL)
        return 0;
    description->references++;
    int error = driver->sync(description->node);
    vfs_core_release(description);
    return error;
}

int kr_vfs_ready(int file)
{
    const struct description *description = vfs_core_get(file);

    if (description == NULL)
        return -KR_EBADF;
    const struct kr_fs_node *node = description->node;
    if (node == NULL)
        return description->operations->ready == NULL
                   ? 5
                   : description->operations->ready(description->state);
    return node->mount->driver->ready == NULL ? 5 : node->mount->driver->ready(description->node);
}

/* For every file; 1 where (request) is the driver's. */
static int common_ioctl(int file, struct description *description, unsigned request,
                        const int *argument)
{
    switch (request) {
    case 0x5421: /* FIONBIO */
        description->flags &= ~KR_VFS_NON_BLOCKING;
        description->flags |= *argument != 0 ? KR_VFS_NON_BLOCKING : 0;
        return 0;
    case 0x5450: /* FIONCLEX */
    case 0x5451: /* FIOCLEX */
        vfs_core_close_on_exec(file, request == 0x5451);
        return 0;
    default:
        return 1;
    }
}

int kr_vfs_ioctl(int file, unsigned request, void *argument)
{
    struct description *description = vfs_core_get(file);

    if (description == NULL || (description->flags & KR_VFS_PATH_ONLY) != 0)
        return -KR_EBADF;
    if (common_ioctl(file, description, request, argument) == 0)
        return 0;
    struct kr_fs_node *node = description->node;
    if (node == NULL)
        return description->operations->ioctl == NULL
                   ? -KR_ENOTTY
                   : description->operations->ioctl(description->state, request, argument);
    return node->mount->driver->ioctl == NULL ? -KR_ENOTTY
                                              : node->mount->driver->ioctl(node, request, argument);
}
