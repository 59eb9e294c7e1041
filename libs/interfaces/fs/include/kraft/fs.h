/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * fs: a file system, as whoever resolves paths sees it.
 *
 * Cardinality: any number of providers; each exports one
 *              `const struct kr_fs_driver`.
 * Context:     thread context and boot. A driver MAY wait for a device; one
 *              that does takes care of other threads that call meanwhile.
 * Failure:     a negative KR_E…; what fails has changed nothing. Contents
 *              that come from outside are hostile: damage is -KR_EIO.
 * Ownership:   mounts belong to the caller, nodes to the driver. A node stays
 *              where it is while the caller counts references to it.
 *
 * The caller does all that is the same everywhere: paths, links, mounts,
 * permission, descriptors, positions, locks. It never calls what changes
 * anything on a mount that is read-only; it hands a driver names of 1 to 255
 * bytes without '/' that are neither "." nor ".."; it calls read only for
 * nodes that are not folders, lookup, list and what changes entries only for
 * folders. Functions marked optional MAY be NULL.
 */
#ifndef KRAFT_FS_H
#define KRAFT_FS_H

#include <kraft/base.h>
#include <kraft/vfs.h>

/* A mounted file system. The caller sets all but (state) and (root). */
struct kr_fs_mount {
    const struct kr_fs_driver *driver;
    uint64_t device;            /* number, for stat */
    bool read_only;             /* a driver that cannot write MUST set it */
    const char *source;         /* as given to mount, or NULL */
    const char *options;        /* likewise */
    void *state;                /* the driver's */
    struct kr_fs_node *root;    /* the driver's, a folder */
    struct kr_fs_node *covered; /* the caller's: the folder that it lies upon */
    struct kr_fs_mount *next;   /* the caller's */
    size_t references;          /* the caller's: to nodes of this mount */

    /* The caller's, or NULL, for a driver that shows them: fstat of an open
     * descriptor, 0 or -KR_EBADF; the path of the current folder, and its
     * length with the NUL, or an error; the mount with the number (index), 0
     * the first of all, and the path that it lies at, or NULL. */
    int (*opened)(int file, struct kr_vfs_stat *stat);
    int64_t (*here)(char *path, size_t size);
    const struct kr_fs_mount *(*mounted)(size_t index, char *path, size_t size);
};

/* A file, folder, link or device; a driver keeps its own data around it. */
struct kr_fs_node {
    struct kr_fs_mount *mount;
    uint64_t inode;
    uint64_t special;        /* number of a device */
    int64_t size;            /* bytes now: of the content, 0 where that is
                                made when it is read; of a link's target */
    uint32_t mode;           /* kind and permission; the kind never changes */
    uint32_t user, group;
    uint32_t links;          /* names; 0: it goes with the last reference */
    uint32_t references;     /* the caller's, 0 at first */
    struct kr_fs_mount *over; /* the caller's: what is mounted upon it */
    void *locks;             /* the caller's, NULL at first */
};

struct kr_fs_name {
    const char *text; /* no NUL at its end */
    size_t length;
};

/* What to change of a node. */
#define KR_FS_MODE 1u
#define KR_FS_OWNER 2u
#define KR_FS_ACCESSED 4u
#define KR_FS_MODIFIED 8u
struct kr_fs_attributes {
    uint32_t mode; /* permission bits */
    uint32_t user, group;
    struct kr_vfs_time accessed, modified;
};

/* One entry of a folder. */
struct kr_fs_entry {
    uint64_t inode;
    uint32_t mode;         /* its kind, or 0 where only lookup tells */
    struct kr_fs_name name; /* valid until the next call of the driver */
};

struct kr_fs_driver {
    const char *name; /* its type, as mount names it: "ramfs" */

    /* Fills in (mount)'s state and root. unmount is called when no node is
     * referenced. */
    int (*mount)(struct kr_fs_mount *mount);
    void (*unmount)(struct kr_fs_mount *mount);

