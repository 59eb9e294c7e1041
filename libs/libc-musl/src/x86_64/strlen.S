/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * size_t strlen(const char *text);
 *
 * In:  rdi = text.
 * Out: rax; rcx, rdx, xmm0 are scratch.
 *
 * Sixteen bytes at a time, from aligned places: none lies on two pages, so
 * no byte is read whose page the text does not reach.
 */
    .section .text.strlen, "ax", @progbits
    .globl strlen
    .type strlen, @function
strlen:
    /* The first block, without what comes before the text. */
    pxor %xmm0, %xmm0
    movq %rdi, %rax
    andq $-16, %rax
    movl %edi, %ecx
    pcmpeqb (%rax), %xmm0
    pmovmskb %xmm0, %edx
    andl $15, %ecx
    shrl %cl, %edx
    testl %edx, %edx
    jz 1f
    bsfl %edx, %eax
    ret

    /* The others. */
1:  pxor %xmm0, %xmm0
    addq $16, %rax
    pcmpeqb (%rax), %xmm0
    pmovmskb %xmm0, %edx
    testl %edx, %edx
    jz 1b
    bsfl %edx, %edx
    subq %rdi, %rax
    addq %rdx, %rax
    ret
    .size strlen, . - strlen

    .section .note.GNU-stack, "", @progbits
