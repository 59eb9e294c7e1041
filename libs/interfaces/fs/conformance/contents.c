/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a driver that can be written owes of contents and names: a file beside
 * a model of it through writes, gaps, ends and sizes in an order that looks
 * random, and names that come, move, replace and go. A driver that can only be
 * read has nothing to show here.
 */
#include <kraft/conformance.h>
#include <kraft/fs.h>
#include <kraft/string.h>

#define LIMIT 40000u /* bytes of the model: several pages, and no whole number of them */
#define STEPS 600u

static struct kr_fs_mount mount;
static const struct kr_fs_driver *driver;

static uint8_t model[LIMIT];
static uint8_t bytes[LIMIT + 16];
static size_t size;
static uint32_t state = 1;

static bool writable(void)
{
    driver = kr_fs_drivers[0];
    if (mount.root != NULL)
        return !mount.read_only;
    mount = (struct kr_fs_mount){.driver = driver, .device = 1};
    KR_CHECK(driver->mount(&mount) == 0 && mount.root != NULL);
    return mount.root != NULL && !mount.read_only;
}

static struct kr_fs_name named(const char *text)
{
    size_t length = 0;

    while (text[length] != '\0')
        length++;
    return (struct kr_fs_name){text, length};
}

static struct kr_fs_node *make(struct kr_fs_node *folder, const char *name, uint32_t mode)
{
    const struct kr_fs_attributes attributes = {.mode = mode};
    struct kr_fs_node *node = NULL;

    KR_CHECK(driver->make(folder, named(name), &attributes, named(""), &node) == 0);
    return node;
}

static struct kr_fs_node *find(struct kr_fs_node *folder, const char *name)
{
    struct kr_fs_node *node = NULL;

    return driver->lookup(folder, named(name), &node) == 0 ? node : NULL;
}

/* xorshift, Marsaglia 2003 */
static uint32_t next(uint32_t below)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state % below;
}

static void write_some(struct kr_fs_node *file)
{
    size_t at = next(LIMIT);
    size_t length = 1 + next(next(4) == 0 ? LIMIT : 300);
    int flags = 0;

    if (next(5) == 0) {
        flags = KR_VFS_APPEND;
        at = size;
    }
    if (at >= LIMIT)
        return;
    if (length > LIMIT - at)
        length = LIMIT - at;
    for (size_t i = 0; i < length; i++)
        bytes[i] = (uint8_t)next(256);
    int64_t written = driver->write(file, bytes, length, flags != 0 ? 0 : (int64_t)at, flags);
    KR_REQUIRE(written == (int64_t)length);
    memcpy(model + at, bytes, length);
    size = at + length > size ? at + length : size;
}

static void read_some(struct kr_fs_node *file)
{
    size_t at = next(LIMIT);
    size_t length = 1 + next(next(4) == 0 ? LIMIT : 5000);
    size_t there = at >= size ? 0 : size - at < length ? size - at : length;

    memset(bytes, 0xa5, length + 1);
    KR_REQUIRE(driver->read(file, bytes, length, (int64_t)at, 0) == (int64_t)there);
    KR_REQUIRE(memcmp(bytes, model + at, there) == 0);
    KR_CHECK(bytes[length] == 0xa5);
}

static void resize(struct kr_fs_node *file)
{
    size_t to = next(3) == 0 ? next(64) : next(LIMIT);

    KR_REQUIRE(driver->resize(file, (int64_t)to) == 0);
    if (to < size)
        memset(model + to, 0, size - to);
    size = to;
}

KR_TEST(a_file_is_as_a_model_of_it)
{
    if (!writable())
        return;
    struct kr_fs_node *file = make(mount.root, "model", KR_VFS_FILE | 0644);

    KR_REQUIRE(file != NULL && file->size == 0);
    for (unsigned step = 0; step < STEPS; step++) {
        switch (next(8)) {
        case 0:
            resize(file);
            break;
        case 1:
        case 2:
        case 3:
            write_some(file);
            break;
        default:
            read_some(file);
        }
        KR_REQUIRE(file->size == (int64_t)size);
    }
    KR_REQUIRE(driver->read(file, bytes, LIMIT, 0, 0) == (int64_t)size);
    KR_CHECK(memcmp(bytes, model, size) == 0);
}

