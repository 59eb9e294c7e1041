/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A folder of the host as a file system: each call becomes one or a few
 * requests to the server that QEMU is. Limits: a file that has been removed
 * while it is open cannot be cut, and files with names on other devices of
 * the host may share an inode number.
 */
#include <kraft/alloc.h>
#include <kraft/string.h>

#include "nodes.h"

#define ROOT_FID_USER 0u
#define MODE 1u /* P9_SETATTR_… */
#define USER 2u
#define GROUP 4u
#define SIZE 8u
#define ACCESSED (0x10u | 0x80u)
#define MODIFIED (0x20u | 0x100u)
#define CREATE_FLAGS (2u | 0100u | 0200u) /* O_RDWR | O_CREAT | O_EXCL of Linux */
#define AT_FOLDER 0x200u

static struct server *server_of(const struct kr_fs_node *head)
{
    return nine_of(head)->server;
}

static int attach(struct server *server, uint32_t fid, struct qid *qid)
{
    struct message message;

    fs_9p_begin(server, &message, ATTACH);
    fs_9p_put(&message, 4, fid);
    fs_9p_put(&message, 4, NO_FID);
    fs_9p_put_text(&message, "", 0);
    fs_9p_put_text(&message, "", 0);
    fs_9p_put(&message, 4, ROOT_FID_USER);
    int error = fs_9p_call(&message, 13);
    if (error == 0)
        *qid = fs_9p_get_qid(&message);
    return fs_9p_end(&message, error);
}

static int nine_mount(struct kr_fs_mount *mount)
{
    struct nine *nine = kr_alloc_allocate(sizeof(*nine));
    struct node *root = NULL;
    struct qid qid;

    if (nine == NULL)
        return -KR_ENOMEM;
    mount->state = nine;
    int error = fs_9p_open(mount->source, &nine->server);
    if (error != 0) {
        kr_alloc_free(nine);
        return error;
    }
    if (!fs_9p_table_start(nine))
        error = -KR_ENOMEM;
    uint32_t fid = fs_9p_new_fid(nine->server);
    if (error == 0)
        error = fs_9p_version(nine->server);
    if (error == 0)
        error = attach(nine->server, fid, &qid);
    if (error == 0)
        error = fs_9p_know(mount, NULL, fid, qid, &root);
    if (error == 0 && root->parent == NULL)
        error = -KR_ENOTDIR;
    if (error != 0) {
        kr_alloc_free(root); /* a root that is no folder */
        fs_9p_table_end(nine);
        fs_9p_close(nine->server);
        kr_alloc_free(nine);
        return error;
    }
    mount->root = &root->head;
    return 0;
}

/* Nobody refers to a node, so the root is the only one. */
static void nine_unmount(struct kr_fs_mount *mount)
{
    struct nine *nine = mount->state;
    struct node *root = node_of(mount->root);

    root->parent = NULL;
    root->inside = 0;
    fs_9p_let_go(root);
    fs_9p_table_end(nine);
    fs_9p_close(nine->server);
    kr_alloc_free(nine);
}

static int nine_lookup(struct kr_fs_node *folder, struct kr_fs_name name,
                       struct kr_fs_node **found)
{
    struct node *node;
    struct qid qid;
    uint32_t fid;

    if (name.length == 2 && name.text[0] == '.' && name.text[1] == '.') {
        *found = &node_of(folder)->parent->head;
        return 0;
    }
    int error = fs_9p_walk(node_of(folder), name, &fid, &qid);
    if (error == 0)
        error = fs_9p_know(folder->mount, node_of(folder), fid, qid, &node);
    if (error == 0)
        *found = &node->head;
    return error;
}

static int64_t nine_read_link(struct kr_fs_node *link, char *target, size_t size)
{
    struct message message;
    size_t length = 0;

    fs_9p_begin(server_of(link), &message, READLINK);
    fs_9p_put(&message, 4, node_of(link)->fid);
    int error = fs_9p_call(&message, 2 + KR_VFS_PATH);
    if (error == 0) {
        length = (size_t)fs_9p_get(&message, 2);
        const uint8_t *text = fs_9p_get_bytes(&message, length);

        length = length < size ? length : size;
        if (text != NULL)
            memcpy(target, text, length);
    }
    error = fs_9p_end(&message, error);
    return error != 0 ? error : (int64_t)length;
}

static void nine_stat(struct kr_fs_node *head, struct kr_vfs_stat *stat)
{
    const struct node *node = node_of(head);

    fs_9p_refresh(node_of(head)); /* else what was known */
    stat->links = head->links;
    stat->mode = head->mode;
    stat->user = head->user;
    stat->group = head->group;
    stat->size = head->size;
    stat->blocks = node->blocks;
    stat->accessed = node->accessed;
    stat->modified = node->modified;
    stat->changed = node->changed;
}

