/* SPDX-License-Identifier: BSD-3-Clause */
/* Memory by pages: what is fresh is zero, what fails leaves all as it was, and
 * what is given back can be had again. Failures come of a heap that is full. */
#include <kraft/alloc.h>
#include <kraft/conformance.h>
#include <kraft/hoard.h>
#include <kraft/syscall-memory.h>

#define PAGE ((size_t)4096)
#define NONE 0
#define READ 1
#define READ_WRITE 3
#define EXECUTE 4
#define PRIVATE 0x22 /* MAP_PRIVATE | MAP_ANONYMOUS */
#define MAY_MOVE 1
#define DONTNEED 4

static void *hoard;

static unsigned char *map(size_t pages)
{
    long start = kr_syscall_mmap(NULL, pages * PAGE, READ_WRITE, PRIVATE, -1, 0);

    return start < 0 && start > -4096 ? NULL : (unsigned char *)start; // NOLINT(performance-no-int-to-ptr)
}

static unsigned char *move_break(unsigned char *address)
{
    return (unsigned char *)kr_syscall_brk(address); // NOLINT(performance-no-int-to-ptr)
}

static bool is_filled(const unsigned char *bytes, size_t size, unsigned char with)
{
    while (size > 0 && bytes[size - 1] == with)
        size--;
    return size == 0;
}

static void fill(unsigned char *bytes, size_t size, unsigned char with)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = with;
}

static size_t used(void)
{
    struct kr_alloc_figures figures;

    kr_alloc_figures(&figures);
    return figures.used;
}

KR_TEST(what_is_mapped_is_zero_and_goes_back)
{
    size_t before = used();

    for (int round = 0; round < 3; round++) {
        unsigned char *start = map(16);
        KR_REQUIRE(start != NULL);
        KR_CHECK(is_filled(start, 16 * PAGE, 0));
        fill(start, 16 * PAGE, 0x5a);
        KR_CHECK(kr_syscall_munmap(start + 4 * PAGE, PAGE) == 0);
        KR_CHECK(is_filled(start, 4 * PAGE, 0x5a) && is_filled(start + 5 * PAGE, 11 * PAGE, 0x5a));
        KR_CHECK(kr_syscall_munmap(start, 16 * PAGE) == 0);
    }
    KR_CHECK(used() == before);
}

KR_TEST(what_moves_keeps_its_content)
{
    unsigned char *start = map(2);

    KR_REQUIRE(start != NULL);
    fill(start, 2 * PAGE, 7);
    start = (unsigned char *)kr_syscall_mremap(start, 2 * PAGE, 9 * PAGE, MAY_MOVE, NULL); // NOLINT(performance-no-int-to-ptr)
    KR_CHECK(is_filled(start, 2 * PAGE, 7) && is_filled(start + 2 * PAGE, 7 * PAGE, 0));
    KR_CHECK(kr_syscall_madvise(start, PAGE, DONTNEED) == 0);
    KR_CHECK(is_filled(start, PAGE, 0) && is_filled(start + PAGE, PAGE, 7));
    KR_CHECK(kr_syscall_munmap(start, 9 * PAGE) == 0);
}

KR_TEST(nothing_is_executable)
{
    unsigned char *start = map(1);

    KR_REQUIRE(start != NULL);
    KR_CHECK(kr_syscall_mmap(NULL, PAGE, READ | EXECUTE, PRIVATE, -1, 0) == -KR_EACCES);
    KR_CHECK(kr_syscall_mprotect(start, PAGE, READ_WRITE | EXECUTE) == -KR_EACCES);
    KR_CHECK(kr_syscall_munmap(start, PAGE) == 0);
    unsigned char *low = move_break(NULL);
    KR_REQUIRE(move_break(low + PAGE) == low + PAGE);
    KR_CHECK(kr_syscall_mprotect(low, PAGE, READ | EXECUTE) == -KR_EACCES);
    KR_CHECK(move_break(low) == low);
}

KR_TEST(the_break_moves_by_bytes_and_its_pages_are_zero)
{
    unsigned char *low = move_break(NULL), resident[2];

    KR_REQUIRE(low != NULL && (uintptr_t)low % PAGE == 0);
    KR_REQUIRE(move_break(low + 100) == low + 100);
    KR_CHECK(move_break(NULL) == low + 100);
    KR_CHECK(is_filled(low, PAGE, 0));
    fill(low, PAGE, 1);
    KR_CHECK(move_break(low + 3 * PAGE + 1) == low + 3 * PAGE + 1);
    KR_CHECK(is_filled(low, PAGE, 1) && is_filled(low + PAGE, 3 * PAGE, 0));
    fill(low, 4 * PAGE, 2);
    KR_CHECK(kr_syscall_mincore(low + 3 * PAGE, PAGE, resident) == 0);
    KR_CHECK(move_break(low + PAGE) == low + PAGE);
    KR_CHECK(kr_syscall_mincore(low + PAGE, PAGE, resident) == -KR_ENOMEM);
    KR_CHECK(move_break(low + 4 * PAGE) == low + 4 * PAGE);
    KR_CHECK(is_filled(low, PAGE, 2) && is_filled(low + PAGE, 3 * PAGE, 0));
    KR_CHECK(move_break(low) == low);
}

