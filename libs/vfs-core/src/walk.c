/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Paths to places (POSIX.1-2017, 4.13): one lookup of the driver for each
 * component. A link's target and what follows it become a path of their own,
 * which is walked on from the link's folder; so nothing recurses.
 */
#include <kraft/alloc.h>
#include <kraft/string.h>

#include "core.h"

struct walk {
    struct kr_fs_node *folder; /* held */
    const char *rest;          /* what is still to be walked */
    const char *end;           /* no path is longer */
    char *copy;                /* allocated; (rest) points into it */
    unsigned links;            /* followed so far */
    bool follow;               /* a link at the end */
};

/* What is mounted upon (node), or itself. */
static struct kr_fs_node *topmost(struct kr_fs_node *node)
{
    while (node->over != NULL)
        node = node->over->root;
    return node;
}

int vfs_core_above(struct kr_fs_node *folder, struct kr_fs_node **above)
{
    static const struct kr_fs_name up = {"..", 2};
    struct kr_fs_node *node = folder;
    struct kr_fs_node *parent;

    while (node == node->mount->root && node->mount->covered != NULL)
        node = node->mount->covered;
    if (node == node->mount->root) {
        *above = hold(topmost(node));
        return 0;
    }
    int error = node->mount->driver->lookup(node, up, &parent);
    if (error < 0)
        return error;
    *above = hold(topmost(parent));
    return 0;
}

/* Where a path begins, held. */
static int begin(int at, const char *path, struct kr_fs_node **folder)
{
    if (path[0] == '/') {
        *folder = hold(topmost(vfs_core.root->root));
        return 0;
    }
    if (at == KR_VFS_HERE) {
        *folder = hold(vfs_core.here);
        return 0;
    }
    const struct description *description = vfs_core_get(at);
    if (description == NULL)
        return -KR_EBADF;
    if (description->node == NULL || !is_folder(description->node))
        return -KR_ENOTDIR;
    *folder = hold(description->node);
    return 0;
}

/* The next component; slashes before and behind it are skipped. */
static int next_name(struct walk *walk, struct kr_fs_name *name, bool *slash)
{
    const char *text = walk->rest;
    const char *end = text;

    while (*end != '/' && *end != '\0')
        end++;
    *name = (struct kr_fs_name){text, (size_t)(end - text)};
    *slash = *end == '/';
    while (*end == '/')
        end++;
    walk->rest = end;
    return name->length > KR_VFS_NAME || end >= walk->end ? -KR_ENAMETOOLONG : 0;
}

static size_t text_length(const char *text)
{
    const char *end = text;

    while (*end != '\0')
        end++;
    return (size_t)(end - text);
}

/* Puts the target of (link) before what is still to be walked. */
static int follow_link(struct walk *walk, struct kr_fs_node *link, bool slash)
{
    size_t length = (size_t)link->size;
    size_t rest = text_length(walk->rest);

    if (++walk->links > KR_VFS_LINKS)
        return -KR_ELOOP;
    if (length == 0)
        return -KR_ENOENT;
    if (length >= KR_VFS_PATH)
        return -KR_ENAMETOOLONG;
    char *copy = kr_alloc_allocate(length + 1 + rest + 1);
    if (copy == NULL)
        return -KR_ENOMEM;
    int64_t read = link->mount->driver->read_link(link, copy, length);
    if (read < 0 || (size_t)read != length) {
        kr_alloc_free(copy);
        return read < 0 ? (int)read : -KR_EIO;
    }
    if (slash)
        copy[length++] = '/';
    memcpy(copy + length, walk->rest, rest + 1);
    kr_alloc_free(walk->copy);
    walk->copy = copy;
    walk->rest = copy;
    walk->end = copy + length + rest + 1;
    if (copy[0] == '/') {
        drop(walk->folder);
        walk->folder = hold(topmost(vfs_core.root->root));
        while (*walk->rest == '/')
            walk->rest++;
    }
    return 0;
}

