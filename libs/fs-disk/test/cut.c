/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The power goes after every write of a history, with any part of what was
 * not flushed lost: what is mounted then is the state of the last sync that
 * had returned, or of the next one, as a whole. And a write or flush fails,
 * each in turn: nothing that was synced is lost.
 */
#include <kraft/blkdev-faults.h>
#include <kraft/blkdev.h>
#include <kraft/conformance.h>
#include <kraft/fs.h>
#include <kraft/string.h>

#define FILES 6u
#define MOST 13000u
#define SYNCS 64u

struct state {
    struct {
        bool there;
        uint32_t length;
        uint8_t bytes[MOST];
    } files[FILES];
    unsigned recorded; /* writes and flushes when it was synced */
};

static struct state states[SYNCS + 1]; /* at each sync */
static struct state now;
static unsigned synced;
static struct kr_fs_mount mount;

static const struct kr_fs_driver *driver(void)
{
    return kr_fs_drivers[0];
}

static int begin(void)
{
    mount = (struct kr_fs_mount){.driver = driver(), .device = 1, .source = "fake"};
    return driver()->mount(&mount);
}

static struct kr_fs_name name_of(unsigned file)
{
    static const char *const names[FILES] = {"a", "b", "c", "journal", "e", "a longer name"};

    return (struct kr_fs_name){names[file], file == FILES - 1 ? 13 : file == 3 ? 7 : 1};
}

static struct kr_fs_node *find(unsigned file)
{
    struct kr_fs_node *node = NULL;

    if (driver()->lookup(mount.root, name_of(file), &node) != 0)
        return NULL;
    node->references++;
    return node;
}

static void drop(struct kr_fs_node *node)
{
    if (node != NULL && --node->references == 0)
        driver()->forget(node);
}

static int write_to(unsigned file, uint32_t offset, uint32_t length, uint8_t fill)
{
    static const struct kr_fs_attributes attributes = {.mode = KR_VFS_FILE | 0644};
    static uint8_t bytes[MOST];
    struct kr_fs_node *node = find(file);
    int error = 0;

    if (node == NULL) {
        error = driver()->make(mount.root, name_of(file), &attributes,
                               (struct kr_fs_name){"", 0}, &node);
        if (error != 0)
            return error;
        node->references++;
    }
    memset(bytes, fill, length);
    int64_t written = driver()->write(node, bytes, length, offset, 0);
    drop(node);
    if (written != length)
        return written < 0 ? (int)written : -KR_EIO;
    if (!now.files[file].there || offset > now.files[file].length)
        memset(now.files[file].bytes + (now.files[file].there ? now.files[file].length : 0), 0,
               MOST - (now.files[file].there ? now.files[file].length : 0));
    if (!now.files[file].there)
        now.files[file].length = 0;
    now.files[file].there = true;
    memset(now.files[file].bytes + offset, fill, length);
    if (offset + length > now.files[file].length)
        now.files[file].length = offset + length;
    return 0;
}

static int unlink_it(unsigned file)
{
    struct kr_fs_node *node = find(file);

    if (node == NULL)
        return 0;
    int error = driver()->unlink(mount.root, name_of(file), node);
    drop(node);
    now.files[file].there = error == 0 ? false : now.files[file].there;
    return error;
}

static int rename_it(unsigned file, unsigned to)
{
    struct kr_fs_node *node = find(file);
    struct kr_fs_node *replaced = find(to);
    int error = 0;

    if (node != NULL && file != to)
        error = driver()->rename(mount.root, name_of(file), node, mount.root, name_of(to), replaced);
    if (node != NULL && file != to && error == 0) {
        now.files[to] = now.files[file];
        now.files[file].there = false;
    }
    drop(replaced);
    drop(node);
    return error;
}

static int cut_it(unsigned file, uint32_t size)
{
    struct kr_fs_node *node = find(file);
    int error = node == NULL ? 0 : driver()->resize(node, size);

    drop(node);
    if (node == NULL || error != 0)
        return error;
    if (size > now.files[file].length)
        memset(now.files[file].bytes + now.files[file].length, 0, size - now.files[file].length);
    else
        memset(now.files[file].bytes + size, 0, MOST - size);
    now.files[file].length = size;
    return 0;
}

static int sync_all(void)
{
    int error = driver()->sync(mount.root);

    if (error != 0)
        return error;
    now.recorded = kr_blkdev_faults_recorded();
    states[++synced] = now;
    return 0;
}

static uint32_t below(uint32_t limit)
{
    return kr_conformance_random() % limit;
}

/* One step that chance chooses; what it changes, now knows. */
static int step(void)
{
    unsigned file = below(FILES);
    uint8_t fill = (uint8_t)(1 + below(255));

    switch (below(8)) {
    case 0:
        return unlink_it(file);
    case 1:
        return rename_it(file, below(FILES));
    case 2:
        return cut_it(file, below(MOST));
    case 3:
    case 4:
        return write_to(file, 0, 1 + below(5000), fill);
    default:
        return write_to(file, below(8000), 1 + below(5000), fill);
    }
}

