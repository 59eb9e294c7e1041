/* SPDX-License-Identifier: BSD-3-Clause */
/* Exercises memory; prints nothing that depends on where it runs. With the word
 * `exhaust` it takes all there is, twice. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PAGE ((size_t)4096)
#define LARGE ((size_t)8 << 20)
#define BLOCK ((size_t)1 << 20)
#define MOST 4096

static unsigned char *map(size_t size, int protection)
{
    void *start = mmap(NULL, size, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return start == MAP_FAILED ? NULL : start;
}

static size_t not_zero(const unsigned char *start, size_t size)
{
    size_t count = 0;

    for (size_t i = 0; i < size; i++)
        count += start[i] != 0;
    return count;
}

/* What was written once is not to be seen by whoever maps it next. */
static void zeros(void)
{
    size_t dirt = 0;

    for (int round = 0; round < 6; round++) {
        size_t size = LARGE - (size_t)round * 3 * PAGE;
        unsigned char *start = map(size, PROT_READ | PROT_WRITE);
        for (size_t i = 0; i < size; i += PAGE / 2)
            dirt += start[i];
        dirt += not_zero(start + LARGE / 2 - 2 * PAGE, 4 * PAGE);
        memset(start, 0xa5, size);
        dirt += start[size - 1] != 0xa5;
        munmap(start, size);
    }
    printf("zeros %zu\n", dirt);
}

static void advice(void)
{
    unsigned char *start = map(LARGE, PROT_READ | PROT_WRITE);

    memset(start, 7, LARGE);
    int error = madvise(start + PAGE, LARGE - 2 * PAGE, MADV_DONTNEED);
    printf("advice %d %d %d %zu\n", error, start[PAGE - 1], start[LARGE - PAGE],
           not_zero(start + PAGE, LARGE - 2 * PAGE));
    munmap(start, LARGE);
}