static void nine_figures(struct kr_fs_mount *mount, struct kr_vfs_figures *figures)
{
    struct message message;

    fs_9p_begin(server_of(mount->root), &message, STATFS);
    fs_9p_put(&message, 4, node_of(mount->root)->fid);
    int error = fs_9p_call(&message, 60);
    if (error == 0) {
        figures->type = 0x01021997; /* V9FS_MAGIC, Linux magic.h */
        fs_9p_get(&message, 4);
        figures->block_size = figures->fragment_size = (int64_t)fs_9p_get(&message, 4);
        figures->blocks = fs_9p_get(&message, 8);
        figures->free = fs_9p_get(&message, 8);
        figures->available = fs_9p_get(&message, 8);
        figures->files = fs_9p_get(&message, 8);
        figures->free_files = fs_9p_get(&message, 8);
    }
    fs_9p_end(&message, error);
}

static void nine_forget(struct kr_fs_node *head)
{
    fs_9p_let_go(node_of(head));
}

/* What Tsetattr carries, in its order. */
struct wish {
    unsigned which;
    struct kr_fs_attributes attributes;
    int64_t size;
};

static int set(struct node *node, const struct wish *wish)
{
    const struct kr_fs_attributes *attributes = &wish->attributes;
    struct message message;

    fs_9p_begin(server_of(&node->head), &message, SETATTR);
    fs_9p_put(&message, 4, node->fid);
    fs_9p_put(&message, 4, wish->which);
    fs_9p_put(&message, 4, attributes->mode);
    fs_9p_put(&message, 4, attributes->user);
    fs_9p_put(&message, 4, attributes->group);
    fs_9p_put(&message, 8, (uint64_t)wish->size);
    fs_9p_put(&message, 8, (uint64_t)attributes->accessed.seconds);
    fs_9p_put(&message, 8, (uint64_t)attributes->accessed.nanoseconds);
    fs_9p_put(&message, 8, (uint64_t)attributes->modified.seconds);
    fs_9p_put(&message, 8, (uint64_t)attributes->modified.nanoseconds);
    int error = fs_9p_end(&message, fs_9p_call(&message, 0));
    return error != 0 ? error : fs_9p_refresh(node);
}

static int nine_resize(struct kr_fs_node *head, int64_t size)
{
    const struct wish wish = {.which = SIZE, .size = size};
    int error = set(node_of(head), &wish);

    if (error == 0)
        head->size = size;
    return error;
}

static int nine_change(struct kr_fs_node *head, unsigned which,
                       const struct kr_fs_attributes *attributes)
{
    struct wish wish = {.attributes = *attributes};

    /* The kind goes along, as Linux sends it: a server that keeps modes beside
     * its files keeps what it is sent. */
    wish.attributes.mode = (head->mode & KR_VFS_KIND) | (attributes->mode & ~KR_VFS_KIND);
    wish.which = ((which & KR_FS_MODE) != 0 ? MODE : 0) |
                 ((which & KR_FS_OWNER) != 0 ? USER | GROUP : 0) |
                 ((which & KR_FS_ACCESSED) != 0 ? ACCESSED : 0) |
                 ((which & KR_FS_MODIFIED) != 0 ? MODIFIED : 0);
    return wish.which == 0 ? 0 : set(node_of(head), &wish);
}

/* A file, made and open. */
static int create(struct node *folder, struct kr_fs_name name, uint32_t mode, uint32_t *open)
{
    struct server *server = server_of(&folder->head);
    struct message message;
    struct qid qid;
    int error = fs_9p_walk(folder, (struct kr_fs_name){"", 0}, open, &qid);

    if (error != 0)
        return error;
    fs_9p_begin(server, &message, LCREATE);
    fs_9p_put(&message, 4, *open);
    fs_9p_put_text(&message, name.text, name.length);
    fs_9p_put(&message, 4, CREATE_FLAGS);
    fs_9p_put(&message, 4, mode & ~KR_VFS_KIND);
    fs_9p_put(&message, 4, 0);
    error = fs_9p_end(&message, fs_9p_call(&message, 13 + 4));
    if (error != 0)
        fs_9p_clunk(server, *open);
    return error;
}

/* A folder, or a link to (target). */
static int make_other(struct node *folder, struct kr_fs_name name, uint32_t mode,
                      struct kr_fs_name target)
{
    bool link = (mode & KR_VFS_KIND) == KR_VFS_LINK;
    struct message message;

    fs_9p_begin(server_of(&folder->head), &message, link ? SYMLINK : MKDIR);
    fs_9p_put(&message, 4, folder->fid);
    fs_9p_put_text(&message, name.text, name.length);
    if (link)
        fs_9p_put_text(&message, target.text, target.length);
    else
        fs_9p_put(&message, 4, mode & ~KR_VFS_KIND);
    fs_9p_put(&message, 4, 0);
    return fs_9p_end(&message, fs_9p_call(&message, 13));
}

