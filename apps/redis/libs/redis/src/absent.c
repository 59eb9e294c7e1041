/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the C library does not have: dynamic linking, so that MODULE LOAD fails
 * and says so, and cancellation, which Redis asks for when it has crashed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stddef.h>

void *dlopen(const char *file, int mode)
{
    (void)file, (void)mode;
    return NULL;
}

int dlclose(void *library)
{
    (void)library;
    return -1;
}

void *dlsym(void *restrict library, const char *restrict name)
{
    (void)library, (void)name;
    return NULL;
}

char *dlerror(void)
{
    static char message[] = "an image has no dynamic linking";

    return message;
}

int dladdr(const void *address, Dl_info *info)
{
    (void)address, (void)info;
    return 0;
}

int pthread_cancel(pthread_t thread)
{
    (void)thread;
    return ENOSYS;
}
