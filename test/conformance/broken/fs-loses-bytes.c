/* SPDX-License-Identifier: BSD-3-Clause */
/* One write of 100 loses its last byte. */
#include <kraft/fs.h>

int64_t __real_fs_ram_write(struct kr_fs_node *node, const void *bytes, size_t length,
                            int64_t offset, int flags);
int64_t __wrap_fs_ram_write(struct kr_fs_node *node, const void *bytes, size_t length,
                            int64_t offset, int flags);

int64_t __wrap_fs_ram_write(struct kr_fs_node *node, const void *bytes, size_t length,
                            int64_t offset, int flags)
{
    static unsigned calls;
    size_t lost = ++calls % 100 == 0 && length > 0;

    return __real_fs_ram_write(node, bytes, length - lost, offset, flags) + (int64_t)lost;
}
