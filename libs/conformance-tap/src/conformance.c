/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Runs tests one after the other, and prints one TAP line for each. Knows of
 * one test at a time: the first check that failed is what its line tells.
 * Suites are small, and run on fakes and on machines that have no more than a
 * console, so nothing here allocates.
 */
#include "catch.h"

#include <kraft/conformance.h>
#include <kraft/print.h>

#define SEED UINT32_C(2463534242) /* Marsaglia, "Xorshift RNGs", 2003 */

static struct {
    const char *file; /* of the first check that failed; NULL: none has */
    int line;
    const char *condition;
    uint32_t random;
} test;

static bool same(const char *one, const char *other)
{
    while (*one != '\0' && *one == *other) {
        one++;
        other++;
    }
    return *one == *other;
}

static bool contains(const char *text, const char *words)
{
    for (; *text != '\0'; text++) {
        size_t i = 0;
        while (words[i] != '\0' && text[i] == words[i])
            i++;
        if (words[i] == '\0')
            return true;
    }
    return *words == '\0';
}

bool kr_conformance_check_isr(bool good, const char *file, int line, const char *condition)
{
    if (!good && test.file == NULL) {
        test.file = file;
        test.line = line;
        test.condition = condition;
    }
    return good;
}

bool kr_conformance_check_panic(void (*action)(void *), void *argument, const char *words,
                                const char *file, int line)
{
    const char *text = catch_panic(action, argument);

    if (text == NULL)
        return kr_conformance_check_isr(false, file, line, "it panics");
    if (contains(text, words))
        return true;
    kr_print_format("# expected a panic with \"%s\", but was \"%s\"\n", words, text);
    return kr_conformance_check_isr(false, file, line, "it panics with these words");
}

uint32_t kr_conformance_random(void)
{
    uint32_t x = test.random;

    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    test.random = x;
    return x;
}

static bool wanted(const char *name, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (same(argv[i], name))
            return true;
    return argc <= 1;
}

int kr_conformance_run(const struct kr_conformance_test *const *tests, size_t count, int argc,
                       char **argv)
{
    unsigned number = 0;
    unsigned failed = 0;

    for (size_t i = 0; i < count; i++) {
        if (!wanted(tests[i]->name, argc, argv))
            continue;
        test.file = NULL;
        test.random = SEED;
        tests[i]->run();
        number++;
        if (test.file == NULL) {
            kr_print_format("ok %u - %s\n", number, tests[i]->name);
            continue;
        }
        failed++;
        kr_print_format("not ok %u - %s: %s:%d: %s\n", number, tests[i]->name, test.file,
                        test.line, test.condition);
    }
    kr_print_format("1..%u\n", number);
    return failed == 0 && number > 0 ? 0 : 1;
}
