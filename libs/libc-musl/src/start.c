/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where a C program begins, without what a kernel leaves on the stack: the
 * auxiliary vector is made here, behind a copy of the environment, which is
 * where musl looks for it. And where it ends: main's result goes to exit, so
 * that streams are flushed.
 */
#include <stdlib.h>
#include <unistd.h>

#include <kraft/alloc.h>
#include <kraft/boot.h>
#include <kraft/syscall-random.h>

/* As <elf.h> has them. */
#define AUXILIARY_PAGE_SIZE 6
#define AUXILIARY_RANDOM 25
#define PAIRS 3

extern char **__environ;

void __init_libc(char **environment, char *name);
int __real_main(int argc, char **argv, char **environment);
int libc_musl_start(void);
int libc_musl_main(int argc, char **argv);

static uint64_t seed[2]; /* what malloc's check of its own data is made of */

int libc_musl_start(void)
{
    char **environment = kr_boot_environment();
    size_t count = 0;

    while (environment[count] != NULL)
        count++;
    uintptr_t *block = kr_alloc_allocate((count + 1 + (size_t)2 * PAIRS) * sizeof(*block));
    if (block == NULL)
        return -KR_ENOMEM;
    for (size_t i = 0; i <= count; i++)
        block[i] = (uintptr_t)environment[i];
    long drawn = kr_syscall_getrandom(seed, sizeof(seed), 0);
    if (drawn != sizeof(seed) && drawn != -KR_ENOSYS)
        return drawn < 0 ? (int)drawn : -KR_EIO;
    const uintptr_t auxiliary[2 * PAIRS] = {
        AUXILIARY_PAGE_SIZE, 4096, AUXILIARY_RANDOM, (uintptr_t)seed, 0, 0,
    };
    for (size_t i = 0; i < (size_t)2 * PAIRS; i++)
        block[count + 1 + i] = auxiliary[i];
    __init_libc((char **)block, kr_boot_arguments()[0]);
    return 0;
}

int libc_musl_main(int argc, char **argv)
{
    exit(__real_main(argc, argv, __environ));
}
