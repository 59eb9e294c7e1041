/* SPDX-License-Identifier: BSD-3-Clause */
/* FS base by arch_prctl(2). */
#include <kraft/linux.h>
#include <kraft/panic.h>
#include <kraft/thread-pointer.h>

#define ARCH_PRCTL 158
#define ARCH_SET_FS 0x1002u
#define ARCH_GET_FS 0x1003u

void kr_thread_pointer_set(void *pointer)
{
    long result = kr_linux_call3(ARCH_PRCTL, ARCH_SET_FS, (uintptr_t)pointer, 0);

    if (result < 0)
        kr_panic("thread-pointer-linux: arch_prctl: error %ld", result);
}

void *kr_thread_pointer_get(void)
{
    void *pointer = NULL;

    kr_linux_call3(ARCH_PRCTL, ARCH_GET_FS, (uintptr_t)&pointer, 0);
    return pointer;
}
