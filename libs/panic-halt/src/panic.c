/* SPDX-License-Identifier: BSD-3-Clause */
/* A panic that ends the instance with a panic's status, and prints nothing. */
#include <kraft/boot.h>
#include <kraft/panic.h>

uintptr_t __stack_chk_guard;

KR_NORETURN void kr_panic(const char *format, ...)
{
    (void)format;
    kr_boot_abort();
}

KR_NORETURN void kr_panic_at(uintptr_t pc, uintptr_t frame, const char *format, ...)
{
    (void)pc;
    (void)frame;
    (void)format;
    kr_boot_abort();
}

KR_NORETURN void __stack_chk_fail(void)
{
    kr_boot_abort();
}