static void protections(void)
{
    unsigned char *start = map(16 * PAGE, PROT_NONE);

    printf("none %d", mprotect(start + PAGE, 15 * PAGE, PROT_READ | PROT_WRITE));
    printf(" %zu", not_zero(start + PAGE, 15 * PAGE));
    memset(start + PAGE, 3, 15 * PAGE);
    printf(" %d", mprotect(start + 2 * PAGE, PAGE, PROT_READ));
    printf(" %d", start[2 * PAGE]);
    printf(" %d", mprotect(start + 2 * PAGE, PAGE, PROT_NONE));
    printf(" %d", mprotect(start + 2 * PAGE, PAGE, PROT_READ | PROT_WRITE));
    printf(" %d\n", start[2 * PAGE]);
    void *again = mmap(start + 4 * PAGE, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    printf("fixed %d %zu %d\n", again == start + 4 * PAGE, not_zero(start + 4 * PAGE, 2 * PAGE), start[6 * PAGE]);
    printf("unmap %d %d\n", munmap(start + 8 * PAGE, PAGE), munmap(start, 16 * PAGE));
    printf("wrong %d %d", munmap(start + 1, PAGE), errno == EINVAL);
    printf(" %d", mmap(NULL, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED && errno == EINVAL);
    printf(" %d\n", map(SIZE_MAX / 2, PROT_READ) == NULL && errno == ENOMEM);
}

static void moves(void)
{
    unsigned char *start = map(4 * PAGE, PROT_READ | PROT_WRITE);

    for (size_t i = 0; i < 4 * PAGE; i++)
        start[i] = (unsigned char)(i / 64);
    start = mremap(start, 4 * PAGE, 64 * PAGE, MREMAP_MAYMOVE);
    size_t wrong = 0;
    for (size_t i = 0; i < 4 * PAGE; i++)
        wrong += start[i] != (unsigned char)(i / 64);
    printf("moves %zu %zu", wrong, not_zero(start + 4 * PAGE, 60 * PAGE));
    start = mremap(start, 64 * PAGE, 2 * PAGE, 0);
    printf(" %d\n", start[PAGE]);
    munmap(start, 2 * PAGE);
}

/* A private mapping of a file has what the file had, and keeps what is written to it for itself. */
static void of_a_file(void)
{
    char path[] = "/tmp/kraft-ts-mapped-XXXXXX";
    int file = mkstemp(path);
    size_t wrong = 0;

    for (size_t i = 0; i < 3 * PAGE + 100; i++)
        if (pwrite(file, &(char){(char)(i / 64)}, 1, (off_t)i) != 1)
            return;
    unsigned char *start = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
    for (size_t i = 0; i < 3 * PAGE + 100; i++)
        wrong += start[i] != (unsigned char)(i / 64);
    printf("file %zu %zu", wrong, not_zero(start + 3 * PAGE + 100, PAGE - 100));
    memset(start, 'x', PAGE);
    char kept = 'y';
    printf(" %d %d", pread(file, &kept, 1, 0) == 1, kept);
    printf(" sync %d %d", msync(start, 4 * PAGE, MS_SYNC), msync(start + 1, PAGE, MS_SYNC));
    printf(" %d %d\n", msync(start, PAGE, MS_SYNC | MS_ASYNC), errno == EINVAL);
    unsigned char *part = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, file, PAGE);
    printf("part %d %d", part[0], part[64]);
    void *fixed = mmap(start + PAGE, PAGE, PROT_READ, MAP_PRIVATE | MAP_FIXED, file, 2 * PAGE);
    printf(" %d %d %d\n", fixed == start + PAGE, start[PAGE], start[2 * PAGE + 64]);
    munmap(part, PAGE);
    munmap(start, 4 * PAGE);
    printf("gone %d %d\n", msync(start, PAGE, MS_ASYNC), errno == ENOMEM);
    int writer = open(path, O_WRONLY), zero = open("/dev/zero", O_RDWR), folder = open("/", O_RDONLY);
    printf("refused %d", mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, writer, 0) == MAP_FAILED && errno == EACCES);
    printf(" %d", mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, folder, 0) == MAP_FAILED && errno == ENODEV);
    printf(" %d", mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, 99, 0) == MAP_FAILED && errno == EBADF);
    printf(" %d", mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, file, 7) == MAP_FAILED && errno == EINVAL);
    start = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, zero, 0);
    printf(" zero %zu\n", not_zero(start, 2 * PAGE));
    munmap(start, 2 * PAGE);
    unlink(path);
}

/* Room of a file, taken and given back. */
static void room(void)
{
    char path[] = "/tmp/kraft-ts-room-XXXXXX";
    int file = mkstemp(path);
    struct stat facts;
    char bytes[16];

    printf("room %d", posix_fallocate(file, 0, 3 * PAGE));
    fstat(file, &facts);
    printf(" %ld %d", (long)facts.st_size, facts.st_blocks >= 24);
    printf(" %d", fallocate(file, FALLOC_FL_KEEP_SIZE, 0, 10 * PAGE));
    fstat(file, &facts);
    printf(" %ld %d\n", (long)facts.st_size, facts.st_blocks >= 80);
    for (size_t i = 0; i < 3 * PAGE; i += 16)
        if (pwrite(file, "sixteen letters.", 16, (off_t)i) != 16)
            return;
    printf("hole %d", fallocate(file, FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE, PAGE - 8, PAGE + 16));
    printf(" %.8s", pread(file, bytes, 16, PAGE - 16) == 16 ? bytes : "?");
    size_t dirt = not_zero((unsigned char *)bytes + 8, 8);
    dirt += pread(file, bytes, 16, 2 * PAGE) == 16 ? not_zero((unsigned char *)bytes, 8) : 99;
    printf(" %zu %.8s\n", dirt, bytes + 8);
    printf("wrong %d %d", posix_fallocate(file, 0, 0) == EINVAL, posix_fallocate(file, -1, 1) == EINVAL);
    printf(" %d %d", posix_fallocate(99, 0, 1) == EBADF, posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL));
    printf(" %d %d\n", posix_fadvise(file, 0, 0, 77) == EINVAL, posix_fadvise(99, 0, 0, 0) == EBADF);
    sync();
    close(file);
    unlink(path);
}