static int nine_make(struct kr_fs_node *folder, struct kr_fs_name name,
                     const struct kr_fs_attributes *attributes, struct kr_fs_name target,
                     struct kr_fs_node **made)
{
    bool file = (attributes->mode & KR_VFS_KIND) == KR_VFS_FILE;
    uint32_t open = NO_FID;
    int error = file ? create(node_of(folder), name, attributes->mode, &open)
                     : make_other(node_of(folder), name, attributes->mode, target);

    if (error == 0)
        error = nine_lookup(folder, name, made);
    if (error != 0 || (file && node_of(*made)->open != NO_FID)) {
        if (open != NO_FID)
            fs_9p_clunk(server_of(folder), open);
        return error;
    }
    if (file) {
        node_of(*made)->open = open;
        node_of(*made)->writable = true;
    }
    if (attributes->user != 0 || attributes->group != 0) {
        (*made)->references++; /* it stays, whatever others do meanwhile */
        error = nine_change(*made, KR_FS_OWNER, attributes);
        (*made)->references--;
    }
    return error;
}

static int nine_link(struct kr_fs_node *folder, struct kr_fs_name name, struct kr_fs_node *node)
{
    struct message message;

    fs_9p_begin(server_of(folder), &message, LINK);
    fs_9p_put(&message, 4, node_of(folder)->fid);
    fs_9p_put(&message, 4, node_of(node)->fid);
    fs_9p_put_text(&message, name.text, name.length);
    int error = fs_9p_end(&message, fs_9p_call(&message, 0));
    return error != 0 ? error : fs_9p_refresh(node_of(node));
}

/* Before its last name goes, a file that somebody has open is opened here,
 * too: the host then keeps it. The caller refers to it once. */
static void keep_open(struct kr_fs_node *node)
{
    if ((node->mode & KR_VFS_KIND) == KR_VFS_FILE && node->references > 1)
        fs_9p_open_node(node_of(node));
}

static int nine_unlink(struct kr_fs_node *folder, struct kr_fs_name name,
                       struct kr_fs_node *node)
{
    bool is_folder = (node->mode & KR_VFS_KIND) == KR_VFS_DIRECTORIES;
    struct message message;

    keep_open(node);
    fs_9p_begin(server_of(folder), &message, UNLINKAT);
    fs_9p_put(&message, 4, node_of(folder)->fid);
    fs_9p_put_text(&message, name.text, name.length);
    fs_9p_put(&message, 4, is_folder ? AT_FOLDER : 0);
    int error = fs_9p_end(&message, fs_9p_call(&message, 0));
    if (error == 0)
        fs_9p_lose_name(node_of(node));
    if (error == 0 && node->links == 0)
        fs_9p_let_go(node_of(node)); /* where nobody refers to it */
    return error;
}

static int nine_rename(struct kr_fs_node *folder, struct kr_fs_name name,
                       struct kr_fs_node *head, struct kr_fs_node *to_folder,
                       struct kr_fs_name to_name, struct kr_fs_node *replaced)
{
    struct node *node = node_of(head);
    struct message message;

    if (replaced != NULL)
        keep_open(replaced);
    fs_9p_begin(server_of(folder), &message, RENAMEAT);
    fs_9p_put(&message, 4, node_of(folder)->fid);
    fs_9p_put_text(&message, name.text, name.length);
    fs_9p_put(&message, 4, node_of(to_folder)->fid);
    fs_9p_put_text(&message, to_name.text, to_name.length);
    int error = fs_9p_end(&message, fs_9p_call(&message, 0));
    if (error != 0)
        return error;
    if (replaced != NULL)
        fs_9p_lose_name(node_of(replaced));
    if (node->parent != NULL) {
        node->parent->inside--; /* its folder is referred to */
        node->parent = node_of(to_folder);
        node->parent->inside++;
    }
    return 0;
}

int fs_9p_start(void);
int fs_9p_start(void)
{
    return fs_9p_find();
}

extern const struct kr_fs_driver fs_9p_fs;
const struct kr_fs_driver fs_9p_fs = {
    .name = "9p",
    .mount = nine_mount,
    .unmount = nine_unmount,
    .lookup = nine_lookup,
    .list = fs_9p_list,
    .read = fs_9p_read,
    .read_link = nine_read_link,
    .stat = nine_stat,
    .figures = nine_figures,
    .forget = nine_forget,
    .write = fs_9p_write,
    .resize = nine_resize,
    .change = nine_change,
    .sync = fs_9p_sync,
    .make = nine_make,
    .link = nine_link,
    .unlink = nine_unlink,
    .rename = nine_rename,
};
