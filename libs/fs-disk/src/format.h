/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What lies on the disk, as docs/disk-format.md says. All numbers are
 * little-endian, all structures have their natural alignment.
 */
#ifndef FS_DISK_FORMAT_H
#define FS_DISK_FORMAT_H

#include <kraft/base.h>

#define BLOCK 4096u
#define MAGIC "kraftfs1"
#define NODE_MAGIC 0x65657274u /* "tree" */
#define ROOT_INODE 1u
#define GROUP 32u        /* blocks of a file that one item tells of */
#define LEVELS 8u        /* of the tree at most */
#define VALUE_MOST 1024u /* bytes of an item's value */
#define FIRST_BLOCK 2u   /* behind the two superblocks */
#define LEAST_BLOCKS 64u /* of a disk */

/* Blocks 0 and 1, the first 512 bytes: that with the larger generation
 * counts. */
struct superblock {
    char magic[8];
    uint64_t checksum; /* of these 512 bytes, with this field 0 */
    uint64_t generation;
    uint64_t blocks; /* of the file system, these two included */
    uint64_t root;   /* block of the tree's root */
    uint64_t root_generation;
    uint64_t next_inode;
    uint64_t used; /* blocks, these two included */
    uint8_t reserved[448];
};
_Static_assert(sizeof(struct superblock) == 512, "one sector");

/* Kinds of items. */
#define KIND_INODE UINT64_C(1)
#define KIND_ENTRY UINT64_C(2)  /* of a folder; number: hash of the name */
#define KIND_BLOCKS UINT64_C(3) /* of a file; number: the first, / GROUP */
#define KIND_ORPHAN UINT64_C(4) /* of inode 0; number: an inode without names */

/* Keys are ordered by inode, then by rest. */
struct key {
    uint64_t inode;
    uint64_t rest; /* kind << 56 | number */
};

struct node_header {
    uint64_t checksum; /* of the block, with this field 0 */
    uint32_t magic;
    uint16_t level;      /* 0: a leaf */
    uint16_t count;      /* items or children */
    uint64_t block;      /* where it lies */
    uint64_t generation; /* of the commit that wrote it */
    uint32_t data;       /* leaf: offset of the lowest value */
    uint32_t reserved;
};
_Static_assert(sizeof(struct node_header) == 40, "as written");

struct item {
    struct key key;
    uint32_t at, length; /* of its value, in the block */
};
struct child {
    struct key key; /* no key in it is less; of the first it says nothing */
    uint64_t block, generation;
};
#define ITEMS_AT sizeof(struct node_header)
#define CHILDREN ((BLOCK - sizeof(struct node_header)) / sizeof(struct child))

struct moment {
    int64_t seconds, nanoseconds;
};

/* Value of KIND_INODE. */
struct inode {
    uint32_t mode, user, group, links;
    int64_t size;
    uint64_t special;
    struct moment accessed, modified, changed;
};
_Static_assert(sizeof(struct inode) == 80, "as written");

/* Value of KIND_ENTRY: one after another, all names of that hash. */
struct entry {
    uint64_t inode;
    uint16_t kind;   /* mode >> 12 */
    uint16_t length; /* of the name */
    char name[];     /* and zeros up to a multiple of 4 */
};
#define ENTRY_HEAD 12u

#endif
