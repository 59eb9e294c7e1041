/* SPDX-License-Identifier: BSD-3-Clause */
/* What the files of this lib share: one mounted disk. */
#ifndef FS_DISK_H
#define FS_DISK_H

#include <kraft/blkdev.h>
#include <kraft/fs.h>
#include <kraft/sched.h>

#include "format.h"
#include "options.h"

#define BUFFERS ((unsigned)(OPT_CACHE / BLOCK))
#define BUCKETS 256u

/* A block in memory. */
struct buffer {
    struct buffer *next; /* with the same hash */
    uint8_t *bytes;
    uint64_t block;      /* 0: it holds none */
    uint64_t step;       /* in which it was last used */
    bool dirty;
    bool tree;           /* a block of the tree, which has a checksum */
    bool reading;        /* (request) is under way */
    struct kr_blkdev_request request;
};

/* A file that somebody refers to, or that has changed. */
struct node {
    struct kr_fs_node head;
    struct node *next;    /* with the same hash */
    struct node *parent;  /* of a folder, which stays; the root's is itself */
    struct node *next_changed;
    struct kr_vfs_time accessed, modified, changed;
    uint32_t inside;      /* folders that have this one for a parent */
    bool going;           /* nobody refers to it; it is looked at whether it goes */
    bool dirty;           /* its inode is not as in the tree; in the list */
};

struct disk {
    struct kr_fs_mount *mount;
    const struct kr_blkdev_driver *driver;
    unsigned index;
    struct kr_blkdev_facts facts;
    struct superblock super; /* of the commit that is being made */
    bool changed;  /* something is not yet on the disk */
    bool failed;   /* it was not written: nothing will be */
    bool locked;
    struct kr_sched_queue waiting; /* for the lock */

    /* space.c: a bit for each block */
    uint64_t *used;    /* not to be given away */
    uint64_t *fresh;   /* given away since the last commit */
    uint64_t *pending; /* free once the commit is made */
    uint64_t words, cursor, free, freeing;

    /* cache.c */
    struct buffer buffers[BUFFERS];
    struct buffer *table[BUCKETS];
    uint8_t *memory; /* BUFFERS blocks, and one for the superblock */
    unsigned hand, dirty;
    uint64_t step;

    /* inodes.c */
    struct node *nodes[BUCKETS];
    struct node *first_changed;
    unsigned changed_count;
    uint8_t listed[VALUE_MOST]; /* entries.c: what list_entry showed */
};

static inline struct disk *disk_of(const struct kr_fs_node *head)
{
    return head->mount->state;
}

static inline struct node *node_of(struct kr_fs_node *head)
{
    return (struct node *)head;
}

/* cache.c. Buffers stay until the next step. */
uint64_t fs_disk_sum(const void *bytes, size_t length);
bool fs_disk_cache_start(struct disk *disk);
void fs_disk_cache_end(struct disk *disk);
static inline void next_step(struct disk *disk)
{
    disk->step++;
}
int fs_disk_get(struct disk *disk, uint64_t block, struct buffer **buffer);
int fs_disk_new(struct disk *disk, uint64_t block, struct buffer **buffer); /* zeros */
void fs_disk_ask(struct disk *disk, uint64_t block); /* begins to read it */
void fs_disk_drop(struct disk *disk, uint64_t block); /* its content is not wanted */
void fs_disk_move(struct disk *disk, struct buffer *buffer, uint64_t block);
void fs_disk_dirty(struct disk *disk, struct buffer *buffer);
int fs_disk_write_all(struct disk *disk);
int fs_disk_do(struct disk *disk, int operation, uint64_t sector, uint32_t count, void *bytes);

/* space.c */
bool fs_disk_space_start(struct disk *disk);
void fs_disk_space_end(struct disk *disk);
bool fs_disk_claim(struct disk *disk, uint64_t block); /* false: taken, or no such */
uint64_t fs_disk_take(struct disk *disk);              /* 0: none */
void fs_disk_release(struct disk *disk, uint64_t block);
bool fs_disk_is_fresh(const struct disk *disk, uint64_t block);
void fs_disk_space_committed(struct disk *disk);
uint64_t fs_disk_reserve(const struct disk *disk);

