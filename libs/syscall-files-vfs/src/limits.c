/* SPDX-License-Identifier: BSD-3-Clause */
/* What may be had at most. */
#include <kraft/file-limits.h>
#include <kraft/vfs.h>

void kr_file_limits_set(unsigned which, uint64_t value)
{
    if (which == KR_FILE_LIMITS_DESCRIPTORS)
        kr_vfs_limit_descriptors(value);
    else if (which == KR_FILE_LIMITS_SIZE)
        kr_vfs_limit_size(value);
}