KR_TEST(a_read_ends_where_the_file_does)
{
    if (!writable())
        return;
    struct kr_fs_node *file = make(mount.root, "short", KR_VFS_FILE | 0644);

    KR_REQUIRE(file != NULL);
    KR_REQUIRE(driver->write(file, "abcdef", 6, 0, 0) == 6);
    KR_CHECK(driver->read(file, bytes, 100, 0, 0) == 6);
    KR_CHECK(driver->read(file, bytes, 100, 5, 0) == 1 && bytes[0] == 'f');
    KR_CHECK(driver->read(file, bytes, 100, 6, 0) == 0);
    KR_CHECK(driver->read(file, bytes, 100, 1 << 20, 0) == 0);
}

static bool holds(struct kr_fs_node *file, int64_t at, size_t length, uint8_t byte)
{
    size_t right = 0;

    if (driver->read(file, bytes, length, at, 0) != (int64_t)length)
        return false;
    while (right < length && bytes[right] == byte)
        right++;
    return right == length;
}

KR_TEST(room_is_reserved_and_given_back)
{
    if (!writable() || driver->allocate == NULL)
        return;
    const int keep = KR_VFS_KEEP_SIZE;
    struct kr_fs_node *file = make(mount.root, "room", KR_VFS_FILE | 0644);

    KR_REQUIRE(file != NULL);
    KR_CHECK(driver->allocate(file, keep, 0, 20000) == 0 && file->size == 0);
    KR_CHECK(driver->read(file, bytes, 100, 0, 0) == 0);
    KR_CHECK(driver->allocate(file, 0, 0, 20000) == 0 && file->size == 20000);
    KR_CHECK(holds(file, 0, 20000, 0));
    memset(bytes, 7, 20000);
    KR_REQUIRE(driver->write(file, bytes, 20000, 0, 0) == 20000);
    KR_CHECK(driver->allocate(file, 0, 100, 300) == 0 && file->size == 20000);
    KR_CHECK(holds(file, 0, 20000, 7)); /* what was there stays */
    KR_CHECK(driver->allocate(file, keep | KR_VFS_PUNCH_HOLE, 100, 9000) == 0);
    KR_CHECK(file->size == 20000 && holds(file, 100, 9000, 0));
    KR_CHECK(holds(file, 0, 100, 7) && holds(file, 9100, 10900, 7));
    KR_CHECK(driver->allocate(file, keep | KR_VFS_PUNCH_HOLE, 0, INT64_MAX) == 0);
    KR_CHECK(file->size == 20000 && holds(file, 0, 20000, 0));
    KR_CHECK(driver->resize(file, 0) == 0 && driver->resize(file, 30) == 0);
    KR_CHECK(driver->allocate(file, 0, 10, 30) == 0 && file->size == 40 && holds(file, 0, 40, 0));
}

KR_TEST(contents_stay_with_the_file_that_is_renamed)
{
    if (!writable())
        return;
    struct kr_fs_node *folder = make(mount.root, "folder", KR_VFS_DIRECTORIES | 0755);
    struct kr_fs_node *file = make(mount.root, "before", KR_VFS_FILE | 0644);

    KR_REQUIRE(folder != NULL && file != NULL);
    KR_CHECK(driver->write(file, "kept", 4, 0, 0) == 4);
    KR_CHECK(driver->rename(mount.root, named("before"), file, folder, named("after"), NULL) == 0);
    KR_CHECK(find(mount.root, "before") == NULL);
    KR_CHECK(find(folder, "after") == file && file->links == 1);
    KR_CHECK(driver->read(file, bytes, 10, 0, 0) == 4 && memcmp(bytes, "kept", 4) == 0);
}

KR_TEST(a_rename_replaces)
{
    if (!writable())
        return;
    struct kr_fs_node *file = make(mount.root, "new", KR_VFS_FILE | 0644);
    struct kr_fs_node *old = make(mount.root, "old", KR_VFS_FILE | 0644);

    KR_REQUIRE(file != NULL && old != NULL && file != old);
    old->references++;
    KR_CHECK(driver->rename(mount.root, named("new"), file, mount.root, named("old"), old) == 0);
    KR_CHECK(find(mount.root, "new") == NULL && find(mount.root, "old") == file);
    KR_CHECK(old->links == 0 && file->links == 1);
    if (--old->references == 0 && driver->forget != NULL)
        driver->forget(old);
}

KR_TEST(a_file_has_as_many_names_as_it_was_given)
{
    if (!writable())
        return;
    struct kr_fs_node *file = make(mount.root, "one", KR_VFS_FILE | 0644);

    KR_REQUIRE(file != NULL);
    KR_CHECK(driver->write(file, "same", 4, 0, 0) == 4);
    KR_CHECK(driver->link(mount.root, named("two"), file) == 0 && file->links == 2);
    KR_CHECK(find(mount.root, "two") == file);
    KR_CHECK(driver->unlink(mount.root, named("one"), file) == 0 && file->links == 1);
    KR_CHECK(find(mount.root, "one") == NULL && find(mount.root, "two") == file);
    KR_CHECK(driver->read(file, bytes, 10, 0, 0) == 4 && memcmp(bytes, "same", 4) == 0);
}

