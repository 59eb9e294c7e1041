/* SPDX-License-Identifier: BSD-3-Clause */
/* C17 7.2. No include guard: NDEBUG counts at each inclusion. */
#undef assert

#ifdef NDEBUG
#define assert(condition) ((void)0)
#else
#define assert(condition) \
    ((condition) ? (void)0 : __assert_fail(#condition, __FILE__, __LINE__, __func__))
#endif

#ifndef LIBC_MINI_ASSERT_H
#define LIBC_MINI_ASSERT_H
#define static_assert _Static_assert
_Noreturn void __assert_fail(const char *condition, const char *file, unsigned line,
                             const char *function);
#endif
