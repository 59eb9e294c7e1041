/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where a C program begins, without what a kernel leaves on the stack: the
 * auxiliary vector is made here, behind a copy of the environment, which is
 * where musl looks for it, with a program header that tells it of the data of
 * threads. And where it ends: main's result goes to exit, so
 * that streams are flushed.
 */
#include <elf.h>
#include <stdlib.h>
#include <unistd.h>

#include <kraft/alloc.h>
#include <kraft/boot.h>
#include <kraft/syscall-random.h>

#define PAIRS 6u

extern char **__environ;

void __init_libc(char **environment, char *name);
int __real_main(int argc, char **argv, char **environment);
int libc_musl_start(void);
int libc_musl_main(int argc, char **argv);

static Elf64_Phdr thread_data;
static uint64_t seed[2]; /* what malloc's check of its own data is made of */

int libc_musl_start(void)
{
    char **environment = kr_boot_environment();
    size_t count = 0;

    while (environment[count] != NULL)
        count++;
    uintptr_t *block = kr_alloc_allocate((count + 1 + 2 * PAIRS) * sizeof(*block));
    if (block == NULL)
        return -KR_ENOMEM;
    for (size_t i = 0; i <= count; i++)
        block[i] = (uintptr_t)environment[i];
    long drawn = kr_syscall_getrandom(seed, sizeof(seed), 0);
    if (drawn != sizeof(seed) && drawn != -KR_ENOSYS)
        return drawn < 0 ? (int)drawn : -KR_EIO;
    thread_data = (Elf64_Phdr){
        .p_type = PT_TLS,
        .p_vaddr = (uintptr_t)kr_thread_data_start,
        .p_filesz = (uintptr_t)kr_thread_data_filled - (uintptr_t)kr_thread_data_start,
        .p_memsz = (uintptr_t)kr_thread_data_end - (uintptr_t)kr_thread_data_start,
        .p_align = KR_BOOT_THREAD_DATA_ALIGN,
    };
    const uintptr_t auxiliary[2 * PAIRS] = {
        AT_PAGESZ, 4096, AT_RANDOM, (uintptr_t)seed, AT_PHDR, (uintptr_t)&thread_data,
        AT_PHENT, sizeof(thread_data), AT_PHNUM, 1, AT_NULL, 0,
    };
    for (size_t i = 0; i < 2 * PAIRS; i++)
        block[count + 1 + i] = auxiliary[i];
    __init_libc((char **)block, kr_boot_arguments()[0]);
    return 0;
}

int libc_musl_main(int argc, char **argv)
{
    exit(__real_main(argc, argv, __environ));
}
