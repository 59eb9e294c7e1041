/* SPDX-License-Identifier: BSD-3-Clause */
/* IA32_FS_BASE (Intel SDM 4, 2.1), which user code writes through a kernel. */
#include <kraft/hardware.h>
#include <kraft/thread-pointer.h>

#define IA32_FS_BASE 0xc0000100u

void kr_thread_pointer_set(void *pointer)
{
    kr_hardware_set_msr(IA32_FS_BASE, (uintptr_t)pointer);
}

void *kr_thread_pointer_get(void)
{
    return (void *)(uintptr_t)kr_hardware_msr(IA32_FS_BASE);
}
