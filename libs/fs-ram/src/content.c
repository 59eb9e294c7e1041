/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The content of a file. Up to a page it is one block, which grows by
 * doubling; beyond, a tree of tables above whole pages, which grows at its
 * top. What was never written has no page and reads as zero.
 */
#include <kraft/alloc.h>
#include <kraft/string.h>

#include "options.h"
#include "ram.h"

#define LEAST_BLOCK 64u
#define LARGEST ((int64_t)PAGE * FANOUT * FANOUT * FANOUT) /* bytes in a file */

_Static_assert(sizeof(void *) * FANOUT == PAGE, "a table is a page");

/* Bytes that a tree of (height) has places for. */
static uint64_t span(unsigned height)
{
    return (uint64_t)PAGE << 9 * height;
}

/* The page of (offset), NULL where there is none. */
static unsigned char *page_at(const struct content *content, uint64_t offset)
{
    void *here = offset < span(content->height) ? content->top : NULL;
    uint64_t page = offset / PAGE;

    for (unsigned level = content->height; level > 0 && here != NULL; level--)
        here = ((void **)here)[page >> 9 * (level - 1) & (FANOUT - 1)];
    return here;
}

int64_t fs_ram_read(struct kr_fs_node *node, void *bytes, size_t length, int64_t offset,
                    int flags)
{
    struct content *content = &((struct node *)node)->of.content;
    unsigned char *to = bytes;

    (void)flags;
    if (offset >= node->size)
        return 0;
    if (length > (uint64_t)(node->size - offset))
        length = (size_t)(node->size - offset);
    if (content->height == 1 && (uint64_t)offset % PAGE + length <= PAGE) { /* most often */
        const unsigned char *page = page_at(content, (uint64_t)offset);

        if (page != NULL) {
            memcpy(to, page + (uint64_t)offset % PAGE, length);
            return (int64_t)length;
        }
    }
    for (size_t done = 0; done < length;) {
        uint64_t at = (uint64_t)offset + done;
        size_t within = at % PAGE;
        size_t count = PAGE - within < length - done ? PAGE - within : length - done;
        unsigned char *page = page_at(content, at);
        size_t there = content->height > 0 ? PAGE : content->length; /* the rest is zeros */
        size_t copied = page == NULL || within >= there ? 0 : there - within;

        if (copied > count)
            copied = count;
        if (copied > 0)
            memcpy(to + done, page + within, copied);
        if (copied < count)
            memset(to + done + copied, 0, count - copied);
        done += count;
    }
    return (int64_t)length;
}

/* Takes (bytes) of what the mount may hold. */
static bool charge(struct node *node, uint64_t bytes)
{
    struct ram *ram = ram_of(node);

    if (ram->used > OPT_MOST || bytes > OPT_MOST - ram->used)
        return false;
    ram->used += bytes;
    return true;
}

/* Makes the only block at least (length) bytes; what is new is zero. */
static bool grow_block(struct node *node, size_t length)
{
    struct content *content = &node->of.content;
    size_t wanted = content->length == 0 ? LEAST_BLOCK : content->length;

    if (content->length >= length)
        return true;
    while (wanted < length)
        wanted *= 2;
    if (!charge(node, wanted - content->length))
        return false;
    unsigned char *block = kr_alloc_resize(content->top, wanted);
    if (block == NULL) {
        ram_of(node)->used -= wanted - content->length;
        return false;
    }
    memset(block + content->length, 0, wanted - content->length);
    content->top = block;
    content->length = wanted;
    content->pages = 1;
    return true;
}

static void **new_table(void)
{
    void **table = kr_alloc_allocate(PAGE);

    if (table != NULL)
        memset(table, 0, PAGE);
    return table;
}

/* Adds levels until (offset) has a place; a block becomes a page first. */
static bool grow_tree(struct node *node, uint64_t offset)
{
    struct content *content = &node->of.content;

    if (content->height == 0 && content->top != NULL && !grow_block(node, PAGE))
        return false;
    while (content->height == 0 || offset >= span(content->height)) {
        void **table = content->top == NULL ? NULL : new_table();

        if (content->top != NULL && table == NULL)
            return false;
        if (table != NULL) {
            table[0] = content->top;
            content->top = table;
        }
        content->height++;
    }
    if (content->top == NULL)
        content->top = new_table();
    return content->top != NULL;
}

/* The page of (offset), made where there is none: zeros, unless all of it
 * is about to be written. NULL: no room. */
static unsigned char *make_page(struct node *node, uint64_t offset, bool whole)
{
    struct content *content = &node->of.content;

    if ((content->height == 0 || offset >= span(content->height) || content->top == NULL) &&
        !grow_tree(node, offset))
        return NULL;
    void **table = content->top;
    uint64_t page = offset / PAGE;

    for (unsigned level = content->height; level > 1; level--) {
        void **below = &table[page >> 9 * (level - 1) & (FANOUT - 1)];

        if (*below == NULL)
            *below = new_table();
        if (*below == NULL)
            return NULL;
        table = *below;
    }
    void **slot = &table[page & (FANOUT - 1)];
    if (*slot != NULL)
        return *slot;
    if (!charge(node, PAGE))
        return NULL;
    *slot = whole ? kr_alloc_allocate(PAGE) : (void *)new_table();
    if (*slot == NULL)
        ram_of(node)->used -= PAGE;
    else
        content->pages++;
    return *slot;
}

