/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * White box: what a thread keeps to itself across a switch besides its
 * registers, and what becomes of its stack.
 */
#include <kraft/alloc.h>
#include <kraft/conformance.h>
#include <kraft/sched.h>

#define CROWD 40u

static uint32_t mxcsr(void)
{
    uint32_t value;

    __asm__ volatile("stmxcsr %0" : "=m"(value));
    return value;
}

static void set_mxcsr(uint32_t value)
{
    __asm__ volatile("ldmxcsr %0" : : "m"(value));
}

static uint16_t x87_control(void)
{
    uint16_t value;

    __asm__ volatile("fnstcw %0" : "=m"(value));
    return value;
}

static void set_x87_control(uint16_t value)
{
    __asm__ volatile("fldcw %0" : : "m"(value));
}

#define ROUND_TO_ZERO 0x6000u    /* MXCSR */
#define DOUBLE_PRECISION 0xfcffu /* x87, and with */

static void *round_to_zero(void *unused)
{
    KR_CHECK(mxcsr() == 0x1f80 && x87_control() == 0x037f);
    set_mxcsr(mxcsr() | ROUND_TO_ZERO);
    set_x87_control(x87_control() & DOUBLE_PRECISION);
    kr_sched_yield();
    KR_CHECK(mxcsr() == (0x1f80 | ROUND_TO_ZERO) && x87_control() == 0x007f);
    return unused;
}

KR_TEST(rounding_belongs_to_a_thread)
{
    struct kr_sched_thread *one;
    struct kr_sched_thread *other;

    KR_REQUIRE(kr_sched_spawn(&one, round_to_zero, NULL, NULL) == 0);
    KR_REQUIRE(kr_sched_spawn(&other, round_to_zero, NULL, NULL) == 0);
    kr_sched_yield();
    KR_CHECK((mxcsr() & ROUND_TO_ZERO) == 0);
    kr_sched_join(one, NULL);
    kr_sched_join(other, NULL);
}

static void *stack_is_aligned(void *unused)
{
    /* At a function's frame, as the ABI has it: rbp is 16-aligned. */
    KR_CHECK((uintptr_t)__builtin_frame_address(0) % 16 == 0);
    return unused;
}

KR_TEST(a_stack_begins_aligned)
{
    struct kr_sched_thread *thread;

    KR_REQUIRE(kr_sched_spawn(&thread, stack_is_aligned, NULL, NULL) == 0);
    kr_sched_join(thread, NULL);
}

static void *nothing(void *unused)
{
    return unused;
}

static size_t used(void)
{
    struct kr_alloc_figures figures;

    kr_alloc_figures(&figures);
    return figures.used;
}

static void crowd(size_t stack_size)
{
    const struct kr_sched_attributes attributes = {.name = "crowd", .stack_size = stack_size};
    struct kr_sched_thread *threads[CROWD];

    for (unsigned i = 0; i < CROWD; i++)
        KR_REQUIRE(kr_sched_spawn(&threads[i], nothing, NULL, &attributes) == 0);
    for (unsigned i = 0; i < CROWD; i++) {
        if (i % 2 == 0)
            kr_sched_join(threads[i], NULL);
        else
            kr_sched_detach(threads[i]);
    }
}

KR_TEST(stacks_are_kept_and_all_others_freed)
{
    crowd(0);
    crowd(50000);
    size_t before = used();

    for (unsigned i = 0; i < 5; i++) {
        crowd(0);
        crowd(50000);
    }
    KR_CHECK(used() == before);
}

KR_SUITE(&test_rounding_belongs_to_a_thread, &test_a_stack_begins_aligned,
         &test_stacks_are_kept_and_all_others_freed)
