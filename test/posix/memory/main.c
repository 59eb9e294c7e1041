/* SPDX-License-Identifier: BSD-3-Clause */
/* Exercises memory; prints nothing that depends on where it runs. With the word
 * `exhaust` it takes all there is, twice. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

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

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "exhaust") == 0) {
        int first = exhaust(), second = exhaust();
        printf("again %d %d\n", first > 8 && first < MOST, second * 10 >= first * 9);
        return 0;
    }
    zeros();
    advice();
    protections();
    moves();
    return 0;
}
