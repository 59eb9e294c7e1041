/* SPDX-License-Identifier: BSD-3-Clause */
/* The index of an archive: an entry for each name, by parent and name. */
#ifndef FS_CPIO_INDEX_H
#define FS_CPIO_INDEX_H

#include <kraft/fs.h>

/* What a header of the archive says of one entry. */
struct record {
    struct kr_fs_name path;
    const unsigned char *content;
    uint32_t size;
    uint32_t mode, user, group, links, modified, inode, device;
};

/* A name, and the file behind it. Further names of a file that has several
 * lead to the node of the one that carries its content. */
struct entry {
    struct kr_fs_node node;
    const unsigned char *content;
    int64_t modified;
    struct entry *file;    /* whose node counts: itself, or the one with the content */
    struct entry *parent;  /* itself for the root */
    struct entry *first;   /* of a folder: its entries */
    struct entry *last;
    struct entry *sibling; /* the next in the same folder */
    struct entry *next;    /* of the same bucket */
    struct kr_fs_name name;
};

struct index {
    struct entry *entries; /* the root is the first */
    struct entry **buckets;
    size_t count;    /* entries in use */
    size_t capacity; /* entries there is room for */
    size_t mask;     /* buckets - 1 */
};

/* Reads the archive in [at, end). Returns 0, -KR_EIO for one that is damaged,
 * -KR_ENOMEM. */
int fs_cpio_index(struct index *index, const unsigned char *at, const unsigned char *end);
void fs_cpio_forget(struct index *index);
struct entry *fs_cpio_find(const struct index *index, const struct entry *folder,
                           struct kr_fs_name name);

/* record.c: the record at *(at), which moves to the next. 1, 0 after the
 * last, -KR_EIO. */
int fs_cpio_record(const unsigned char **at, const unsigned char *end, struct record *record);

#endif
