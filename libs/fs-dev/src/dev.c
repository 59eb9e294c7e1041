/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A folder of devices: a table, mounted once, that nothing changes. Those
 * that are terminals read and write the console, which has no interrupt of
 * its own, so a read that waits looks now and then.
 */
#include <kraft/clock.h>
#include <kraft/console.h>
#include <kraft/entropy.h>
#include <kraft/fs.h>
#include <kraft/sched.h>
#include <kraft/string.h>

#define WINDOW_SIZE 0x5413u /* TIOCGWINSZ */
#define CHUNK 65536u        /* random bytes in one call */
#define IN 1                /* POLLIN */
#define OUT 4               /* POLLOUT */

struct device {
    const char *name;
    uint16_t number; /* Linux's: major × 256 + minor */
    uint16_t mode;   /* permission */
};

#define NULL_DEVICE 0x103
#define ZERO 0x105
#define FULL 0x107
#define RANDOM 0x108
#define URANDOM 0x109
#define TERMINAL 0x500

static const struct device devices[] = {
    {"null", NULL_DEVICE, 0666}, {"zero", ZERO, 0666},          {"full", FULL, 0666},
    {"random", RANDOM, 0666},    {"urandom", URANDOM, 0666},    {"tty", TERMINAL, 0666},
    {"console", 0x501, 0600},    {"stdin", TERMINAL, 0666},     {"stdout", TERMINAL, 0666},
    {"stderr", TERMINAL, 0666},
};
#define COUNT (sizeof(devices) / sizeof(devices[0]))

static struct {
    bool mounted;
    struct kr_fs_node root;
    struct kr_fs_node nodes[COUNT];
} dev;

static int dev_mount(struct kr_fs_mount *mount)
{
    if (dev.mounted)
        return -KR_EBUSY;
    dev.mounted = true;
    dev.root = (struct kr_fs_node){
        .mount = mount, .inode = 1, .mode = KR_VFS_DIRECTORIES | 0755, .links = 2};
    for (size_t i = 0; i < COUNT; i++)
        dev.nodes[i] = (struct kr_fs_node){.mount = mount,
                                           .inode = i + 2,
                                           .special = devices[i].number,
                                           .mode = KR_VFS_CHARACTERS | devices[i].mode,
                                           .links = 1};
    mount->root = &dev.root;
    mount->read_only = true;
    return 0;
}

static void dev_unmount(struct kr_fs_mount *mount)
{
    (void)mount;
    dev.mounted = false;
}

static size_t length_of(const char *name)
{
    size_t length = 0;

    while (name[length] != '\0')
        length++;
    return length;
}

static int dev_lookup(struct kr_fs_node *folder, struct kr_fs_name name, struct kr_fs_node **node)
{
    if (name.length == 2 && name.text[0] == '.') {
        *node = folder;
        return 0;
    }
    for (size_t i = 0; i < COUNT; i++)
        if (length_of(devices[i].name) == name.length &&
            memcmp(devices[i].name, name.text, name.length) == 0) {
            *node = &dev.nodes[i];
            return 0;
        }
    return -KR_ENOENT;
}

static int dev_list(struct kr_fs_node *folder, uint64_t *position, struct kr_fs_entry *entry)
{
    (void)folder;
    if (*position >= COUNT)
        return 0;
    size_t i = (size_t)(*position)++;
    entry->inode = dev.nodes[i].inode;
    entry->mode = dev.nodes[i].mode;
    entry->name = (struct kr_fs_name){devices[i].name, length_of(devices[i].name)};
    return 1;
}

static int64_t read_console(void *bytes, size_t length, int flags)
{
    struct kr_sched_queue nobody = {0};

    for (uint64_t began = kr_clock_monotonic();;) {
        for (size_t i = 0; i < kr_console_driver_count && length > 0; i++) {
            const struct kr_console_driver *console = kr_console_drivers[i];
            size_t count = console->read == NULL ? 0 : console->read(bytes, length);

            if (count > 0)
                return (int64_t)count;
        }
        if (length == 0 || kr_console_input_is(KR_CONSOLE_ENDED))
            return 0;
        if ((flags & KR_VFS_NON_BLOCKING) != 0)
            return -KR_EAGAIN;
        uint64_t now = kr_clock_monotonic();
        if (kr_sched_wait_interruptible(&nobody, now + kr_console_patience(now - began)) == -KR_EINTR)
            return -KR_EINTR;
    }
}

static int64_t dev_read(struct kr_fs_node *node, void *bytes, size_t length, int64_t offset,
                        int flags)
{
    (void)offset;
    switch (node->special) {
    case NULL_DEVICE:
        return 0;
    case ZERO:
    case FULL:
        memset(bytes, 0, length);
        return (int64_t)length;
    case RANDOM:
    case URANDOM:
        if (length > CHUNK)
            length = CHUNK;
        return kr_entropy_fill(bytes, length) < 0 ? -KR_EIO : (int64_t)length;
    default:
        return read_console(bytes, length, flags);
    }
}

static int64_t dev_write(struct kr_fs_node *node, const void *bytes, size_t length, int64_t offset,
                         int flags)
{
    (void)offset, (void)flags;
    if (node->special == FULL)
        return length == 0 ? 0 : -KR_ENOSPC;
    if (node->special >= TERMINAL)
        for (size_t i = 0; i < kr_console_driver_count; i++)
            kr_console_drivers[i]->write(bytes, length);
    return (int64_t)length;
}

static int64_t dev_read_link(struct kr_fs_node *link, char *target, size_t size)
{
    (void)link, (void)target, (void)size;
    return -KR_EINVAL; /* there are none */
}

static void dev_stat(struct kr_fs_node *node, struct kr_vfs_stat *stat)
{
    (void)node;
    stat->blocks = 0;
}

static void dev_figures(struct kr_fs_mount *mount, struct kr_vfs_figures *figures)
{
    (void)mount;
    figures->type = 0x01021994; /* tmpfs, as Linux's devtmpfs says */
    figures->files = COUNT;
}

/* What has been typed is not known before it is read. */
static int dev_ready(struct kr_fs_node *node)
{
    return node->special >= TERMINAL ? OUT : IN | OUT;
}

static int dev_ioctl(struct kr_fs_node *node, unsigned request, void *argument)
{
    if (node->special < TERMINAL || request != WINDOW_SIZE)
        return -KR_ENOTTY;
    memset(argument, 0, 8); /* struct winsize: unknown */
    return 0;
}

extern const struct kr_fs_driver fs_dev_fs;
const struct kr_fs_driver fs_dev_fs = {
    .name = "devtmpfs",
    .mount = dev_mount,
    .unmount = dev_unmount,
    .lookup = dev_lookup,
    .list = dev_list,
    .read = dev_read,
    .write = dev_write,
    .read_link = dev_read_link,
    .stat = dev_stat,
    .figures = dev_figures,
    .ready = dev_ready,
    .ioctl = dev_ioctl,
};