KR_TEST(a_break_that_cannot_move_is_where_it_was)
{
    unsigned char *low = move_break(NULL);

    KR_CHECK(move_break(low - 1) == low);
    KR_CHECK(move_break((unsigned char *)(UINTPTR_MAX / 2)) == low); // NOLINT(performance-no-int-to-ptr)
    KR_REQUIRE(move_break(low + PAGE) == low + PAGE);
    fill(low, PAGE, 3);
    KR_CHECK(move_break(low - 1) == low + PAGE);
    KR_CHECK(move_break((unsigned char *)UINTPTR_MAX) == low + PAGE); // NOLINT(performance-no-int-to-ptr)
    KR_CHECK(is_filled(low, PAGE, 3));
    KR_CHECK(move_break(low) == low);
}

KR_TEST(pages_that_the_break_left_are_writable_when_it_comes_again)
{
    unsigned char *low = move_break(NULL);

    KR_REQUIRE(move_break(low + 4 * PAGE) == low + 4 * PAGE);
    KR_CHECK(kr_syscall_mprotect(low + 2 * PAGE, 2 * PAGE, NONE) == 0);
    KR_CHECK(move_break(low + PAGE) == low + PAGE);
    KR_CHECK(move_break(low + 4 * PAGE) == low + 4 * PAGE);
    KR_CHECK(is_filled(low + 2 * PAGE, 2 * PAGE, 0));
    fill(low, 4 * PAGE, 4);
    KR_CHECK(kr_syscall_munmap(low, 4 * PAGE) == 0);
    KR_CHECK(move_break(low) == low);
}

KR_TEST(a_break_at_its_start_holds_nothing)
{
    size_t before = used();
    unsigned char *low = move_break(NULL);

    KR_CHECK(used() == before);
    KR_REQUIRE(move_break(low + PAGE) == low + PAGE);
    KR_CHECK(used() >= before + PAGE);
    KR_CHECK(move_break(low) == low && used() == before);
    KR_CHECK(move_break(low + PAGE) == low + PAGE && is_filled(low, PAGE, 0));
    KR_CHECK(move_break(low) == low && used() == before);
}

KR_TEST(whoever_has_the_place_of_the_break_keeps_it)
{
    unsigned char *low = move_break(NULL);
    unsigned char *taken = map(1);

    KR_REQUIRE(taken != NULL);
    fill(taken, PAGE, 6);
    unsigned char *now = move_break(low + PAGE);
    KR_CHECK(now == low || now == low + PAGE);
    KR_CHECK(now == low || is_filled(low, PAGE, 0));
    KR_CHECK(is_filled(taken, PAGE, 6));
    KR_CHECK(move_break(low) == low);
    low = move_break(NULL);
    KR_REQUIRE(move_break(low + PAGE) == low + PAGE);
    fill(low, PAGE, 7);
    KR_CHECK(is_filled(taken, PAGE, 6));
    KR_CHECK(move_break(low) == low && kr_syscall_munmap(taken, PAGE) == 0);
}

/* Pieces of a full heap come back one by one, until all of it goes. */
KR_TEST(each_allocation_that_fails_fails_the_call_alone)
{
    unsigned char *low = move_break(NULL), *start = NULL, *now;
    unsigned failures = 0;

    kr_hoard_take_all(&hoard);
    KR_CHECK(move_break(low + PAGE) == low);
    while ((start = map(3)) == NULL && kr_hoard_give_back_one(&hoard))
        failures++;
    KR_REQUIRE(start != NULL && failures > 1);
    KR_CHECK(is_filled(start, 3 * PAGE, 0));
    fill(start, 3 * PAGE, 8);
    KR_CHECK(kr_syscall_mremap(start, 3 * PAGE, SIZE_MAX / 8, MAY_MOVE, NULL) == -KR_ENOMEM);
    failures = 0;
    do {
        low = move_break(NULL);
        now = move_break(low + PAGE);
        KR_CHECK(now == low || now == low + PAGE);
    } while (now == low && kr_hoard_give_back_one(&hoard));
    KR_CHECK(now == low + PAGE && is_filled(low, PAGE, 0) && is_filled(start, 3 * PAGE, 8));
    fill(low, PAGE, 9);
    KR_CHECK(is_filled(start, 3 * PAGE, 8) && kr_syscall_munmap(start, 3 * PAGE) == 0);
    KR_CHECK(move_break(low) == low);
    while (kr_hoard_give_back_one(&hoard))
        failures++;
    KR_CHECK(failures > 0);
}

KR_SUITE(&test_what_is_mapped_is_zero_and_goes_back, &test_what_moves_keeps_its_content,
         &test_nothing_is_executable, &test_the_break_moves_by_bytes_and_its_pages_are_zero,
         &test_a_break_that_cannot_move_is_where_it_was,
         &test_pages_that_the_break_left_are_writable_when_it_comes_again,
         &test_a_break_at_its_start_holds_nothing, &test_whoever_has_the_place_of_the_break_keeps_it,
         &test_each_allocation_that_fails_fails_the_call_alone)
