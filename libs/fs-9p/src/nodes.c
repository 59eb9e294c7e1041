/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Nodes: one for each file of the host that somebody refers to, found by its
 * inode, so that two names of one file lead to one node. A folder's parent
 * stays for as long as the folder does. Each look-up and stat asks the host
 * anew: what others change there is seen.
 */
#include <kraft/alloc.h>
#include <kraft/string.h>

#include "nodes.h"

#define FIRST_SIZE 64u /* of the table */
#define BASIC 0x7ffu   /* P9_GETATTR_BASIC */
#define GETATTR_ANSWER 153u
#define OPEN_READ 0u
#define OPEN_READ_WRITE 2u
#define OPEN_FOLDER 0200000u

bool fs_9p_table_start(struct nine *nine)
{
    nine->table = kr_alloc_allocate(FIRST_SIZE * sizeof(*nine->table));
    if (nine->table == NULL)
        return false;
    memset(nine->table, 0, FIRST_SIZE * sizeof(*nine->table));
    nine->mask = FIRST_SIZE - 1;
    nine->count = 0;
    return true;
}

void fs_9p_table_end(struct nine *nine)
{
    kr_alloc_free(nine->table);
}

static struct node **place_of(const struct nine *nine, uint64_t inode)
{
    return &nine->table[(inode * UINT64_C(0x9e3779b97f4a7c15) >> 32) & nine->mask];
}

static struct node *find(const struct nine *nine, uint64_t inode)
{
    struct node *node = *place_of(nine, inode);

    while (node != NULL && node->head.inode != inode)
        node = node->next;
    return node;
}

/* Twice the table, where there is memory for it. */
static void grow(struct nine *nine)
{
    struct nine larger = {.mask = 2 * nine->mask + 1};

    larger.table = kr_alloc_allocate((larger.mask + 1) * sizeof(*larger.table));
    if (larger.table == NULL)
        return;
    memset(larger.table, 0, (larger.mask + 1) * sizeof(*larger.table));
    for (size_t i = 0; i <= nine->mask; i++)
        for (struct node *node = nine->table[i], *next; node != NULL; node = next) {
            struct node **place = place_of(&larger, node->head.inode);

            next = node->next;
            node->next = *place;
            *place = node;
        }
    kr_alloc_free(nine->table);
    nine->table = larger.table;
    nine->mask = larger.mask;
}

static void insert(struct nine *nine, struct node *node)
{
    if (++nine->count > nine->mask)
        grow(nine);
    struct node **place = place_of(nine, node->head.inode);
    node->next = *place;
    *place = node;
}

/* Its inode may be another file's from now on. */
static void take_out(struct nine *nine, struct node *node)
{
    struct node **place = place_of(nine, node->head.inode);

    while (*place != NULL && *place != node)
        place = &(*place)->next;
    if (*place == NULL)
        return;
    *place = node->next;
    nine->count--;
}

void fs_9p_clunk(struct server *server, uint32_t fid)
{
    struct message message;

    fs_9p_begin(server, &message, CLUNK);
    fs_9p_put(&message, 4, fid);
    fs_9p_end(&message, fs_9p_call(&message, 0));
    fs_9p_free_fid(server, fid);
}

int fs_9p_walk(struct node *from, struct kr_fs_name name, uint32_t *fid, struct qid *qid)
{
    struct server *server = nine_of(&from->head)->server;
    bool moves = name.length > 0;
    struct message message;

    *fid = fs_9p_new_fid(server);
    fs_9p_begin(server, &message, WALK);
    fs_9p_put(&message, 4, from->fid);
    fs_9p_put(&message, 4, *fid);
    fs_9p_put(&message, 2, moves ? 1 : 0);
    if (moves)
        fs_9p_put_text(&message, name.text, name.length);
    int error = fs_9p_call(&message, 2 + 13);
    if (error == 0) {
        unsigned count = (unsigned)fs_9p_get(&message, 2);

        if (count != (moves ? 1u : 0u))
            error = fs_9p_damaged(&message);
        else if (moves)
            *qid = fs_9p_get_qid(&message);
    }
    error = fs_9p_end(&message, error);
    if (error != 0)
        fs_9p_free_fid(server, *fid);
    return error;
}

static struct kr_vfs_time get_time(struct message *message)
{
    int64_t seconds = (int64_t)fs_9p_get(message, 8);
    int64_t nanoseconds = (int64_t)fs_9p_get(message, 8);

    return (struct kr_vfs_time){seconds, nanoseconds};
}

static bool is_kind(uint32_t mode)
{
    switch (mode & KR_VFS_KIND) {
    case KR_VFS_PIPE:
    case KR_VFS_CHARACTERS:
    case KR_VFS_DIRECTORIES:
    case KR_VFS_BLOCKS:
    case KR_VFS_FILE:
    case KR_VFS_LINK:
    case KR_VFS_SOCKET:
        return true;
    default:
        return false;
    }
}

