/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * conformance: what a suite of tests of an interface is written in.
 *
 * Cardinality: one provider.
 * Context:     thread context; kr_conformance_check_isr in any.
 * Failure:     a check that fails is counted, never fatal; a panic that no
 *              test expected ends the instance.
 * Ownership:   nothing changes hands.
 *
 * A suite is one C file. It runs as an ordinary program of the build machine,
 * under sanitizers and on fakes, and unchanged as the app of a booted image:
 *
 *     #include <kraft/alloc.h>
 *     #include <kraft/conformance.h>
 *
 *     KR_TEST(free_takes_null)
 *     {
 *         kr_alloc_free(NULL);
 *         KR_CHECK(kr_alloc_size(kr_alloc_allocate(1)) >= 1);
 *     }
 *
 *     KR_SUITE(&test_free_takes_null)
 *
 * A test that KR_SUITE forgets is an unused variable, which the compiler
 * refuses. Output is TAP: `ok 1 - free_takes_null`, or `not ok 1 -
 * free_takes_null: file:line: condition` with the first check that failed;
 * then `1..1`. The exit status is 0, or 1 when a test failed.
 */
#ifndef KRAFT_CONFORMANCE_H
#define KRAFT_CONFORMANCE_H

#include <kraft/base.h>

struct kr_conformance_test {
    const char *name;
    void (*run)(void);
};

/* Begins a test; its body follows. Names read as sentences. */
#define KR_TEST(name)                                                          \
    static void run_##name(void);                                              \
    static const struct kr_conformance_test test_##name = {#name, run_##name}; \
    static void run_##name(void)

/* Ends a suite: its tests, in order, each as &test_NAME; makes main(). */
#define KR_SUITE(...)                                                        \
    static const struct kr_conformance_test *const kr_conformance_suite[] = { \
        __VA_ARGS__};                                                        \
    int main(int argc, char **argv);                                         \
    int main(int argc, char **argv)                                          \
    {                                                                        \
        return kr_conformance_run(kr_conformance_suite,                      \
                                  sizeof(kr_conformance_suite) /             \
                                      sizeof(kr_conformance_suite[0]),       \
                                  argc, argv);                               \
    }

/* Counts as failed unless (condition); the test goes on. Is (condition). */
#define KR_CHECK(condition) \
    kr_conformance_check_isr((condition), __FILE__, __LINE__, #condition)

/* As KR_CHECK, but returns from the (void) function that it stands in. */
#define KR_REQUIRE(condition)                                                     \
    do {                                                                          \
        if (!kr_conformance_check_isr((condition), __FILE__, __LINE__, #condition)) \
            return;                                                               \
    } while (false)

/* (action)(argument) has to panic with a message that contains (words). */
#define KR_CHECK_PANICS(action, argument, words)                         \
    kr_conformance_check_panic((action), (argument), (words), __FILE__, \
                               __LINE__)

/* Runs (count) tests and prints what came of each. Arguments after the first
 * are names: only those tests run. Returns main's exit status. */
int kr_conformance_run(const struct kr_conformance_test *const *tests, size_t count,
                       int argc, char **argv);

/* What KR_CHECK calls. Returns (good). Any context, any thread. */
bool kr_conformance_check_isr(bool good, const char *file, int line, const char *condition);

/* What KR_CHECK_PANICS calls. The panic ends (action) where it stands: what
 * (action) has locked or disabled by then stays so, and it MUST run in the
 * thread of the test. Returns whether the right panic came. */
bool kr_conformance_check_panic(void (*action)(void *), void *argument, const char *words,
                                const char *file, int line);

/* A number of a sequence that every run of the same test repeats. */
uint32_t kr_conformance_random(void);

/* Makes (order) the permutation of 0 to (count) - 1, at most 255, with the number (which), below (count)!. */
static inline void kr_conformance_permute(unsigned which, unsigned char *order, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        order[i] = (unsigned char)i;
    for (unsigned i = count; i > 1; which /= i, i--) {
        unsigned char swap = order[which % i];
        order[which % i] = order[i - 1];
        order[i - 1] = swap;
    }
}

#endif
