/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Commits: everything that was changed since the last one becomes what the
 * disk holds, at once. First all changed blocks are written, to blocks that
 * the last commit does not use, and flushed; then the superblock, which makes
 * them count, and flushed. Whenever the power goes, one of the two
 * superblocks is whole, and all that it refers to is.
 */
#include <kraft/clock.h>
#include <kraft/string.h>

#include "disk.h"

#define PATH 8u /* blocks of the tree that one change may copy or add */

void fs_disk_lock(struct disk *disk)
{
    while (disk->locked)
        kr_sched_wait(&disk->waiting, KR_CLOCK_NEVER);
    disk->locked = true;
    next_step(disk);
}

void fs_disk_unlock(struct disk *disk)
{
    disk->locked = false;
    kr_sched_wake_one_isr(&disk->waiting);
}

static int write_superblock(struct disk *disk)
{
    uint8_t *bytes = disk->memory + (size_t)BUFFERS * BLOCK;
    uint32_t count = BLOCK / disk->facts.sector_size;

    disk->super.used = disk->super.blocks - disk->free - disk->freeing;
    disk->super.checksum = 0;
    disk->super.checksum = fs_disk_sum(&disk->super, sizeof(disk->super));
    memset(bytes, 0, BLOCK);
    memcpy(bytes, &disk->super, sizeof(disk->super));
    return fs_disk_do(disk, KR_BLKDEV_WRITE, (disk->super.generation & 1) * count, count, bytes);
}

int fs_disk_commit(struct disk *disk)
{
    if (disk->failed)
        return -KR_EIO;
    int error = fs_disk_write_inodes(disk);
    if (error == 0 && !disk->changed)
        return 0;
    next_step(disk);
    if (error == 0)
        error = fs_disk_write_all(disk);
    if (error == 0)
        error = fs_disk_do(disk, KR_BLKDEV_FLUSH, 0, 0, NULL);
    if (error == 0)
        error = write_superblock(disk);
    if (error == 0)
        error = fs_disk_do(disk, KR_BLKDEV_FLUSH, 0, 0, NULL);
    if (error != 0) {
        disk->failed = true;
        return -KR_EIO;
    }
    fs_disk_space_committed(disk);
    disk->super.generation++;
    disk->changed = false;
    return 0;
}

static bool is_there(const struct disk *disk, uint64_t blocks)
{
    uint64_t wanted = blocks + fs_disk_reserve(disk) + disk->changed_count;

    return disk->free >= wanted;
}

/* For changes that take up to (blocks) blocks of content; 0 for those that
 * make room, which may use the reserve. */
int fs_disk_begin(struct disk *disk, uint64_t blocks)
{
    fs_disk_lock(disk);
    int error = disk->failed ? -KR_EIO : 0;
    if (error == 0 && disk->changed_count > fs_disk_reserve(disk) / 4)
        error = fs_disk_write_inodes(disk);
    bool room = blocks == 0 ? disk->free >= 2 * PATH : is_there(disk, blocks);
    if (error == 0 && !room) {
        if (disk->freeing > 0)
            error = fs_disk_commit(disk);
        room = blocks == 0 ? disk->free >= PATH : is_there(disk, blocks);
        if (error == 0 && !room)
            error = -KR_ENOSPC;
    }
    if (error != 0)
        fs_disk_unlock(disk);
    next_step(disk);
    return error;
}

int fs_disk_finish(struct disk *disk, int error)
{
    if (error == -KR_EIO || error == -KR_ENOMEM || error == -KR_ENOSPC)
        disk->failed = true; /* what is in memory may be half of a change */
    fs_disk_unlock(disk);
    return error;
}
