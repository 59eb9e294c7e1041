/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Blocks in memory. A buffer that was used in the current step stays; others
 * are taken again in a circle, and written first where they are dirty: a
 * dirty block is always one that nothing on the disk refers to yet.
 */
#include <kraft/alloc.h>
#include <kraft/string.h>

#include "disk.h"

_Static_assert(BUFFERS >= 64, "one step may use some dozens");

/* Each step is a bijection of the state, so that one word that differs is
 * always seen. */
uint64_t fs_disk_sum(const void *bytes, size_t length)
{
    const uint64_t *words = bytes;
    uint64_t sum = UINT64_C(0x6b72616674667331);

    for (size_t i = 0; i < length / 8; i++) {
        sum ^= words[i];
        sum = (sum << 27 | sum >> 37) * UINT64_C(0x9e3779b97f4a7c15) + i;
    }
    return sum ^ sum >> 32;
}

bool fs_disk_cache_start(struct disk *disk)
{
    disk->memory = kr_alloc_allocate_aligned(BLOCK, ((size_t)BUFFERS + 1) * BLOCK);
    if (disk->memory == NULL)
        return false;
    for (unsigned i = 0; i < BUFFERS; i++)
        disk->buffers[i].bytes = disk->memory + (size_t)i * BLOCK;
    disk->step = 1;
    return true;
}

void fs_disk_cache_end(struct disk *disk)
{
    for (unsigned i = 0; i < BUFFERS; i++)
        if (disk->buffers[i].reading)
            disk->driver->wait(disk->index, &disk->buffers[i].request);
    kr_alloc_free(disk->memory);
}

static struct buffer **place_of(struct disk *disk, uint64_t block)
{
    return &disk->table[block % BUCKETS];
}

static struct buffer *find(struct disk *disk, uint64_t block)
{
    struct buffer *buffer = *place_of(disk, block);

    while (buffer != NULL && buffer->block != block)
        buffer = buffer->next;
    return buffer;
}

static void insert(struct disk *disk, struct buffer *buffer, uint64_t block)
{
    struct buffer **place = place_of(disk, block);

    buffer->block = block;
    buffer->next = *place;
    *place = buffer;
}

static void take_out(struct disk *disk, struct buffer *buffer)
{
    struct buffer **place = place_of(disk, buffer->block);

    while (*place != buffer)
        place = &(*place)->next;
    *place = buffer->next;
    buffer->block = 0;
}

void fs_disk_dirty(struct disk *disk, struct buffer *buffer)
{
    if (!buffer->dirty)
        disk->dirty++;
    buffer->dirty = true;
    disk->changed = true;
}

static void clean(struct disk *disk, struct buffer *buffer)
{
    if (buffer->dirty)
        disk->dirty--;
    buffer->dirty = false;
}

static int wait_for(struct disk *disk, struct buffer *buffer)
{
    return disk->driver->wait(disk->index, &buffer->request);
}

/* Brings the read of (buffer) to its end. */
static int arrive(struct disk *disk, struct buffer *buffer)
{
    int error = wait_for(disk, buffer);

    buffer->reading = false;
    if (error != 0)
        take_out(disk, buffer);
    return error;
}

/* A request for the whole block of (buffer). Reads that nobody has come for
 * make room. */
static int submit(struct disk *disk, struct buffer *buffer, int operation)
{
    uint32_t count = BLOCK / disk->facts.sector_size;

    buffer->request = (struct kr_blkdev_request){.operation = operation,
                                                 .count = count,
                                                 .sector = buffer->block * count,
                                                 .bytes = buffer->bytes};
    int error = disk->driver->submit(disk->index, &buffer->request);
    for (unsigned i = 0; i < BUFFERS && error == -KR_EAGAIN; i++)
        if (disk->buffers[i].reading) {
            arrive(disk, &disk->buffers[i]);
            error = disk->driver->submit(disk->index, &buffer->request);
        }
    return error;
}

/* One request, to its end. */
int fs_disk_do(struct disk *disk, int operation, uint64_t sector, uint32_t count, void *bytes)
{
    struct kr_blkdev_request request = {
        .operation = operation, .count = count, .sector = sector, .bytes = bytes};
    int error = disk->driver->submit(disk->index, &request);

    return error != 0 ? error : disk->driver->wait(disk->index, &request);
}

/* A block of the tree gets its checksum when it is written. */
static void seal(struct buffer *buffer)
{
    struct node_header *header = fs_disk_header(buffer);

    header->checksum = 0;
    header->checksum = fs_disk_sum(buffer->bytes, BLOCK);
}

