/* SPDX-License-Identifier: BSD-3-Clause */
/* Watches: who is told what, and when a watch is off. */
#include <kraft/conformance.h>
#include <kraft/vfs.h>

/* A file that is ready for what it was told. */
struct made {
    struct kr_vfs_watch *watches;
    int ready;
    bool closed;
    bool watched_at_close;
};

static int made_ready(void *state)
{
    return ((struct made *)state)->ready;
}

static struct kr_vfs_watch **made_watches(void *state)
{
    return &((struct made *)state)->watches;
}

static void made_close(void *state)
{
    struct made *made = state;

    made->closed = true;
    made->watched_at_close = made->watches != NULL;
}

static const struct kr_vfs_operations operations = {
    .mode = KR_VFS_PIPE | 0600,
    .ready = made_ready,
    .close = made_close,
    .watches = made_watches,
    .look = 7,
};

/* A watch that remembers what it was told. */
struct told {
    struct kr_vfs_watch watch;
    unsigned calls;
    int last;
};

static void remember(struct kr_vfs_watch *watch, int ready)
{
    struct told *told = (struct told *)watch; /* its first member */

    told->calls++;
    told->last = ready;
}

static void set(struct made *made, int ready)
{
    made->ready = ready;
    kr_vfs_changed(made->watches, ready);
}

KR_TEST(each_watch_is_told_of_each_change)
{
    struct made made = {0};
    struct told one = {.watch.changed = remember};
    struct told other = {.watch.changed = remember};
    int file = kr_vfs_install(&operations, &made, KR_VFS_READ_WRITE);

    KR_REQUIRE(file >= 0);
    KR_CHECK(kr_vfs_watch(file, &one.watch) == 0 && kr_vfs_watch(file, &other.watch) == 0);
    KR_CHECK(one.calls == 0 && one.watch.look == 7);
    set(&made, 1);
    KR_CHECK(one.calls == 1 && one.last == 1 && other.calls == 1 && other.last == 1);
    KR_CHECK(kr_vfs_watch_ready(&one.watch) == 1 && kr_vfs_ready(file) == 1);
    kr_vfs_unwatch(&one.watch);
    set(&made, 5);
    KR_CHECK(one.calls == 1 && other.calls == 2 && other.last == 5);
    KR_CHECK(kr_vfs_watch(file, &one.watch) == 0);
    kr_vfs_unwatch(&other.watch);
    set(&made, 4);
    KR_CHECK(one.calls == 2 && one.last == 4 && other.calls == 2);
    KR_CHECK(kr_vfs_close(file) == 0);
    KR_CHECK(one.calls == 3 && one.last == 0 && other.calls == 2);
    KR_CHECK(made.closed && !made.watched_at_close);
}

KR_TEST(a_watch_stays_while_the_file_is_open)
{
    struct made made = {0};
    struct told told = {.watch.changed = remember};
    int file = kr_vfs_install(&operations, &made, KR_VFS_READ_WRITE);
    int other = kr_vfs_dup(file);

    KR_REQUIRE(file >= 0 && other >= 0);
    KR_CHECK(kr_vfs_watch(file, &told.watch) == 0);
    KR_CHECK(kr_vfs_description(file) == told.watch.file);
    KR_CHECK(kr_vfs_description(other) == told.watch.file);
    kr_vfs_close(file);
    KR_CHECK(told.calls == 0 && kr_vfs_description(file) == NULL);
    set(&made, 1);
    KR_CHECK(told.calls == 1);
    kr_vfs_close(other);
    KR_CHECK(told.calls == 2 && told.last == 0 && made.closed);
}

KR_TEST(a_change_without_an_event_is_told_to_nobody)
{
    struct made made = {.ready = 1};
    struct told told = {.watch.changed = remember};
    int file = kr_vfs_install(&operations, &made, KR_VFS_READ_WRITE);

    KR_REQUIRE(file >= 0);
    KR_CHECK(kr_vfs_watch(file, &told.watch) == 0);
    set(&made, 0); /* told, it would read as: the file is gone */
    KR_CHECK(told.calls == 0);
    set(&made, 1);
    KR_CHECK(told.calls == 1 && told.last == 1);
    kr_vfs_close(file);
    KR_CHECK(told.calls == 2 && told.last == 0);
}

KR_TEST(a_file_that_is_always_ready_is_not_watched)
{
    static const struct kr_vfs_operations plain = {.mode = KR_VFS_PIPE | 0600};
    struct told told = {.watch.changed = remember};
    int installed = kr_vfs_install(&plain, NULL, KR_VFS_READ);
    int folder = kr_vfs_openat(KR_VFS_HERE, "/", KR_VFS_READ, 0);

    KR_CHECK(kr_vfs_watch(installed, &told.watch) == -KR_EPERM);
    KR_CHECK(kr_vfs_watch(folder, &told.watch) == -KR_EPERM);
    kr_vfs_close(installed);
    kr_vfs_close(folder);
    KR_CHECK(kr_vfs_watch(folder, &told.watch) == -KR_EBADF && told.calls == 0);
    kr_vfs_changed(NULL, 1);
}

KR_TEST(flags_that_every_file_has_are_set_by_ioctl)
{
    struct made made = {0};
    int file = kr_vfs_install(&operations, &made, KR_VFS_READ_WRITE);
    int one = 1;
    int none = 0;

    KR_CHECK(kr_vfs_ioctl(file, 0x5421, &one) == 0);
    KR_CHECK((kr_vfs_fcntl(file, 3, 0) & KR_VFS_NON_BLOCKING) != 0);
    KR_CHECK(kr_vfs_ioctl(file, 0x5421, &none) == 0);
    KR_CHECK((kr_vfs_fcntl(file, 3, 0) & KR_VFS_NON_BLOCKING) == 0);
    KR_CHECK(kr_vfs_ioctl(file, 0x5451, NULL) == 0 && kr_vfs_fcntl(file, 1, 0) == 1);
    KR_CHECK(kr_vfs_ioctl(file, 0x5450, NULL) == 0 && kr_vfs_fcntl(file, 1, 0) == 0);
    KR_CHECK(kr_vfs_ioctl(file, 0x541b, &none) == -KR_ENOTTY);
    kr_vfs_close(file);
}

KR_SUITE(&test_each_watch_is_told_of_each_change, &test_a_watch_stays_while_the_file_is_open,
         &test_a_change_without_an_event_is_told_to_nobody,
         &test_a_file_that_is_always_ready_is_not_watched,
         &test_flags_that_every_file_has_are_set_by_ioctl)
