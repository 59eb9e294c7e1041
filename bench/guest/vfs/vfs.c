/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What files in memory cost, in ticks of the TSC, which counts instructions
 * where QEMU runs with -icount: a file of a folder opened and closed again,
 * and 4 KiB of one read.
 */
#include <kraft/clock.h>
#include <kraft/print.h>
#include <kraft/vfs.h>

#define TURNS 10000u
#define NAME "/tmp/file"

static char page[4096];

static void print(const char *name, uint64_t total)
{
    uint64_t tenths = (total * 10 + TURNS / 2) / TURNS;

    kr_print_format("figure %s %lu.%lu\n", name, (unsigned long)(tenths / 10),
                    (unsigned long)(tenths % 10));
}

int main(void)
{
    kr_vfs_mkdirat(KR_VFS_HERE, "/tmp", 0755);
    int file = kr_vfs_openat(KR_VFS_HERE, NAME, KR_VFS_CREATE | KR_VFS_READ_WRITE, 0644);
    if (file < 0)
        return 1;
    for (int i = 0; i < 16; i++)
        kr_vfs_write(file, page, sizeof(page));

    uint64_t start = kr_clock_ticks();
    for (unsigned i = 0; i < TURNS; i++)
        kr_vfs_close(kr_vfs_openat(KR_VFS_HERE, NAME, KR_VFS_READ, 0));
    print("open-close", kr_clock_ticks() - start);

    start = kr_clock_ticks();
    for (unsigned i = 0; i < TURNS; i++)
        kr_vfs_pread(file, page, sizeof(page), i % 15 * 4096);
    print("pread-4k", kr_clock_ticks() - start);
    return 0;
}
