/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What every driver keeps, seen directly: entries that list and lookup agree
 * on, parents, positions, and an end. What a driver that can be written does
 * beyond that, the suites of vfs ask.
 */
#include <kraft/conformance.h>
#include <kraft/fs.h>
#include <kraft/string.h>

static struct kr_fs_mount mount;

static bool mounted(void)
{
    if (mount.root != NULL)
        return true;
    mount = (struct kr_fs_mount){.driver = kr_fs_drivers[0], .device = 1};
    return mount.driver->mount(&mount) == 0 && mount.root != NULL;
}

static unsigned check_folder(struct kr_fs_node *folder, unsigned depth)
{
    const struct kr_fs_driver *driver = mount.driver;
    struct kr_fs_entry entry;
    struct kr_fs_node *node;
    uint64_t position = 0;
    unsigned count = 0;

    while (driver->list(folder, &position, &entry) == 1) {
        count++;
        KR_CHECK(entry.name.length > 0 && entry.name.length <= KR_VFS_NAME);
        KR_CHECK(driver->lookup(folder, entry.name, &node) == 0 && node->inode == entry.inode);
        KR_CHECK(node->mount == &mount && node->links > 0);
        KR_CHECK((entry.mode & KR_VFS_KIND) == 0 || ((node->mode ^ entry.mode) & KR_VFS_KIND) == 0);
        struct kr_vfs_stat stat = {0};
        driver->stat(node, &stat);
        if ((node->mode & KR_VFS_KIND) == KR_VFS_DIRECTORIES && depth < 20) {
            struct kr_fs_node *parent;

            KR_CHECK(driver->lookup(node, (struct kr_fs_name){"..", 2}, &parent) == 0);
            KR_CHECK(parent == folder);
            check_folder(node, depth + 1);
        }
    }
    KR_CHECK(driver->list(folder, &position, &entry) == 0); /* still the end */
    KR_CHECK(driver->lookup(folder, (struct kr_fs_name){"no such name", 12}, &node) == -KR_ENOENT);
    return count;
}

KR_TEST(the_root_is_a_folder_and_its_own_parent)
{
    struct kr_fs_node *parent = NULL;

    KR_REQUIRE(mounted());
    KR_CHECK((mount.root->mode & KR_VFS_KIND) == KR_VFS_DIRECTORIES && mount.root->links >= 2);
    KR_CHECK(mount.driver->lookup(mount.root, (struct kr_fs_name){"..", 2}, &parent) == 0);
    KR_CHECK(parent == mount.root && mount.root->mount == &mount);
}

KR_TEST(list_and_lookup_agree)
{
    KR_REQUIRE(mounted());
    unsigned count = check_folder(mount.root, 0);
    KR_CHECK(mount.read_only == (count > 0)); /* what cannot be written holds something */
}

KR_TEST(files_are_read_up_to_their_end)
{
    struct kr_fs_entry entry;
    struct kr_fs_node *node;
    uint64_t position = 0;
    char bytes[16];

    KR_REQUIRE(mounted());
    while (mount.driver->list(mount.root, &position, &entry) == 1) {
        KR_REQUIRE(mount.driver->lookup(mount.root, entry.name, &node) == 0);
        if ((node->mode & KR_VFS_KIND) == KR_VFS_FILE)
            KR_CHECK(mount.driver->read(node, bytes, 16, node->size > 0 ? node->size : 1 << 20, 0) ==
                     0);
        if ((node->mode & KR_VFS_KIND) == KR_VFS_LINK)
            KR_CHECK(mount.driver->read_link(node, bytes, 1) == 1);
    }
}

static struct kr_fs_name numbered(unsigned number, char name[4])
{
    name[0] = 'n';
    for (int i = 3; i > 0; i--, number /= 10)
        name[i] = (char)('0' + number % 10);
    return (struct kr_fs_name){name, 4};
}

KR_TEST(what_is_made_is_listed_and_goes_again)
{
    const struct kr_fs_attributes attributes = {.mode = KR_VFS_FILE | 0644};
    const struct kr_fs_driver *driver = kr_fs_drivers[0];
    struct kr_fs_node *node;
    char name[4];

    KR_REQUIRE(mounted());
    if (mount.read_only)
        return;
    for (unsigned i = 0; i < 500; i++)
        KR_CHECK(driver->make(mount.root, numbered(i, name), &attributes,
                              (struct kr_fs_name){"", 0}, &node) == 0 &&
                 node->links == 1);
    KR_CHECK(check_folder(mount.root, 0) == 500);
    for (unsigned i = 0; i < 500; i += 2) {
        KR_CHECK(driver->lookup(mount.root, numbered(i, name), &node) == 0);
        KR_CHECK(driver->unlink(mount.root, numbered(i, name), node) == 0);
    }
    KR_CHECK(check_folder(mount.root, 0) == 250);
}

KR_TEST(a_mount_ends_with_whatever_is_in_it)
{
    KR_REQUIRE(mounted());
    unsigned before = check_folder(mount.root, 0);
    mount.driver->unmount(&mount);
    mount.root = NULL;
    KR_REQUIRE(mounted()); /* and begins anew, or goes on */
    unsigned after = check_folder(mount.root, 0);
    KR_CHECK(after == before || (after == 0 && !mount.read_only));
}

KR_SUITE(&test_the_root_is_a_folder_and_its_own_parent, &test_list_and_lookup_agree,
         &test_files_are_read_up_to_their_end, &test_what_is_made_is_listed_and_goes_again,
         &test_a_mount_ends_with_whatever_is_in_it)