/* Waits for the writes of (list). */
static int collect(struct disk *disk, struct buffer **list, unsigned count)
{
    int error = 0;

    for (unsigned i = 0; i < count; i++) {
        int result = wait_for(disk, list[i]);

        error = error == 0 ? result : error;
        if (result == 0)
            clean(disk, list[i]);
    }
    return error;
}

int fs_disk_write_all(struct disk *disk)
{
    struct buffer *list[16];
    unsigned count = 0;
    int error = 0;

    for (unsigned i = 0; i < BUFFERS && disk->dirty > 0 && error == 0; i++) {
        struct buffer *buffer = &disk->buffers[i];

        if (!buffer->dirty || buffer->step == disk->step)
            continue; /* whoever uses it may not be done */
        if (buffer->tree)
            seal(buffer);
        int result = submit(disk, buffer, KR_BLKDEV_WRITE);
        if (result == -KR_EAGAIN || count == sizeof(list) / sizeof(*list)) {
            error = collect(disk, list, count);
            count = 0;
            if (error == 0 && result == -KR_EAGAIN)
                result = submit(disk, buffer, KR_BLKDEV_WRITE);
        }
        if (result == 0)
            list[count++] = buffer;
        error = error == 0 ? result : error;
    }
    int last = collect(disk, list, count);
    return error == 0 ? last : error;
}

/* A buffer for other use: its content is on the disk, or not wanted. */
static int reclaim(struct disk *disk, struct buffer **free)
{
    if (disk->dirty > BUFFERS * 3 / 4) {
        int error = fs_disk_write_all(disk);

        if (error != 0)
            return error;
    }
    for (unsigned tries = 0; tries < 2 * BUFFERS; tries++) {
        struct buffer *buffer = &disk->buffers[disk->hand];

        disk->hand = (disk->hand + 1) % BUFFERS;
        if (buffer->block != 0 && (buffer->step == disk->step || buffer->dirty))
            continue;
        if (buffer->reading)
            wait_for(disk, buffer); /* nobody came for it */
        buffer->reading = false;
        if (buffer->block != 0)
            take_out(disk, buffer);
        *free = buffer;
        return 0;
    }
    return -KR_ENOMEM;
}

static int hold(struct disk *disk, uint64_t block, struct buffer **buffer)
{
    int error = reclaim(disk, buffer);

    if (error != 0)
        return error;
    (*buffer)->tree = false;
    (*buffer)->step = disk->step;
    insert(disk, *buffer, block);
    return 0;
}

int fs_disk_get(struct disk *disk, uint64_t block, struct buffer **buffer)
{
    *buffer = find(disk, block);
    if (*buffer == NULL) {
        int error = hold(disk, block, buffer);

        if (error == 0)
            error = submit(disk, *buffer, KR_BLKDEV_READ);
        if (error != 0) {
            if (*buffer != NULL && (*buffer)->block != 0)
                take_out(disk, *buffer);
            return error;
        }
        (*buffer)->reading = true;
    }
    (*buffer)->step = disk->step;
    return (*buffer)->reading ? arrive(disk, *buffer) : 0;
}

void fs_disk_ask(struct disk *disk, uint64_t block)
{
    struct buffer *buffer;

    if (find(disk, block) != NULL || hold(disk, block, &buffer) != 0)
        return;
    buffer->reading = submit(disk, buffer, KR_BLKDEV_READ) == 0;
    if (!buffer->reading)
        take_out(disk, buffer); /* whoever wants it asks again */
}

int fs_disk_new(struct disk *disk, uint64_t block, struct buffer **buffer)
{
    fs_disk_drop(disk, block);
    int error = hold(disk, block, buffer);
    if (error != 0)
        return error;
    memset((*buffer)->bytes, 0, BLOCK);
    fs_disk_dirty(disk, *buffer);
    return 0;
}

void fs_disk_drop(struct disk *disk, uint64_t block)
{
    struct buffer *buffer = find(disk, block);

    if (buffer == NULL)
        return;
    if (buffer->reading)
        wait_for(disk, buffer);
    buffer->reading = false;
    clean(disk, buffer);
    take_out(disk, buffer);
}

void fs_disk_move(struct disk *disk, struct buffer *buffer, uint64_t block)
{
    fs_disk_drop(disk, block);
    take_out(disk, buffer);
    insert(disk, buffer, block);
    fs_disk_dirty(disk, buffer);
}