/* Whether what is mounted is (state), all of it. */
static bool is_state(const struct state *state)
{
    static uint8_t bytes[MOST + 1];

    for (unsigned file = 0; file < FILES; file++) {
        struct kr_fs_node *node = find(file);
        bool same = (node != NULL) == state->files[file].there;

        if (node != NULL && same) {
            int64_t length = driver()->read(node, bytes, sizeof(bytes), 0, 0);

            same = node->size == state->files[file].length && length == node->size &&
                   memcmp(bytes, state->files[file].bytes, (size_t)length) == 0;
        }
        drop(node);
        if (!same)
            return false;
    }
    return true;
}

static void start(void)
{
    kr_blkdev_faults_reset();
    memset(&now, 0, sizeof(now));
    synced = 0;
    KR_CHECK(begin() == 0 && driver()->sync(mount.root) == 0);
    states[0] = now;
    kr_blkdev_faults_record();
}

/* The state of the last sync before (count), or of the next. */
static bool is_right(unsigned count)
{
    unsigned last = 0;

    while (last < synced && states[last + 1].recorded <= count)
        last++;
    return is_state(&states[last]) || (last < synced && is_state(&states[last + 1]));
}

KR_TEST(after_a_cut_at_any_write_the_last_sync_is_there)
{
    start();
    for (unsigned i = 0; i < 60; i++) {
        KR_CHECK(step() == 0 && sync_all() == 0);
    }
    unsigned recorded = kr_blkdev_faults_recorded();
    KR_CHECK(recorded > 100);
    driver()->unmount(&mount);
    for (unsigned count = 0; count <= recorded; count++)
        for (uint64_t seed = 0; seed < 5; seed++) {
            kr_blkdev_faults_cut(count, seed == 0 || seed == 1 ? seed : seed * 1000 + count);
            KR_REQUIRE(begin() == 0);
            KR_REQUIRE(is_right(count));
            driver()->unmount(&mount);
        }
}

KR_TEST(what_is_left_after_a_cut_goes_on_as_if_nothing_had_been)
{
    start();
    for (unsigned i = 0; i < 20; i++)
        KR_CHECK(step() == 0 && sync_all() == 0);
    unsigned recorded = kr_blkdev_faults_recorded();
    driver()->unmount(&mount);
    for (unsigned count = 0; count <= recorded; count += 7) {
        kr_blkdev_faults_cut(count, 12345 + count);
        KR_REQUIRE(begin() == 0);
        KR_REQUIRE(write_to(2, 100, 5000, 0x5a) == 0 && unlink_it(0) == 0);
        KR_REQUIRE(driver()->sync(mount.root) == 0);
        driver()->unmount(&mount);
        KR_REQUIRE(begin() == 0);
        struct kr_fs_node *node = find(2);
        uint8_t byte = 0;
        KR_CHECK(node != NULL && driver()->read(node, &byte, 1, 5099, 0) == 1 && byte == 0x5a);
        drop(node);
        KR_CHECK(find(0) == NULL);
        driver()->unmount(&mount);
    }
}

KR_TEST(when_a_write_or_a_flush_fails_nothing_that_was_synced_is_lost)
{
    for (int operation = KR_BLKDEV_WRITE; operation <= KR_BLKDEV_FLUSH; operation++)
        for (unsigned nth = 0; nth < 60; nth++) {
            start();
            kr_blkdev_faults_fail(operation, nth, false);
            int error = 0;
            for (unsigned i = 0; i < 16 && error == 0; i++) {
                error = step();
                if (error == 0)
                    error = sync_all();
            }
            KR_CHECK(error == 0 || error == -KR_EIO);
            if (error != 0) /* and from then on nothing is promised */
                KR_CHECK(driver()->sync(mount.root) == -KR_EIO);
            struct state last = now;
            driver()->unmount(&mount);
            KR_REQUIRE(begin() == 0);
            KR_CHECK(is_state(&states[synced]) || is_state(&last));
            driver()->unmount(&mount);
        }
}

KR_TEST(a_read_that_fails_is_an_error_and_no_more)
{
    start();
    for (unsigned i = 0; i < 10; i++)
        KR_CHECK(step() == 0);
    KR_CHECK(write_to(0, 0, 9000, 7) == 0 && sync_all() == 0);
    driver()->unmount(&mount);
    for (unsigned nth = 0; nth < 12; nth++) {
        kr_blkdev_faults_fail(KR_BLKDEV_READ, nth, false);
        int error = begin();
        KR_CHECK(error == 0 || error == -KR_EIO);
        if (error != 0)
            continue;
        is_state(&now);
        KR_CHECK(is_state(&now));
        driver()->unmount(&mount);
    }
}

KR_SUITE(&test_after_a_cut_at_any_write_the_last_sync_is_there,
         &test_what_is_left_after_a_cut_goes_on_as_if_nothing_had_been,
         &test_when_a_write_or_a_flush_fails_nothing_that_was_synced_is_lost,
         &test_a_read_that_fails_is_an_error_and_no_more)
