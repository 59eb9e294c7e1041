/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * size_t libc_musl_until(const char *text, int one, int other);
 *
 * How many bytes come before the first that is (one), (other) or 0.
 *
 * In:  rdi = text, sil = one, dl = other.
 * Out: rax; rcx, rdx, rsi, r8 and xmm0 to xmm5 are scratch.
 *
 * By blocks, as strlen.S: none lies on two pages.
 */
    .section .text.libc_musl_until, "ax", @progbits
    .globl libc_musl_until
    .type libc_musl_until, @function
libc_musl_until:
    /* Sixteen times (one) and (other). */
    movzbl %sil, %esi
    movzbl %dl, %edx
    imull $0x01010101, %esi, %esi
    imull $0x01010101, %edx, %edx
    movd %esi, %xmm1
    movd %edx, %xmm2
    pshufd $0, %xmm1, %xmm1
    pshufd $0, %xmm2, %xmm2
    pxor %xmm3, %xmm3

    /* Blocks, of the first no more than what is of the text. */
    movl %edi, %ecx
    movq %rdi, %rax
    andl $15, %ecx
    andq $-16, %rax
    movl $-1, %r8d
    shll %cl, %r8d
1:  movdqa (%rax), %xmm0
    movdqa %xmm1, %xmm4
    movdqa %xmm2, %xmm5
    pcmpeqb %xmm0, %xmm4
    pcmpeqb %xmm0, %xmm5
    pcmpeqb %xmm3, %xmm0
    por %xmm4, %xmm0
    por %xmm5, %xmm0
    pmovmskb %xmm0, %edx
    andl %r8d, %edx
    jnz 2f
    movl $-1, %r8d
    addq $16, %rax
    jmp 1b
2:  bsfl %edx, %edx
    subq %rdi, %rax
    addq %rdx, %rax
    ret
    .size libc_musl_until, . - libc_musl_until

    .section .note.GNU-stack, "", @progbits