/* The facts about (fid), into (node), whose other fields stay. */
static int get_facts(struct server *server, uint32_t fid, struct node *node, struct qid *qid)
{
    struct message message;

    fs_9p_begin(server, &message, GETATTR);
    fs_9p_put(&message, 4, fid);
    fs_9p_put(&message, 8, BASIC);
    int error = fs_9p_call(&message, GETATTR_ANSWER);
    if (error != 0)
        return fs_9p_end(&message, error);
    fs_9p_get(&message, 8); /* which are valid: the basic ones always are */
    *qid = fs_9p_get_qid(&message);
    uint32_t mode = (uint32_t)fs_9p_get(&message, 4);
    node->head.user = (uint32_t)fs_9p_get(&message, 4);
    node->head.group = (uint32_t)fs_9p_get(&message, 4);
    uint64_t links = fs_9p_get(&message, 8);
    node->head.special = fs_9p_get(&message, 8);
    int64_t size = (int64_t)fs_9p_get(&message, 8);
    fs_9p_get(&message, 8); /* the host's size of blocks */
    node->blocks = (int64_t)fs_9p_get(&message, 8);
    node->accessed = get_time(&message);
    node->modified = get_time(&message);
    node->changed = get_time(&message);
    if (!is_kind(mode) || size < 0 || links == 0)
        error = fs_9p_damaged(&message);
    node->head.mode = mode & 0177777u;
    node->head.links = links > UINT32_MAX ? UINT32_MAX : (uint32_t)links;
    node->head.size = size;
    return fs_9p_end(&message, error);
}

/* Takes over what was found out about the same file. */
static void renew(struct node *node, const struct node *facts)
{
    node->head.user = facts->head.user;
    node->head.group = facts->head.group;
    node->head.special = facts->head.special;
    node->head.mode = facts->head.mode;
    node->head.links = facts->head.links;
    node->blocks = facts->blocks;
    node->accessed = facts->accessed;
    node->modified = facts->modified;
    node->changed = facts->changed;
    if (!node->writing) /* else the writer knows better */
        node->head.size = facts->head.size;
}

int fs_9p_refresh(struct node *node)
{
    struct node facts;
    struct qid qid;

    if (node->head.links == 0)
        return 0; /* the host has no name to ask by */
    int error = get_facts(nine_of(&node->head)->server, node->fid, &facts, &qid);
    if (error != 0)
        return error;
    if (((facts.head.mode ^ node->head.mode) & KR_VFS_KIND) != 0)
        return -KR_EIO; /* another file has its name now */
    renew(node, &facts);
    return 0;
}

static struct node *make(struct kr_fs_mount *mount, const struct node *facts, struct qid qid)
{
    struct node *node = kr_alloc_allocate(sizeof(*node));

    if (node == NULL)
        return NULL;
    *node = *facts;
    node->head.mount = mount;
    node->head.inode = qid.path;
    node->open = NO_FID;
    return node;
}

int fs_9p_know(struct kr_fs_mount *mount, struct node *parent, uint32_t fid, struct qid qid,
               struct node **known)
{
    struct nine *nine = mount->state;
    struct node facts = {0};
    int error = get_facts(nine->server, fid, &facts, &qid);

    struct node *node = error == 0 ? find(nine, qid.path) : NULL;
    if (node != NULL && ((facts.head.mode ^ node->head.mode) & KR_VFS_KIND) != 0) {
        take_out(nine, node);
        node = NULL;
    }
    if (node != NULL) {
        renew(node, &facts);
        *known = node;
        node->head.references++; /* it stays, whatever others do meanwhile */
        fs_9p_clunk(nine->server, fid);
        node->head.references--;
        return 0;
    }
    if (error == 0 && (node = make(mount, &facts, qid)) == NULL)
        error = -KR_ENOMEM;
    if (error != 0) {
        fs_9p_clunk(nine->server, fid);
        return error;
    }
    node->fid = fid;
    insert(nine, node);
    if ((node->head.mode & KR_VFS_KIND) == KR_VFS_DIRECTORIES) {
        node->parent = parent == NULL ? node : parent;
        node->parent->inside++;
    }
    *known = node;
    return 0;
}

static int open_as(struct server *server, uint32_t fid, uint32_t flags)
{
    struct message message;

    fs_9p_begin(server, &message, LOPEN);
    fs_9p_put(&message, 4, fid);
    fs_9p_put(&message, 4, flags);
    return fs_9p_end(&message, fs_9p_call(&message, 13 + 4));
}

int fs_9p_open_node(struct node *node)
{
    struct server *server = nine_of(&node->head)->server;
    bool folder = (node->head.mode & KR_VFS_KIND) == KR_VFS_DIRECTORIES;
    bool writable = !folder && !node->head.mount->read_only;
    struct qid qid;
    uint32_t fid;

    if (node->open != NO_FID)
        return 0;
    int error = fs_9p_walk(node, (struct kr_fs_name){"", 0}, &fid, &qid);
    if (error != 0)
        return error;
    if (writable)
        error = open_as(server, fid, OPEN_READ_WRITE);
    if (!writable || error == -KR_EACCES || error == -KR_EROFS || error == -KR_EPERM) {
        writable = false;
        error = open_as(server, fid, folder ? OPEN_FOLDER : OPEN_READ);
    }
    if (error != 0 || node->open != NO_FID) { /* another thread was faster */
        fs_9p_clunk(server, fid);
        return error;
    }
    node->open = fid;
    node->writable = writable;
    return 0;
}

void fs_9p_lose_name(struct node *node)
{
    bool folder = (node->head.mode & KR_VFS_KIND) == KR_VFS_DIRECTORIES;

    if (node->head.links > 0)
        node->head.links = folder ? 0 : node->head.links - 1;
    if (node->head.links == 0)
        take_out(nine_of(&node->head), node);
}

void fs_9p_let_go(struct node *node)
{
    struct nine *nine = nine_of(&node->head);

    while (node->head.references == 0 && node->inside == 0) {
        struct node *parent = node->parent;

        take_out(nine, node);
        if (node->open != NO_FID && node->open != node->fid)
            fs_9p_clunk(nine->server, node->open);
        fs_9p_clunk(nine->server, node->fid);
        kr_alloc_free(node->listing);
        kr_alloc_free(node);
        if (parent == NULL)
            return;
        parent->inside--;
        node = parent;
    }
}
