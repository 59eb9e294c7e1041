/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Panics, one a run, since each is the last thing that an instance does: the
 * argument says which. What has to come of each stands in
 * test/conformance/panic.test.ts.
 */
#include <kraft/base.h>
#include <kraft/panic.h>
#include <kraft/print.h>

#define NOWHERE ((uintptr_t)64) /* in page zero, which is not there */

__attribute__((noinline)) static bool is(const char *word, const char *other)
{
    while (*word != '\0' && *word == *other) {
        word++;
        other++;
    }
    return *word == *other;
}

__attribute__((noinline)) static void inner(const char *what)
{
    if (is(what, "words"))
        kr_panic("suite: %s, %d of %u", "on purpose", -1, 7u);
    if (is(what, "long"))
        kr_panic("suite: %0200d, and an end", 0);
    if (is(what, "interrupted"))
        kr_panic_at((uintptr_t)inner + 1, 0, "suite: at %s", "a place");
    if (is(what, "broken"))
        kr_panic_at((uintptr_t)inner + 1, NOWHERE, "suite: a broken stack");
    if (is(what, "smashed"))
        __stack_chk_fail();
}

__attribute__((noinline)) static void outer(const char *what)
{
    inner(what);
    kr_print_format("outer goes on\n");
}

int main(int argc, char **argv)
{
    kr_print_format("before\n");
    outer(argc > 1 ? argv[1] : "");
    return 0;
}
