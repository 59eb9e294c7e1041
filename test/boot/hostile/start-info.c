/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a boot loader may hand to platform kvm, right, wrong and hostile. The
 * files of the platform that read it are linked into this program; physical
 * memory is a mapping at an address that 32 bits hold.
 */
#include "../../../platforms/kvm/src/x86_64/kvm.h"

#include <kraft/boot.h>
#include <kraft/conformance.h>
#include <kraft/string.h>

#include <sys/mman.h>

#define BASE 0x10000000u
#define SIZE 0x10000u
#define MAGIC 0x336ec578u
#define MAP_AT (BASE + 0x100)
#define LINE_AT (BASE + SIZE - 64)

struct entry {
    uint64_t start, size;
    uint32_t type, reserved;
};

struct info {
    uint32_t magic, version, flags, modules_count;
    uint64_t modules, command_line, rsdp, memory_map;
    uint32_t memory_map_entries, reserved;
};

const char *const kr_boot_default_arguments[] = {"hello", "there", NULL};
const char *const kr_boot_default_environment[] = {NULL};

void kvm_paging_map_early(uintptr_t start, size_t size)
{
    KR_CHECK(start + size <= KVM_EARLY_LIMIT);
}

static struct kvm_ranges ram;

/* A machine of 1 MiB, as qboot describes it. */
static const struct entry usual[] = {
    {0, 0x9fc00, 1, 0},          {0x9fc00, 0x400, 2, 0},  {0xd0000, 0x20000, 4, 0},
    {0xf0000, 0x10000, 2, 0},    {0x100000, 0, 1, 0},     {0, 0, 0, 0},
};

static struct info *put(const struct entry *entries, unsigned count)
{
    static bool mapped;
    struct info *info = (struct info *)(uintptr_t)BASE;

    if (!mapped)
        mapped = mmap(info, SIZE, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) == (void *)info;
    memset(info, 0, sizeof(*info));
    info->magic = MAGIC;
    info->version = 1;
    info->memory_map = MAP_AT;
    info->memory_map_entries = count;
    memcpy((void *)(uintptr_t)MAP_AT, entries, count * sizeof(*entries));
    return info;
}

static void read_it(void *unused)
{
    (void)unused;
    kvm_start_info_read(BASE, &ram);
}

static bool is(unsigned index, uintptr_t start, uintptr_t end)
{
    return index < ram.count && ram.at[index].start == start && ram.at[index].end == end;
}

KR_TEST(the_usual_map_is_its_whole_pages)
{
    put(usual, 6);
    read_it(NULL);
    KR_CHECK(ram.count == 1 && is(0, 0, 0x9f000));
}

KR_TEST(entries_may_come_in_any_order_and_touch)
{
    static const struct entry entries[] = {{0x300000, 0x100000, 1, 0},
                                           {0x100000, 0x100000, 1, 0},
                                           {0x200000, 0x100000, 1, 0},
                                           {0x1000, 0x2000, 1, 0}};

    put(entries, 4);
    read_it(NULL);
    KR_CHECK(ram.count == 2 && is(0, 0x1000, 0x3000) && is(1, 0x100000, 0x400000));
}

KR_TEST(what_is_reserved_is_no_ram_whoever_says_so_first)
{
    static const struct entry entries[] = {{0x101800, 0x100, 2, 0},
                                           {0x100000, 0x100000, 1, 0},
                                           {0x1ff000, 0x5000, 2, 0}};

    put(entries, 3);
    read_it(NULL);
    KR_CHECK(ram.count == 2 && is(0, 0x100000, 0x101000) && is(1, 0x102000, 0x1ff000));
}

KR_TEST(an_entry_that_wraps_or_lies_too_high_is_no_ram)
{
    static const struct entry entries[] = {{0x100000, UINT64_MAX - 0x1000, 1, 0},
                                           {UINT64_MAX, 2, 1, 0},
                                           {UINT64_C(1) << 40, 0x1000000, 1, 0},
                                           {0x1000, 0x1000, 1, 0}};

    put(entries, 4);
    read_it(NULL);
    KR_CHECK(ram.count == 1 && is(0, 0x1000, 0x2000));
}

KR_TEST(a_reservation_that_wraps_takes_all_above_it)
{
    static const struct entry entries[] = {{0x100000, 0x100000, 1, 0},
                                           {0x180000, UINT64_MAX - 5, 2, 0}};

    put(entries, 2);
    read_it(NULL);
    KR_CHECK(ram.count == 1 && is(0, 0x100000, 0x180000));
}

KR_TEST(a_map_in_a_hundred_pieces_keeps_what_fits)
{
    struct entry entries[128];

    for (unsigned index = 0; index < 128; index++)
        entries[index] = (struct entry){(127 - index) * 0x4000u, 0x2000, 1, 0};
    put(entries, 128);
    read_it(NULL);
    KR_CHECK(ram.count <= KVM_RANGES);
    for (unsigned index = 0; index < ram.count; index++)
        KR_CHECK(ram.at[index].end - ram.at[index].start == 0x2000 &&
                 ram.at[index].start % 0x4000 == 0);
}

