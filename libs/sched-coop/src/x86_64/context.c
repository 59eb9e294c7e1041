/* SPDX-License-Identifier: BSD-3-Clause */
/* The frame that switch.S pops, made for a thread that has not run yet. */
#include "../context.h"

#include <kraft/base.h>

struct frame {
    uint32_t mxcsr;
    uint16_t x87_control;
    uint16_t unused;
    uint64_t r15, r14, r13, r12, rbx, rbp;
    void (*resume)(void);
    uint64_t caller; /* 0: where a backtrace ends */
};

_Static_assert(sizeof(struct frame) == 72, "as switch.S has it");

#define MXCSR_DEFAULT 0x1f80 /* all exceptions masked, round to nearest */
#define X87_DEFAULT 0x037f   /* the same, extended precision */

void *context_make(void *top, void (*begin)(void))
{
    /* (begin) finds the stack as after a call: its return address at the
     * top, at 16 n + 8. */
    struct frame *frame = (void *)((char *)top - sizeof(struct frame));

    *frame = (struct frame){
        .mxcsr = MXCSR_DEFAULT,
        .x87_control = X87_DEFAULT,
        .resume = begin,
    };
    return frame;
}
