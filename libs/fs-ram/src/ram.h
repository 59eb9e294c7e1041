/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the files of this lib share: a node is a file, a folder or a link;
 * pages hold the content of files, entries the names in folders.
 */
#ifndef FS_RAM_H
#define FS_RAM_H

#include <kraft/fs.h>

#define PAGE 4096u
#define FANOUT 512u /* pages or tables below a table */

/* The content of a file: a block of up to a page where height is 0, else a
 * tree of tables, height levels of them above whole pages. A page that is not
 * there reads as zero. */
struct content {
    void *top;     /* NULL: nothing but zeros */
    size_t length; /* bytes of the block, where height is 0 */
    unsigned height;
    uint64_t pages; /* that there are; for stat */
};

struct entry {
    struct entry *next; /* of the same bucket */
    struct node *node;
    uint32_t hash;
    uint32_t slot; /* where it is in its folder's slots: for its whole life */
    uint32_t length;
    char name[];
};

/* What a slot or hole is: an entry, or the next hole. */
union slot {
    struct entry *entry;
    uintptr_t hole; /* the next hole's number, doubled and odd */
};

struct entries {
    union slot *slots;      /* capacity of them, the first end used so far */
    struct entry **buckets; /* capacity of them, behind the slots */
    uint32_t capacity;      /* a power of two, or 0 */
    uint32_t end;
    uint32_t count;
    uint32_t hole; /* the first hole's number + 1, or 0 */
};

struct node {
    struct kr_fs_node head;
    struct kr_vfs_time accessed, modified, changed;
    union {
        struct content content;
        char *target;
        struct {
            struct entries entries;
            struct node *parent; /* itself for a root and for what was removed */
        } folder;
    } of;
};

/* A mount. */
struct ram {
    uint64_t inode; /* the last that was given away */
    uint64_t nodes;
    uint64_t used; /* bytes of content */
};

static inline struct ram *ram_of(const struct node *node)
{
    return node->head.mount->state;
}

/* content.c: as the driver's functions of that name. */
int64_t fs_ram_read(struct kr_fs_node *node, void *bytes, size_t length, int64_t offset,
                    int flags);
int64_t fs_ram_write(struct kr_fs_node *node, const void *bytes, size_t length, int64_t offset,
                     int flags);
int fs_ram_resize(struct kr_fs_node *node, int64_t size);
int fs_ram_allocate(struct kr_fs_node *node, int mode, int64_t offset, int64_t length);

/* entries.c. insert is 0 or -KR_ENOMEM, and has then changed nothing. */
uint32_t fs_ram_hash(struct kr_fs_name name);
struct entry *fs_ram_find(const struct entries *entries, struct kr_fs_name name);
int fs_ram_insert(struct entries *entries, struct kr_fs_name name, struct node *node);
void fs_ram_remove(struct entries *entries, struct entry *entry);
/* The entry at *(position) or after it, whose successor it moves to; or NULL. */
struct entry *fs_ram_next(const struct entries *entries, uint64_t *position);
void fs_ram_empty(struct entries *entries);

/* nodes.c. */
struct node *fs_ram_new(struct kr_fs_mount *mount, const struct kr_fs_attributes *attributes);
void fs_ram_free(struct node *node);
struct kr_vfs_time fs_ram_now(void);
void fs_ram_touch(struct node *node);

#endif
