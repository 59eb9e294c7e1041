/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * void context_switch(void **save, void *load);
 *
 * In:  rdi = save, rsi = load.
 * Out: on the other stack, with what its call of context_switch preserves:
 *      rbx, rbp, r12 to r15, and the control bits of MXCSR and x87 (System V
 *      ABI, AMD64 supplement, 3.2.1). Every other register is a scratch one.
 */
    .section .text.context_switch, "ax", @progbits
    .globl context_switch
    .type context_switch, @function
context_switch:
    /* Leave: the layout is struct frame's in context.c. */
    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    subq $8, %rsp
    stmxcsr (%rsp)
    fnstcw 4(%rsp)
    movq %rsp, (%rdi)

    /* Go on. */
    movq %rsi, %rsp
    ldmxcsr (%rsp)
    fldcw 4(%rsp)
    addq $8, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    ret
    .size context_switch, . - context_switch

    .section .note.GNU-stack, "", @progbits