/* Blocks until there is none left; each keeps what was written to it. */
static int exhaust(void)
{
    static unsigned char *blocks[MOST];
    int count = 0, wrong = 0;

    errno = 0;
    while (count < MOST && (blocks[count] = malloc(BLOCK)) != NULL) {
        memset(blocks[count], count, BLOCK);
        count++;
    }
    printf("exhaust %d", errno == ENOMEM);
    for (int i = 0; i < count; i++) {
        for (size_t at = 0; at < BLOCK; at += 61)
            wrong += blocks[i][at] != (unsigned char)i;
        free(blocks[i]);
    }
    printf(" %d\n", wrong);
    return count;
}

static void residence(void)
{
    unsigned char *start = map(4 * PAGE, PROT_READ | PROT_WRITE);
    unsigned char resident[4] = {0};

    memset(start, 7, 4 * PAGE);
    printf("mincore %d", mincore(start, 4 * PAGE, resident));
    printf(" %d%d%d%d", resident[0] & 1, resident[1] & 1, resident[2] & 1, resident[3] & 1);
    printf(" %d", mincore(start + 1, PAGE, resident) < 0 && errno == EINVAL);
    printf(" free %d", madvise(start, 2 * PAGE, MADV_FREE));
    printf(" %d", start[0] == 7 || start[0] == 0);
    start[0] = 9;
    printf(" %d %d\n", start[0], start[2 * PAGE]);
    printf("no such advice %d\n", madvise(start, PAGE, 77) < 0 && errno == EINVAL);
    munmap(start, 4 * PAGE);
    printf("unmapped %d\n", mincore(start, PAGE, resident) < 0 && errno == ENOMEM);
}

static unsigned char *move_break(unsigned char *address)
{
    return (unsigned char *)syscall(SYS_brk, address);
}

/* The break, from wherever it is: the C library of the host moves it, too. */
static void the_break(void)
{
    unsigned char *low = move_break(NULL), *old = low, resident[1];

    low += -(uintptr_t)low % PAGE;
    printf("break %d", move_break(low + 3 * PAGE + 5) == low + 3 * PAGE + 5);
    printf(" %d %zu", move_break(NULL) == low + 3 * PAGE + 5, not_zero(low, 4 * PAGE));
    memset(low, 0xa5, 4 * PAGE);
    void *between = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    printf(" %d", move_break(low + BLOCK) == low + BLOCK);
    printf(" %zu %zu", not_zero(low, 4 * PAGE), not_zero(low + 4 * PAGE, BLOCK - 4 * PAGE));
    printf(" shrink %d", move_break(low + PAGE) == low + PAGE);
    printf(" %d %d", mincore(low + PAGE, PAGE, resident) < 0, errno == ENOMEM);
    printf(" %d", move_break(low + LARGE) == low + LARGE);
    printf(" %zu %d", not_zero(low + PAGE, LARGE - PAGE), low[PAGE - 1]);
    printf(" never %d %d", move_break((unsigned char *)UINTPTR_MAX) == low + LARGE, move_break((unsigned char *)1) == low + LARGE);
    printf(" protect %d", mprotect(low + PAGE, PAGE, PROT_READ));
    printf(" %d", move_break(low + PAGE) == low + PAGE && move_break(low + 2 * PAGE) == low + 2 * PAGE);
    low[PAGE] = 7;
    printf(" %d", low[PAGE]);
    printf(" %d\n", move_break(old) == old);
    munmap(between, PAGE);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "exhaust") == 0) {
        int first = exhaust(), second = exhaust();
        printf("again %d %d\n", first > 8 && first < MOST, second * 10 >= first * 9);
        return 0;
    }
    zeros();
    advice();
    residence();
    protections();
    moves();
    of_a_file();
    room();
    the_break();
    return 0;
}
