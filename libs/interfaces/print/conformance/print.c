/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The conversions of C17 7.21.6.1 that print.h names, and kr_print_into's
 * promises about room. A provider that loses all text has nothing to format.
 */
#include <kraft/conformance.h>
#include <kraft/print.h>

static bool silent(void)
{
    char text[4];

    return kr_print_into(text, sizeof(text), "x") == 0;
}

static bool same(const char *one, const char *other)
{
    while (*one != '\0' && *one == *other) {
        one++;
        other++;
    }
    return *one == *other;
}

static int length_of(const char *text)
{
    int length = 0;

    while (text[length] != '\0')
        length++;
    return length;
}

static char text[128];

/* Whether (format) makes (expected). Not declared as a printf, because the
 * compiler warns of formats that are allowed and odd, which these are. */
static bool makes(const char *expected, const char *format, ...)
{
    va_list arguments;
    int length;

    if (silent())
        return true;
    va_start(arguments, format);
    length = kr_print_into_list(text, sizeof(text), format, arguments);
    va_end(arguments);
    return length == length_of(expected) && same(text, expected);
}

#define CHECK(...) KR_CHECK(makes(__VA_ARGS__))

KR_TEST(whole_numbers)
{
    CHECK("0 -1 42", "%d %i %d", 0, -1, 42);
    CHECK("-2147483648", "%d", -2147483647 - 1);
    CHECK("4294967295", "%u", 4294967295u);
    CHECK("-9223372036854775808", "%lld", -9223372036854775807LL - 1);
    CHECK("18446744073709551615", "%llu", 18446744073709551615ULL);
    CHECK("ff FF 377", "%x %X %o", 255, 255, 255);
    CHECK("0xff 0XFF 0377 0", "%#x %#X %#o %#x", 255, 255, 255, 0);
}

KR_TEST(length_modifiers)
{
    CHECK("-1 255", "%hhd %hhu", 255, 255);
    CHECK("-1 65535", "%hd %hu", 65535, 65535);
    CHECK("-1 18446744073709551615", "%ld %lu", -1L, -1L);
    CHECK("7 8 9", "%zu %jd %td", (size_t)7, (intmax_t)8, (ptrdiff_t)9);
}

KR_TEST(flags_width_and_precision)
{
    CHECK("[   42][42   ][00042]", "[%5d][%-5d][%05d]", 42, 42, 42);
    CHECK("[+42][ 42][-42]", "[%+d][% d][%+d]", 42, 42, -42);
    CHECK("[  042][042  ][  042]", "[%5.3d][%-5.3d][%05.3d]", 42, 42, 42);
    CHECK("[][ ][0]", "[%.0d][%1.0d][%.1d]", 0, 0, 0);
    CHECK("[-0042][0x002a]", "[%05d][%#06x]", -42, 42);
    CHECK("[   42][42   ][042]", "[%*d][%*d][%.*d]", 5, 42, -5, 42, 3, 42);
    CHECK("[0012][012]", "[%04o][%#o]", 10, 10);
}

KR_TEST(characters_and_strings)
{
    CHECK("[a][  a][a  ]", "[%c][%3c][%-3c]", 'a', 'a', 'a');
    CHECK("[abc][  abc][abc  ][ab]", "[%s][%5s][%-5s][%.2s]", "abc", "abc", "abc", "abc");
    CHECK("[][   ab]", "[%.0s][%5.2s]", "abc", "abc");
    CHECK("100%", "%d%%", 100);
}

KR_TEST(a_precision_bounds_what_is_read_of_a_string)
{
    char bytes[2] = {'h', 'i'};

    CHECK("hi", "%.*s", 2, bytes);
}

KR_TEST(pointers_begin_with_0x)
{
    if (silent())
        return;
    KR_REQUIRE(kr_print_into(text, sizeof(text), "%p", (void *)text) > 2);
    KR_CHECK(text[0] == '0' && text[1] == 'x');
}

KR_TEST(what_does_not_fit_is_cut_and_counted)
{
    char small[4] = {'#', '#', '#', '#'};

    if (silent())
        return;
    KR_CHECK(kr_print_into(small, 3, "%s", "abcdef") == 6);
    KR_CHECK(small[0] == 'a' && small[1] == 'b' && small[2] == '\0' && small[3] == '#');
    KR_CHECK(kr_print_into(small, 1, "%d", 12345) == 5);
    KR_CHECK(small[0] == '\0');
    KR_CHECK(kr_print_into(NULL, 0, "%d", 12345) == 5);
    KR_CHECK(kr_print_into(small, 4, "abc") == 3);
    KR_CHECK(small[2] == 'c' && small[3] == '\0');
}

KR_TEST(text_goes_out)
{
    kr_print_write("", 0);
    kr_print_write("# written\n", 10);
    kr_print_format("# %s, %200d\n", "formatted", 1);
}

KR_SUITE(&test_whole_numbers, &test_length_modifiers, &test_flags_width_and_precision,
         &test_characters_and_strings, &test_a_precision_bounds_what_is_read_of_a_string,
         &test_pointers_begin_with_0x, &test_what_does_not_fit_is_cut_and_counted,
         &test_text_goes_out)