/* node.c: within a block of the tree */
struct child *fs_disk_children(struct buffer *buffer);
struct item *fs_disk_items(struct buffer *buffer);
struct node_header *fs_disk_header(struct buffer *buffer);
unsigned fs_disk_position(struct buffer *buffer, struct key key, bool *exact);
size_t fs_disk_room(struct buffer *buffer);
void fs_disk_insert_item(struct buffer *leaf, unsigned at, struct key key, const void *value,
                         size_t length);
void fs_disk_remove_item(struct buffer *leaf, unsigned at);
void fs_disk_insert_child(struct buffer *inner, unsigned at, const struct child *child);
void fs_disk_remove_child(struct buffer *inner, unsigned at);
bool fs_disk_is_sound(struct buffer *buffer, uint64_t block, uint64_t generation, int level);
int fs_disk_compare(struct key one, struct key other);

/* tree.c. Values are copied. */
int fs_disk_make_root(struct disk *disk); /* of an empty tree */
int fs_disk_find(struct disk *disk, struct key key, void *value, size_t room, size_t *length);
/* The first item not before *(key), which becomes its key; -KR_ENOENT. */
int fs_disk_next(struct disk *disk, struct key *key, void *value, size_t *length);
int fs_disk_put(struct disk *disk, struct key key, const void *value, size_t length);
int fs_disk_remove(struct disk *disk, struct key key);

/* commit.c */
int fs_disk_commit(struct disk *disk);
int fs_disk_begin(struct disk *disk, uint64_t blocks);  /* locks, to change */
int fs_disk_finish(struct disk *disk, int error);       /* unlocks; an error in the middle ends it */
void fs_disk_lock(struct disk *disk);
void fs_disk_unlock(struct disk *disk);

/* mount.c */
int fs_disk_mount(struct kr_fs_mount *mount);
void fs_disk_unmount(struct kr_fs_mount *mount);

/* scan.c: the whole tree at mount; claims its blocks. */
int fs_disk_scan(struct disk *disk);

/* inodes.c */
int fs_disk_node(struct disk *disk, uint64_t inode, struct node *parent, struct node **node);
struct node *fs_disk_new_node(struct disk *disk, const struct kr_fs_attributes *attributes,
                              struct node *parent);
void fs_disk_touch(struct node *node); /* modified and changed are now */
void fs_disk_note(struct node *node);     /* its inode is to be written */
int fs_disk_write_inodes(struct disk *disk);
void fs_disk_let_go(struct node *node); /* nobody refers to it */
int fs_disk_erase(struct disk *disk, uint64_t inode); /* items, blocks, orphan */

/* entries.c */
int fs_disk_entry(struct disk *disk, uint64_t folder, struct kr_fs_name name, uint64_t *inode);
int fs_disk_add_entry(struct disk *disk, uint64_t folder, struct kr_fs_name name,
                      const struct node *node);
int fs_disk_remove_entry(struct disk *disk, uint64_t folder, struct kr_fs_name name);
int fs_disk_list_entry(struct disk *disk, uint64_t folder, uint64_t *position,
                       struct kr_fs_entry *entry);
int fs_disk_is_empty(struct disk *disk, uint64_t folder); /* 1, 0 or an error */

/* content.c */
int64_t fs_disk_read(struct kr_fs_node *head, void *bytes, size_t length, int64_t offset,
                     int flags);
int64_t fs_disk_write(struct kr_fs_node *head, const void *bytes, size_t length, int64_t offset,
                      int flags);
int fs_disk_store(struct node *node, const uint8_t *bytes, size_t length, int64_t offset);
int fs_disk_cut(struct disk *disk, uint64_t inode, uint64_t first); /* blocks from (first) on */
int fs_disk_resize(struct kr_fs_node *head, int64_t size);

static inline struct key key_of(uint64_t inode, uint64_t kind, uint64_t number)
{
    return (struct key){inode, kind << 56 | number};
}

#endif