static bool is_dot(struct kr_fs_name name)
{
    return name.length == 1 && name.text[0] == '.';
}

static bool is_dots(struct kr_fs_name name)
{
    return name.length == 2 && name.text[0] == '.' && name.text[1] == '.';
}

static void end_at_folder(struct walk *walk, struct place *place, char last)
{
    place->folder = walk->folder;
    place->node = hold(walk->folder);
    place->last = last;
    place->wants_folder = true;
}

/* One component. 1: there are more; 0: (place) is found, and has taken the
 * walk's folder over. */
static int step(struct walk *walk, struct place *place)
{
    struct kr_fs_name name;
    struct kr_fs_node *node = NULL;
    bool slash;

    if (*walk->rest == '\0') {
        end_at_folder(walk, place, 0);
        return 0;
    }
    int error = next_name(walk, &name, &slash);
    if (error == 0 && vfs_core.user != 0)
        error = vfs_core_may(walk->folder, MAY_EXECUTE);
    if (error < 0)
        return error;
    bool last = *walk->rest == '\0';
    if (is_dot(name) || is_dots(name)) {
        if (is_dots(name)) {
            error = vfs_core_above(walk->folder, &node);
            if (error < 0)
                return error;
            drop(walk->folder);
            walk->folder = node;
        }
        if (last)
            end_at_folder(walk, place, is_dot(name) ? '.' : ':');
        return last ? 0 : 1;
    }
    error = walk->folder->mount->driver->lookup(walk->folder, name, &node);
    if (error < 0 && !(error == -KR_ENOENT && last))
        return error;
    if (error == 0) {
        node = hold(topmost(node));
        if (kind_of(node) == KR_VFS_LINK && (!last || walk->follow || slash)) {
            error = follow_link(walk, node, slash);
            drop(node);
            return error < 0 ? error : 1;
        }
        if ((!last || slash) && !is_folder(node)) {
            drop(node);
            return -KR_ENOTDIR;
        }
    }
    if (last) {
        *place = (struct place){walk->folder, error == 0 ? node : NULL, name, slash, 0, NULL};
        return 0;
    }
    drop(walk->folder);
    walk->folder = node;
    return 1;
}

int vfs_core_walk(int at, const char *path, bool follow, struct place *place)
{
    struct walk walk = {.rest = path, .end = path + KR_VFS_PATH, .follow = follow};

    *place = (struct place){0};
    if (path[0] == '\0')
        return -KR_ENOENT;
    int more = begin(at, path, &walk.folder);
    if (more < 0)
        return more;
    while (*walk.rest == '/')
        walk.rest++;
    do
        more = step(&walk, place);
    while (more > 0);
    if (more < 0) {
        drop(walk.folder);
        kr_alloc_free(walk.copy);
        return more;
    }
    place->copy = walk.copy;
    return 0;
}

void vfs_core_leave(struct place *place)
{
    if (place->node != NULL)
        drop(place->node);
    if (place->folder != NULL)
        drop(place->folder);
    if (place->copy != NULL)
        kr_alloc_free(place->copy);
}

int vfs_core_find(int at, const char *path, int flags, struct place *place)
{
    if (path[0] == '\0' && (flags & KR_VFS_EMPTY_PATH) != 0) {
        const struct description *description = vfs_core_get(at);

        *place = (struct place){0};
        if (at == KR_VFS_HERE)
            place->node = hold(vfs_core.here);
        else if (description == NULL)
            return -KR_EBADF;
        else if (description->node == NULL)
            return -KR_EINVAL;
        else
            place->node = hold(description->node);
        return 0;
    }
    int error = vfs_core_walk(at, path, (flags & KR_VFS_NO_FOLLOW) == 0, place);
    if (error == 0 && place->node == NULL) {
        vfs_core_leave(place);
        return -KR_ENOENT;
    }
    return error;
}
