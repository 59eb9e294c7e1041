/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the files of this lib share. A node that somebody keeps is counted by
 * hold and let go by drop; a place is what a path led to.
 */
#ifndef VFS_CORE_H
#define VFS_CORE_H

#include <kraft/fs.h>
#include <kraft/vfs.h>

#define MAY_EXECUTE 1u
#define MAY_WRITE 2u
#define MAY_READ 4u

/* An open file: what every descriptor of it shares. */
struct description {
    struct kr_fs_node *node;                   /* held; NULL for an installed one */
    const struct kr_vfs_operations *operations; /* of an installed one */
    void *state;                               /* likewise */
    int64_t position;                          /* bytes; in a folder, as getdents tells */
    uint32_t references;                       /* descriptors, and calls under way */
    int flags;                                 /* of openat, without those of opening */
};

/* What a path led to. Name and node are of the folder; a path that ends in
 * "/", "." or ".." has a node and an empty name. */
struct place {
    struct kr_fs_node *folder; /* held */
    struct kr_fs_node *node;   /* held; NULL: no such entry */
    struct kr_fs_name name;    /* in the path, or in (copy) */
    bool wants_folder;         /* the path ended in a slash */
    char last;                 /* '.' or ':' where the path ended in "." or "..", else 0 */
    char *copy;                /* the path after links were put in; allocated */
};

struct vfs {
    struct kr_fs_mount *root;
    struct kr_fs_mount *mounts; /* all of them */
    struct kr_fs_node *here;    /* the current folder, held */
    uint64_t device;            /* the last number that was given away */
    uint32_t user, group;
    unsigned umask;
};
extern struct vfs vfs_core;

static inline uint32_t kind_of(const struct kr_fs_node *node)
{
    return node->mode & KR_VFS_KIND;
}

static inline bool is_folder(const struct kr_fs_node *node)
{
    return kind_of(node) == KR_VFS_DIRECTORIES;
}

static inline struct kr_fs_node *hold(struct kr_fs_node *node)
{
    node->references++;
    node->mount->references++;
    return node;
}

static inline void drop(struct kr_fs_node *node)
{
    node->mount->references--;
    if (--node->references == 0 && node->mount->driver->forget != NULL)
        node->mount->driver->forget(node);
}

/* table.c: descriptors. */
struct description *vfs_core_describe(void);          /* one reference; NULL: no memory */
int vfs_core_enter(struct description *description, int least, bool close_on_exec);
struct description *vfs_core_get(int file);           /* NULL: not open; not counted */
struct description *vfs_core_take(int file);          /* closes; the reference is the caller's */
void vfs_core_put(int file, struct description *description, bool close_on_exec);
bool vfs_core_in_range(int file);                      /* it could be a descriptor */
bool vfs_core_closes_on_exec(int file);
void vfs_core_close_on_exec(int file, bool does);
void vfs_core_release(struct description *description); /* one reference less */

/* walk.c. */
int vfs_core_walk(int at, const char *path, bool follow, struct place *place);
void vfs_core_leave(struct place *place);
/* As walk, but the place is (at) itself where the path is empty and (flags)
 * have KR_VFS_EMPTY_PATH; links are followed unless KR_VFS_NO_FOLLOW. There is
 * a node, or -KR_ENOENT. */
int vfs_core_find(int at, const char *path, int flags, struct place *place);

/* The path of a folder from the root of all; its length with the NUL, or -KR_ERANGE, -KR_ENOENT. */
int64_t vfs_core_path_of(struct kr_fs_node *node, char *path, size_t size);
/* The folder above (folder), beyond mounts; held. */
int vfs_core_above(struct kr_fs_node *folder, struct kr_fs_node **above);

/* permission.c. 0, or -KR_EACCES, -KR_EROFS. */
int vfs_core_may(const struct kr_fs_node *node, unsigned wanted);
int vfs_core_may_change(const struct kr_fs_node *folder); /* its entries */
int vfs_core_may_take(const struct kr_fs_node *folder, const struct kr_fs_node *node);
bool vfs_core_owns(const struct kr_fs_node *node);

/* locks.c: what a closed descriptor, and a closed file, had locked. */
void vfs_core_unlock_process(struct kr_fs_node *node);
void vfs_core_unlock(struct description *description);
int vfs_core_lock(struct description *description, int command, struct kr_vfs_lock *lock);

/* watch.c: the open file goes. */
void vfs_core_unwatch_all(struct description *description);

/* streams.c, mounts.c, volumes.c. */
int vfs_core_open_streams(void);
int vfs_core_mount_all(void);
int vfs_core_mount_volumes(void);

#endif
