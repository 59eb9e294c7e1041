/* SPDX-License-Identifier: BSD-3-Clause */
/* Leaves below the app's red zone (System V ABI, AMD64 supplement, 3.2.2)
 * where to return to, which divert.S does last. */
#include "../divert.h"

#define RED_ZONE 128u

extern const char divert_entry[];

void divert(struct kr_interrupted *at)
{
    uintptr_t *stack = (void *)(at->stack_pointer - RED_ZONE - sizeof(uintptr_t));

    *stack = at->program_counter;
    at->stack_pointer = (uintptr_t)stack;
    at->program_counter = (uintptr_t)divert_entry;
}
