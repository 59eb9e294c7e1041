/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A tree of several levels, a disk that becomes full, and images that are
 * not what they should be.
 */
#include <kraft/blkdev-faults.h>
#include <kraft/blkdev.h>
#include <kraft/conformance.h>
#include <kraft/fs.h>
#include <kraft/string.h>

#include "format.h"

#define MANY 1500u

static struct kr_fs_mount mount;

static const struct kr_fs_driver *driver(void)
{
    return kr_fs_drivers[0];
}

static int begin(void)
{
    mount = (struct kr_fs_mount){.driver = driver(), .device = 1, .source = "0"};
    return driver()->mount(&mount);
}

static struct kr_fs_name numbered(unsigned number, char name[5])
{
    for (int i = 4; i >= 0; i--, number /= 10)
        name[i] = (char)('0' + number % 10);
    return (struct kr_fs_name){name, 5};
}

static int make(unsigned number, struct kr_fs_node **node)
{
    static const struct kr_fs_attributes attributes = {.mode = KR_VFS_FILE | 0600};
    char name[5];
    int error = driver()->make(mount.root, numbered(number, name), &attributes,
                               (struct kr_fs_name){"", 0}, node);

    if (error == 0)
        (*node)->references++;
    return error;
}

static void drop(struct kr_fs_node *node)
{
    if (--node->references == 0)
        driver()->forget(node);
}

static int unlink_it(unsigned number)
{
    struct kr_fs_node *node;
    char name[5];
    int error = driver()->lookup(mount.root, numbered(number, name), &node);

    if (error != 0)
        return error;
    node->references++;
    error = driver()->unlink(mount.root, numbered(number, name), node);
    drop(node);
    return error;
}

static uint64_t free_blocks(void)
{
    struct kr_vfs_figures figures = {0};

    driver()->figures(&mount, &figures);
    return figures.free;
}

KR_TEST(many_files_come_and_go_in_any_order)
{
    struct kr_fs_node *node;
    char name[5];

    kr_blkdev_faults_reset();
    KR_REQUIRE(begin() == 0);
    uint64_t before = free_blocks();
    for (unsigned i = 0; i < MANY; i++) {
        KR_REQUIRE(make(i * 7 % MANY, &node) == 0);
        drop(node);
    }
    for (unsigned round = 0; round < 2; round++) {
        for (unsigned i = 0; i < MANY; i++)
            KR_CHECK(driver()->lookup(mount.root, numbered(i, name), &node) == 0);
        KR_REQUIRE(driver()->sync(mount.root) == 0);
        driver()->unmount(&mount);
        KR_REQUIRE(begin() == 0);
    }
    for (unsigned i = 0; i < MANY; i++)
        KR_REQUIRE(unlink_it(i * 11 % MANY) == 0);
    for (unsigned i = 0; i < MANY; i++)
        KR_CHECK(driver()->lookup(mount.root, numbered(i, name), &node) == -KR_ENOENT);
    KR_CHECK(driver()->sync(mount.root) == 0);
    KR_CHECK(free_blocks() == before);
    driver()->unmount(&mount);
    KR_REQUIRE(begin() == 0);
    KR_CHECK(free_blocks() == before);
    driver()->unmount(&mount);
}

