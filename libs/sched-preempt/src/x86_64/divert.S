/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * void divert_entry(void);
 *
 * In:  not called, but jumped to, in the middle of anything; (%rsp) is where
 *      to go on, and the red zone lies above it.
 * Out: goes on there. All registers are as they were, flags and those of
 *      x87, SSE and, where the system has enabled them, AVX included.
 */
#define RED_ZONE 128
#define OSXSAVE 27    /* of CPUID 1, ECX */
#define COMPONENTS 0xe7 /* x87, SSE, AVX, AVX-512 (Intel SDM 1, 13.1) */
#define FXSAVE_SIZE 512
#define XSAVE_SIZE 2752 /* of these components, rounded up to 64 */
#define HEADER 512    /* of an XSAVE area; 64 bytes, which must begin as zero */

    .section .text.divert_entry, "ax", @progbits
    .globl divert_entry
    .type divert_entry, @function
divert_entry:
    /* A frame for backtraces; the flags lie below it. */
    pushq %rbp
    movq %rsp, %rbp
    pushfq
    cld
    pushq %rax
    pushq %rbx
    pushq %rcx
    pushq %rdx
    pushq %rsi
    pushq %rdi
    pushq %r8
    pushq %r9
    pushq %r10
    pushq %r11
    pushq %r12

    movl $1, %eax
    xorl %ecx, %ecx
    cpuid
    movl %ecx, %r12d
    btl $OSXSAVE, %r12d
    jc 1f

    /* x87 and SSE. */
    subq $FXSAVE_SIZE, %rsp
    andq $-64, %rsp
    fxsave64 (%rsp)
    fninit /* callees find the x87 stack empty */
    call preempted
    fxrstor64 (%rsp)
    jmp 2f

    /* AVX as well. */
1:  subq $XSAVE_SIZE, %rsp
    andq $-64, %rsp
    leaq HEADER(%rsp), %rdi
    movl $8, %ecx
    xorl %eax, %eax
    rep stosq
    movl $COMPONENTS, %eax
    xorl %edx, %edx
    xsave64 (%rsp)
    fninit
    call preempted
    movl $COMPONENTS, %eax
    xorl %edx, %edx
    xrstor64 (%rsp)

2:  leaq -96(%rbp), %rsp
    popq %r12
    popq %r11
    popq %r10
    popq %r9
    popq %r8
    popq %rdi
    popq %rsi
    popq %rdx
    popq %rcx
    popq %rbx
    popq %rax
    popfq
    popq %rbp
    ret $RED_ZONE
    .size divert_entry, . - divert_entry

    .section .note.GNU-stack, "", @progbits