KR_TEST(what_has_lost_its_names_can_be_read_until_it_is_forgotten)
{
    if (!writable())
        return;
    struct kr_fs_node *file = make(mount.root, "gone", KR_VFS_FILE | 0644);

    KR_REQUIRE(file != NULL);
    file->references++;
    KR_CHECK(driver->write(file, "still", 5, 0, 0) == 5);
    KR_CHECK(driver->unlink(mount.root, named("gone"), file) == 0 && file->links == 0);
    KR_CHECK(find(mount.root, "gone") == NULL);
    KR_CHECK(driver->read(file, bytes, 10, 0, 0) == 5 && memcmp(bytes, "still", 5) == 0);
    if (--file->references == 0 && driver->forget != NULL)
        driver->forget(file);
}

KR_TEST(a_folder_with_something_in_it_stays)
{
    if (!writable())
        return;
    struct kr_fs_node *folder = make(mount.root, "full", KR_VFS_DIRECTORIES | 0755);

    KR_REQUIRE(folder != NULL);
    struct kr_fs_node *file = make(folder, "inside", KR_VFS_FILE | 0644);
    KR_REQUIRE(file != NULL);
    KR_CHECK(driver->unlink(mount.root, named("full"), folder) == -KR_ENOTEMPTY);
    KR_CHECK(find(mount.root, "full") == folder);
    KR_CHECK(driver->unlink(folder, named("inside"), file) == 0);
    KR_CHECK(driver->unlink(mount.root, named("full"), folder) == 0);
    KR_CHECK(find(mount.root, "full") == NULL);
}

KR_TEST(a_link_says_where_it_leads)
{
    if (!writable())
        return;
    const struct kr_fs_attributes attributes = {.mode = KR_VFS_LINK | 0777};
    struct kr_fs_node *link = NULL;

    KR_REQUIRE(driver->make(mount.root, named("link"), &attributes, named("to/there"), &link) == 0);
    KR_CHECK(link->size == 8);
    KR_CHECK(driver->read_link(link, (char *)bytes, 100) == 8 && memcmp(bytes, "to/there", 8) == 0);
    KR_CHECK(driver->read_link(link, (char *)bytes, 3) == 3);
}

KR_TEST(what_changes_of_a_node_leaves_its_kind)
{
    static const struct {
        const char *name;
        uint32_t kind;
    } all[] = {{"changed file", KR_VFS_FILE}, {"changed folder", KR_VFS_DIRECTORIES}};
    const struct kr_fs_attributes wanted = {.mode = 0600, .modified = {.seconds = 1000000000}};

    if (!writable())
        return;
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        struct kr_fs_node *node = make(mount.root, all[i].name, all[i].kind | 0755);

        KR_REQUIRE(node != NULL);
        KR_CHECK(driver->change(node, KR_FS_MODE | KR_FS_MODIFIED, &wanted) == 0);
        KR_CHECK(node->mode == (all[i].kind | 0600));
        node = find(mount.root, all[i].name);
        KR_REQUIRE(node != NULL);
        KR_CHECK(node->mode == (all[i].kind | 0600));
        struct kr_vfs_stat stat = {0};
        driver->stat(node, &stat);
        KR_CHECK(stat.modified.seconds == 1000000000);
    }
}

KR_TEST(a_name_is_given_once)
{
    if (!writable())
        return;
    const struct kr_fs_attributes attributes = {.mode = KR_VFS_FILE | 0644};
    struct kr_fs_node *node = NULL;

    KR_REQUIRE(make(mount.root, "taken", KR_VFS_FILE | 0644) != NULL);
    KR_CHECK(driver->make(mount.root, named("taken"), &attributes, named(""), &node) == -KR_EEXIST);
}

KR_SUITE(&test_a_file_is_as_a_model_of_it, &test_a_read_ends_where_the_file_does,
         &test_room_is_reserved_and_given_back,
         &test_contents_stay_with_the_file_that_is_renamed, &test_a_rename_replaces,
         &test_a_file_has_as_many_names_as_it_was_given,
         &test_what_has_lost_its_names_can_be_read_until_it_is_forgotten,
         &test_a_folder_with_something_in_it_stays, &test_a_link_says_where_it_leads,
         &test_what_changes_of_a_node_leaves_its_kind, &test_a_name_is_given_once)