/* Twice, so that what the first time left would be noticed. */
KR_TEST(a_full_disk_is_an_error_that_passes)
{
    static uint8_t bytes[16384];

    kr_blkdev_faults_reset();
    KR_REQUIRE(begin() == 0);
    KR_REQUIRE(driver()->sync(mount.root) == 0);
    uint64_t before = free_blocks();
    for (unsigned round = 0; round < 2; round++) {
        struct kr_fs_node *node;
        int64_t length = 0;
        int64_t written;

        KR_REQUIRE(make(1, &node) == 0);
        memset(bytes, (int)round + 1, sizeof(bytes));
        while ((written = driver()->write(node, bytes, sizeof(bytes), length, 0)) > 0)
            length += written;
        KR_CHECK(written == -KR_ENOSPC && length > 1000000);
        KR_CHECK(node->size == length && driver()->sync(node) == 0);
        /* What is there may be written again, for as long as one likes. */
        for (unsigned i = 0; i < 200; i++)
            KR_CHECK(driver()->write(node, bytes, 4096, (int64_t)(i % 50) * 4096, 0) == 4096);
        KR_CHECK(driver()->read(node, bytes, 1, length - 1, 0) == 1 && bytes[0] == round + 1);
        KR_CHECK(driver()->resize(node, 5000) == 0 && driver()->sync(node) == 0);
        KR_CHECK(driver()->write(node, bytes, 4096, 8192, 0) == 4096);
        drop(node);
        KR_CHECK(unlink_it(1) == 0 && driver()->sync(mount.root) == 0);
        KR_CHECK(free_blocks() == before);
    }
    driver()->unmount(&mount);
}

KR_TEST(holes_are_zeros_and_take_no_room)
{
    uint8_t bytes[64];
    struct kr_fs_node *node;

    kr_blkdev_faults_reset();
    KR_REQUIRE(begin() == 0 && make(1, &node) == 0);
    uint64_t before = free_blocks();
    KR_CHECK(driver()->write(node, "end", 3, INT64_C(1) << 40, 0) == 3);
    KR_CHECK(before - free_blocks() < 8 && node->size == (INT64_C(1) << 40) + 3);
    memset(bytes, 1, sizeof(bytes));
    KR_CHECK(driver()->read(node, bytes, 64, INT64_C(1) << 39, 0) == 64 && bytes[63] == 0);
    KR_CHECK(driver()->read(node, bytes, 64, INT64_C(1) << 40, 0) == 3 && bytes[2] == 'd');
    KR_CHECK(driver()->write(node, bytes, 1, INT64_MAX - 1, 0) == -KR_EFBIG);
    drop(node);
    driver()->unmount(&mount);
}

/* Every byte that counts is changed: the mount refuses, or shows what is
 * there; sanitizers watch. */
KR_TEST(a_damaged_image_is_refused_or_read_and_no_more)
{
    static uint8_t copy[64 * BLOCK];
    struct kr_fs_node *node;
    unsigned refused = 0;
    size_t size;
    uint8_t *bytes = kr_blkdev_faults_sectors(&size);

    kr_blkdev_faults_reset();
    KR_REQUIRE(begin() == 0);
    for (unsigned i = 0; i < 20; i++) {
        KR_REQUIRE(make(i, &node) == 0);
        KR_CHECK(driver()->write(node, "content", 7, 0, 0) == 7);
        drop(node);
    }
    KR_REQUIRE(driver()->sync(mount.root) == 0);
    driver()->unmount(&mount);
    memcpy(copy, bytes, sizeof(copy));
    for (size_t at = 0; at < sizeof(copy); at += 61 + at % 13) {
        memcpy(bytes, copy, sizeof(copy));
        bytes[at] = (uint8_t)(bytes[at] ^ (0x5a + at / 4096));
        int error = begin();
        KR_CHECK(error == 0 || error == -KR_EIO || error == -KR_EINVAL);
        refused += error != 0;
        if (error != 0)
            continue;
        for (unsigned i = 0; i < 20; i++) {
            char name[5];

            if (driver()->lookup(mount.root, numbered(i, name), &node) == 0)
                driver()->read(node, name, 5, 0, 0);
        }
        driver()->unmount(&mount);
    }
    KR_CHECK(refused > 50);
}

KR_TEST(what_is_no_file_system_is_refused)
{
    size_t size;
    uint8_t *bytes = kr_blkdev_faults_sectors(&size);

    kr_blkdev_faults_reset();
    memset(bytes, 'x', 100);
    KR_CHECK(begin() == -KR_EINVAL);
}

KR_SUITE(&test_many_files_come_and_go_in_any_order, &test_a_full_disk_is_an_error_that_passes,
         &test_holes_are_zeros_and_take_no_room, &test_a_damaged_image_is_refused_or_read_and_no_more,
         &test_what_is_no_file_system_is_refused)
