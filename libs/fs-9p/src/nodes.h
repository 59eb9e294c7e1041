/* SPDX-License-Identifier: BSD-3-Clause */
/* What is known of the server's files. */
#ifndef FS_9P_NODES_H
#define FS_9P_NODES_H

#include <kraft/fs.h>
#include <kraft/sched.h>

#include "message.h"

/* Entries of a folder that have been read, and not yet been asked for. */
struct listing {
    uint64_t position; /* of the entry at (at) */
    uint32_t at, length;
    uint8_t entries[4096];
};

struct node {
    struct kr_fs_node head;
    struct node *next;      /* with the same hash */
    struct node *parent;    /* of a folder: it stays while this does; the root's is itself */
    struct listing *listing; /* of a folder */
    struct kr_vfs_time accessed, modified, changed;
    struct kr_sched_queue writers;
    int64_t blocks;         /* 512 bytes each */
    uint32_t fid;           /* to walk from, to ask and to change */
    uint32_t open;          /* to read and write through; or NO_FID */
    uint32_t inside;        /* folders that have this one for a parent */
    bool writable;          /* (open) is */
    bool writing;           /* somebody is: others wait in (writers) */
};

/* A mount. */
struct nine {
    struct server *server;
    struct node **table; /* by inode; (mask) + 1 of them, a power of two */
    size_t mask, count;
};

static inline struct node *node_of(struct kr_fs_node *head)
{
    return (struct node *)head;
}

static inline struct nine *nine_of(const struct kr_fs_node *head)
{
    return head->mount->state;
}

/* The node that (fid) stands for, whose qid is (qid), known already or new:
 * the fid is the node's from now on, or given back. Facts are fresh. */
int fs_9p_know(struct kr_fs_mount *mount, struct node *parent, uint32_t fid, struct qid qid,
               struct node **node);

/* Reads the facts anew. */
int fs_9p_refresh(struct node *node);

/* A new fid for what is called (name) in (from), or for (from) itself where
 * name is empty. */
int fs_9p_walk(struct node *from, struct kr_fs_name name, uint32_t *fid, struct qid *qid);
void fs_9p_clunk(struct server *server, uint32_t fid);

/* Opens (node) for reading, and writing where that may be; or does nothing. */
int fs_9p_open_node(struct node *node);

/* (node) has lost a name. */
void fs_9p_lose_name(struct node *node);

/* Nobody refers to (node): lets go of it, unless there are folders in it. */
void fs_9p_let_go(struct node *node);

bool fs_9p_table_start(struct nine *nine);
void fs_9p_table_end(struct nine *nine);

/* files.c */
int64_t fs_9p_read(struct kr_fs_node *head, void *bytes, size_t length, int64_t offset,
                   int flags);
int64_t fs_9p_write(struct kr_fs_node *head, const void *bytes, size_t length, int64_t offset,
                    int flags);
int fs_9p_sync(struct kr_fs_node *head);
int fs_9p_list(struct kr_fs_node *head, uint64_t *position, struct kr_fs_entry *entry);

#endif
