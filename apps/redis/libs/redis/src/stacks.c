/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Redis asks for stacks of 4 MiB for its three threads that close, sync and
 * free. Memory that is promised is there, so these would be 12 MiB; what
 * the threads do needs a few KiB.
 */
#include <pthread.h>

#define MOST ((size_t)256 * 1024)

int redis_set_stack_size(pthread_attr_t *attributes, size_t size);

int redis_set_stack_size(pthread_attr_t *attributes, size_t size)
{
    return pthread_attr_setstacksize(attributes, size < MOST ? size : MOST);
}
