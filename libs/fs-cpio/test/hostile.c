/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The archive, cut at every length and with every byte changed: a mount
 * refuses it or shows what can be read; sanitizers watch.
 */
#include <kraft/conformance.h>
#include <kraft/fs.h>
#include <kraft/initrd.h>
#include <kraft/string.h>

#include "index.h"

static unsigned char copy[4096];

static size_t length_of_archive(void)
{
    return (size_t)((uintptr_t)kr_initrd_end - (uintptr_t)kr_initrd_start);
}

/* What an index of the first (length) bytes of the copy holds. */
static int look(size_t length)
{
    struct index index;
    int error = fs_cpio_index(&index, copy, copy + length);

    if (error < 0)
        return error;
    for (size_t i = 0; i < index.count; i++) {
        const struct entry *entry = &index.entries[i];
        uint32_t kind = entry->node.mode & KR_VFS_KIND;

        KR_CHECK(kind == KR_VFS_FILE || kind == KR_VFS_LINK || kind == KR_VFS_DIRECTORIES);
        KR_CHECK(kind == KR_VFS_DIRECTORIES ||
                 (entry->content >= copy && entry->node.size <= (int64_t)length &&
                  entry->content + entry->node.size <= copy + length));
    }
    fs_cpio_forget(&index);
    return 0;
}

KR_TEST(a_cut_archive_is_damaged)
{
    size_t length = length_of_archive();

    KR_REQUIRE(length > 0 && length <= sizeof(copy));
    memcpy(copy, kr_initrd_start, length);
    KR_CHECK(look(length) == 0);
    for (size_t cut = 0; cut + 4 < length; cut++)
        KR_CHECK(look(cut) == -KR_EIO);
}

KR_TEST(no_byte_leads_out_of_the_archive)
{
    static const unsigned char values[] = {'\0', '.', '/', '0', '8', 'f', 'F', 0xff};
    size_t length = length_of_archive();
    unsigned refused = 0;

    for (size_t at = 0; at < length; at++)
        for (size_t i = 0; i < sizeof(values); i++) {
            memcpy(copy, kr_initrd_start, length);
            copy[at] = values[i];
            refused += look(length) < 0;
        }
    KR_CHECK(refused > 100);
}

KR_SUITE(&test_a_cut_archive_is_damaged, &test_no_byte_leads_out_of_the_archive)