    /* The node called (name) in (folder), or of its parent for ".."; a root's
     * is itself. -KR_ENOENT. */
    int (*lookup)(struct kr_fs_node *folder, struct kr_fs_name name, struct kr_fs_node **node);

    /* The entry at *(position), which is 0 at first and is moved to the
     * next. 1 with an (entry), 0 at the end. Neither "." nor
     * ".."; an entry that stays during an iteration is in it once. */
    int (*list)(struct kr_fs_node *folder, uint64_t *position, struct kr_fs_entry *entry);

    /* Up to (length) bytes at (offset); fewer only at the end, or of a device. */
    int64_t (*read)(struct kr_fs_node *node, void *bytes, size_t length, int64_t offset,
                    int flags);

    /* Up to (size) bytes of a link's target. */
    int64_t (*read_link)(struct kr_fs_node *link, char *target, size_t size);

    void (*stat)(struct kr_fs_node *node, struct kr_vfs_stat *stat);
    void (*figures)(struct kr_fs_mount *mount, struct kr_vfs_figures *figures);

    /* Optional: a node whose last reference has gone. One with no links is
     * to be freed. */
    void (*forget)(struct kr_fs_node *node);

    /* Optional: of devices, as of the calls of that name. */
    int (*ready)(struct kr_fs_node *node);
    int (*ioctl)(struct kr_fs_node *node, unsigned request, void *argument);

    /* Optional from here on where each mount is read-only. Writes (length)
     * bytes at (offset), with KR_VFS_APPEND in (flags) at the end that the
     * file then has, or fewer where no more fit: at least one, or
     * -KR_ENOSPC, -KR_EFBIG, -KR_ENOMEM. A gap before (offset) reads as 0. */
    int64_t (*write)(struct kr_fs_node *node, const void *bytes, size_t length, int64_t offset,
                     int flags);
    int (*resize)(struct kr_fs_node *node, int64_t size);
    int (*change)(struct kr_fs_node *node, unsigned which,
                  const struct kr_fs_attributes *attributes);
    int (*sync)(struct kr_fs_node *node);

    /* A node of (mode) and the caller's ids, called (name): a file, folder,
     * or a link to (target). -KR_EEXIST, -KR_ENOSPC, -KR_ENOMEM. */
    int (*make)(struct kr_fs_node *folder, struct kr_fs_name name,
                const struct kr_fs_attributes *attributes, struct kr_fs_name target,
                struct kr_fs_node **node);
    int (*link)(struct kr_fs_node *folder, struct kr_fs_name name, struct kr_fs_node *node);

    /* Takes away the name of (node), which it has; a folder that is not empty
     * is -KR_ENOTEMPTY. */
    int (*unlink)(struct kr_fs_node *folder, struct kr_fs_name name, struct kr_fs_node *node);

    /* Moves (node) to (to_name) in (to_folder), where (replaced) is, or NULL.
     * The caller has checked kinds and that no folder moves into itself;
     * -KR_ENOTEMPTY for (replaced). */
    int (*rename)(struct kr_fs_node *folder, struct kr_fs_name name, struct kr_fs_node *node,
                  struct kr_fs_node *to_folder, struct kr_fs_name to_name,
                  struct kr_fs_node *replaced);

    /* Optional. Room for [offset, offset + length) of a file, so that a write
     * there finds it: what was never written reads as 0, and the file grows
     * to hold it unless (mode) has KR_VFS_KEEP_SIZE. With KR_VFS_PUNCH_HOLE,
     * which comes with the other, its room is given back instead, and it
     * reads as 0. -KR_EFBIG; -KR_ENOSPC, and some of the room may then be
     * there, the content as it was. */
    int (*allocate)(struct kr_fs_node *node, int mode, int64_t offset, int64_t length);
};

extern const struct kr_fs_driver *const kr_fs_drivers[]; /* generated */
extern const size_t kr_fs_driver_count;                  /* generated */

#endif
