/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Random sequences of calls, each compared to a model that is too simple to
 * be wrong: a few names, each with a number of a file, and the files' bytes.
 */
#include <kraft/conformance.h>
#include <kraft/string.h>
#include <kraft/vfs.h>

#define HERE KR_VFS_HERE
#define NAMES 8
#define SIZE 20000
#define TURNS 6000

static struct file {
    int names;
    int size;
    unsigned char bytes[SIZE];
} files[NAMES + 1];
static int of[NAMES]; /* the file behind a name, or -1 */
static char path[] = "/model/x";
static char other[] = "/model/x";

static int fresh(void)
{
    int i = 0;

    while (files[i].names > 0)
        i++;
    files[i].size = 0;
    return i;
}

static unsigned below(unsigned limit)
{
    return kr_conformance_random() % limit;
}

static void write_some(int name)
{
    static unsigned char bytes[6000];
    int length = (int)below(sizeof(bytes));
    int offset = (int)below(SIZE - sizeof(bytes));
    int file = kr_vfs_openat(HERE, path, KR_VFS_CREATE | KR_VFS_WRITE, 0644);

    KR_REQUIRE(file >= 0);
    if (of[name] < 0) {
        of[name] = fresh();
        files[of[name]].names = 1;
    }
    struct file *model = &files[of[name]];
    memset(bytes, (int)below(256), sizeof(bytes));
    KR_CHECK(kr_vfs_pwrite(file, bytes, (size_t)length, offset) == length);
    if (length > 0 && offset > model->size && model->size >= 0)
        memset(model->bytes + model->size, 0, (size_t)(offset - model->size));
    memcpy(model->bytes + offset, bytes, (size_t)length);
    if (length > 0 && offset + length > model->size)
        model->size = offset + length;
    KR_CHECK(kr_vfs_close(file) == 0);
}

static void cut(int name)
{
    int size = (int)below(SIZE);
    int file = kr_vfs_openat(HERE, path, KR_VFS_WRITE, 0);

    if (of[name] < 0) {
        KR_CHECK(file == -KR_ENOENT);
        return;
    }
    struct file *model = &files[of[name]];
    KR_CHECK(kr_vfs_ftruncate(file, size) == 0);
    if (size > model->size && model->size >= 0)
        memset(model->bytes + model->size, 0, (size_t)(size - model->size));
    model->size = size;
    kr_vfs_close(file);
}

static void remove_name(int name)
{
    int result = kr_vfs_unlinkat(HERE, path, 0);

    KR_CHECK(result == (of[name] < 0 ? -KR_ENOENT : 0));
    if (of[name] >= 0)
        files[of[name]].names--;
    of[name] = -1;
}

static void link_names(int name, int to)
{
    int result = kr_vfs_linkat(HERE, path, HERE, other, 0);

    if (of[name] < 0) {
        KR_CHECK(result == -KR_ENOENT);
    } else if (of[to] >= 0) {
        KR_CHECK(result == -KR_EEXIST);
    } else {
        KR_CHECK(result == 0);
        of[to] = of[name];
        files[of[to]].names++;
    }
}

static void move(int name, int to)
{
    int result = kr_vfs_renameat(HERE, path, HERE, other, 0);

    KR_CHECK(result == (of[name] < 0 ? -KR_ENOENT : 0));
    if (of[name] < 0 || of[name] == of[to])
        return;
    if (of[to] >= 0)
        files[of[to]].names--;
    of[to] = of[name];
    of[name] = -1;
}

static void compare(int name)
{
    static unsigned char bytes[SIZE + 1];
    struct kr_vfs_stat stat;
    int file = kr_vfs_openat(HERE, path, KR_VFS_READ, 0);

    if (of[name] < 0) {
        KR_CHECK(file == -KR_ENOENT);
        return;
    }
    const struct file *model = &files[of[name]];
    KR_CHECK(kr_vfs_fstat(file, &stat) == 0 && stat.size == model->size);
    KR_CHECK((int)stat.links == model->names);
    KR_CHECK(kr_vfs_read(file, bytes, sizeof(bytes)) == model->size);
    KR_CHECK(memcmp(bytes, model->bytes, (size_t)model->size) == 0);
    kr_vfs_close(file);
}

KR_TEST(random_calls_do_what_the_model_does)
{
    KR_REQUIRE(kr_vfs_mkdirat(HERE, "/model", 0755) == 0);
    for (int i = 0; i < NAMES; i++)
        of[i] = -1;
    for (int turn = 0; turn < TURNS; turn++) {
        int name = (int)below(NAMES);
        int to = (int)below(NAMES);

        path[7] = (char)('a' + name);
        other[7] = (char)('a' + to);
        switch (below(8)) {
        case 0:
        case 1:
            write_some(name);
            break;
        case 2:
            cut(name);
            break;
        case 3:
            remove_name(name);
            break;
        case 4:
            link_names(name, to);
            break;
        case 5:
            move(name, to);
            break;
        default:
            compare(name);
        }
    }
    for (int name = 0; name < NAMES; name++) {
        path[7] = (char)('a' + name);
        compare(name);
        remove_name(name);
    }
    KR_CHECK(kr_vfs_unlinkat(HERE, "/model", KR_VFS_FOLDER) == 0);
}

KR_SUITE(&test_random_calls_do_what_the_model_does)