int64_t fs_ram_write(struct kr_fs_node *head, const void *bytes, size_t length, int64_t offset,
                     int flags)
{
    struct node *node = (struct node *)head;
    struct content *content = &node->of.content;
    const unsigned char *from = bytes;
    size_t done = 0;

    if ((flags & KR_VFS_APPEND) != 0)
        offset = head->size;
    if (offset >= LARGEST)
        return -KR_EFBIG;
    if (length > (uint64_t)(LARGEST - offset))
        length = (size_t)(LARGEST - offset);
    while (done < length) {
        uint64_t at = (uint64_t)offset + done;
        size_t within = at % PAGE;
        size_t count = PAGE - within < length - done ? PAGE - within : length - done;
        unsigned char *page = NULL;

        if (content->height == 0 && at + count <= PAGE && head->size <= PAGE)
            page = grow_block(node, within + count) ? content->top : NULL;
        else
            page = make_page(node, at, count == PAGE);
        if (page == NULL)
            break;
        memcpy(page + within, from + done, count);
        done += count;
        if ((int64_t)(at + count) > head->size)
            head->size = (int64_t)(at + count);
    }
    if (done == 0 && length > 0)
        return -KR_ENOSPC;
    fs_ram_touch(node);
    return (int64_t)done;
}

/* Bytes of a file, from the first to before the last. */
struct range {
    uint64_t from, to;
};

/* Frees what lies of (range) below (here), a table or page at (height), which
 * begins at (base) and has something of it. Returns whether nothing is left. */
static bool cut(struct node *node, void *here, unsigned height, uint64_t base, struct range range)
{
    bool empty = true;

    if (height == 0) {
        size_t first = range.from > base ? (size_t)(range.from - base) : 0;
        size_t last = range.to - base < PAGE ? (size_t)(range.to - base) : PAGE;

        if (first == 0 && last == PAGE) {
            ram_of(node)->used -= PAGE;
            node->of.content.pages--;
            kr_alloc_free(here);
            return true;
        }
        memset((unsigned char *)here + first, 0, last - first);
        return false;
    }
    void **table = here;
    for (unsigned i = 0; i < FANOUT; i++) {
        uint64_t begin = base + i * span(height - 1);

        if (table[i] == NULL)
            continue;
        if (begin + span(height - 1) <= range.from || begin >= range.to ||
            !cut(node, table[i], height - 1, begin, range))
            empty = false;
        else
            table[i] = NULL;
    }
    if (empty)
        kr_alloc_free(here);
    return empty;
}

/* Makes (range) read as 0, and gives its room back. */
static void empty(struct node *node, struct range range)
{
    struct content *content = &node->of.content;

    if (content->top == NULL)
        return;
    if (content->height > 0) {
        if (range.from < span(content->height) &&
            cut(node, content->top, content->height, 0, range))
            *content = (struct content){0};
    } else if (range.from == 0 && range.to >= content->length) {
        ram_of(node)->used -= content->length;
        kr_alloc_free(content->top);
        *content = (struct content){0};
    } else if (range.from < content->length) {
        uint64_t to = range.to < content->length ? range.to : content->length;

        memset((unsigned char *)content->top + range.from, 0, (size_t)(to - range.from));
    }
}

int fs_ram_resize(struct kr_fs_node *head, int64_t size)
{
    struct node *node = (struct node *)head;

    if (size > LARGEST)
        return -KR_EFBIG;
    if (size <= head->size) /* what was reserved behind the end goes, too */
        empty(node, (struct range){(uint64_t)size, UINT64_MAX});
    head->size = size;
    fs_ram_touch(node);
    return 0;
}

int fs_ram_allocate(struct kr_fs_node *head, int mode, int64_t offset, int64_t length)
{
    struct node *node = (struct node *)head;
    uint64_t at = (uint64_t)offset;
    uint64_t end = at + (uint64_t)length;

    if ((mode & KR_VFS_PUNCH_HOLE) != 0) {
        empty(node, (struct range){at, end});
        fs_ram_touch(node);
        return 0;
    }
    if (end > (uint64_t)LARGEST)
        return -KR_EFBIG;
    if (node->of.content.height == 0 && end <= PAGE && head->size <= PAGE) {
        if (!grow_block(node, (size_t)end))
            return -KR_ENOSPC;
    } else {
        for (at -= at % PAGE; at < end; at += PAGE)
            if (make_page(node, at, false) == NULL)
                return -KR_ENOSPC;
    }
    if ((mode & KR_VFS_KEEP_SIZE) == 0 && (int64_t)end > head->size)
        head->size = (int64_t)end;
    fs_ram_touch(node);
    return 0;
}