KR_TEST(a_start_info_that_is_none_is_refused)
{
    put(usual, 6)->magic = 0;
    KR_CHECK_PANICS(read_it, NULL, "has magic 0x0");
    put(usual, 6)->version = 0;
    KR_CHECK_PANICS(read_it, NULL, "no memory map");
    put(usual, 6)->memory_map_entries = 0;
    KR_CHECK_PANICS(read_it, NULL, "no memory map");
    put(usual, 6)->memory_map_entries = UINT32_MAX;
    KR_CHECK_PANICS(read_it, NULL, "4294967295 entries");
}

static const uint64_t bad_addresses[] = {0x40000000, UINT64_MAX, UINT64_MAX - 0x1000,
                                         UINT64_C(0x100000000), 0x20000000};

KR_TEST(addresses_outside_of_memory_or_within_the_image_are_refused)
{
    for (unsigned index = 0; index < sizeof(bad_addresses) / sizeof(bad_addresses[0]); index++) {
        put(usual, 6)->memory_map = bad_addresses[index];
        KR_CHECK_PANICS(read_it, NULL, "the memory map");
        put(usual, 6)->command_line = bad_addresses[index];
        KR_CHECK_PANICS(read_it, NULL, "the command line");
    }
}

/* Reads (text) as a command line, and lays it out below the end of a stack. */
static char **lay_out(const char *text, int *count)
{
    static char stack[2048];
    struct kvm_start_info found;
    size_t size = 0;

    while (text[size] != '\0')
        size++;
    memset((void *)(uintptr_t)(BASE + 0x8000), 0, 4096);
    memcpy((void *)(uintptr_t)(BASE + 0x8000), text, size);
    put(usual, 6)->command_line = BASE + 0x8000;
    found = kvm_start_info_read(BASE, &ram);
    KR_CHECK(found.command_line_size == size + 1);
    kvm_command_line_place(stack + sizeof(stack), stack, &found);
    *count = kr_boot_argument_count();
    return kr_boot_arguments();
}

static bool same(const char *one, const char *other)
{
    while (*one != '\0' && *one == *other) {
        one++;
        other++;
    }
    return *one == *other;
}

KR_TEST(words_are_arguments_and_parameters)
{
    int count;
    char **list = lay_out("  a%20b %4 %zz%  virtio_mmio.device=1 virtio_mmio.device=2", &count);

    KR_REQUIRE(count == 4 && list[4] == NULL);
    KR_CHECK(same(list[0], "hello") && same(list[1], "a b"));
    KR_CHECK(same(list[2], "%4") && same(list[3], "%zz%"));
    KR_REQUIRE(kr_boot_parameter("virtio_mmio.device", 1) != NULL);
    KR_CHECK(same(kr_boot_parameter("virtio_mmio.device", 0), "1"));
    KR_CHECK(same(kr_boot_parameter("virtio_mmio.device", 1), "2"));
    KR_CHECK(kr_boot_parameter("virtio_mmio.device", 2) == NULL);
    KR_CHECK(kr_boot_parameter("virtio_mmio", 0) == NULL);
}

KR_TEST(without_words_the_built_in_arguments_count)
{
    int count;
    char **list = lay_out(" virtio_mmio.device=3 ", &count);

    KR_REQUIRE(count == 2 && list[2] == NULL);
    KR_CHECK(same(list[0], "hello") && same(list[1], "there"));
    KR_CHECK(same(kr_boot_parameter("virtio_mmio.device", 0), "3"));
}

static void lay_out_many(void *text)
{
    int count;

    lay_out(text, &count);
}

KR_TEST(what_does_not_fit_above_the_stack_is_refused)
{
    static char many[3000], words[1201];

    memset(many, 'a', sizeof(many) - 1);
    KR_CHECK_PANICS(lay_out_many, many, "does not fit");
    for (unsigned index = 0; index < 1200; index++)
        words[index] = index % 2 == 0 ? 'a' : ' ';
    KR_CHECK_PANICS(lay_out_many, words, "do not fit");
}

KR_TEST(a_command_line_without_an_end_is_refused)
{
    struct info *info = put(usual, 6);

    memset((void *)(uintptr_t)(BASE + 0x8000), 'a', 0x8000);
    info->command_line = BASE + 0x8000;
    KR_CHECK_PANICS(read_it, NULL, "has no end");
}

KR_SUITE(&test_the_usual_map_is_its_whole_pages, &test_entries_may_come_in_any_order_and_touch,
         &test_what_is_reserved_is_no_ram_whoever_says_so_first,
         &test_an_entry_that_wraps_or_lies_too_high_is_no_ram,
         &test_a_reservation_that_wraps_takes_all_above_it,
         &test_a_map_in_a_hundred_pieces_keeps_what_fits, &test_a_start_info_that_is_none_is_refused,
         &test_addresses_outside_of_memory_or_within_the_image_are_refused,
         &test_words_are_arguments_and_parameters, &test_without_words_the_built_in_arguments_count,
         &test_what_does_not_fit_above_the_stack_is_refused,
         &test_a_command_line_without_an_end_is_refused)
