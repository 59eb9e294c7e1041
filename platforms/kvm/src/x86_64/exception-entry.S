/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * const char kvm_exception_entries[32][8]
 *
 * Where the CPU goes for vectors 0 to 31 (Intel SDM 3, 6.12 and 6.14), always
 * on the exception stack. Each pushes its vector; what is common then calls
 * kvm_exception_isr(vector, error, frame, rbp), with error 0 where the CPU
 * pushes none. None of that returns, but a page fault that only was the first
 * touch of a page goes on where it came upon the code.
 */

/* Vectors for which the CPU pushes an error code: 8, 10-14, 17, 21, 29, 30. */
#define HAS_ERROR 0x60227d00
#define PAGE_FAULT 14

    .section .text.kvm_exception, "ax", @progbits
    .globl kvm_exception_entries
    .balign 8
kvm_exception_entries:
    .set vector, 0
    .rept 32
    .balign 8
    pushq $vector
    jmp common
    .set vector, vector + 1
    .endr

    .balign 8
common:
    cld
    cmpq $PAGE_FAULT, (%rsp)
    jne 2f

    /* All that a C function may change; general registers only. */
    pushq %rax
    pushq %rcx
    pushq %rdx
    pushq %rsi
    pushq %rdi
    pushq %r8
    pushq %r9
    pushq %r10
    pushq %r11
    movq %cr2, %rdi
    subq $8, %rsp
    call kvm_paging_touch
    addq $8, %rsp
    testb %al, %al
    popq %r11
    popq %r10
    popq %r9
    popq %r8
    popq %rdi
    popq %rsi
    popq %rdx
    popq %rcx
    popq %rax
    jz 2f
    addq $16, %rsp /* vector, error */
    iretq

2:
    popq %rdi
    xorl %esi, %esi
    movl $HAS_ERROR, %eax
    btl %edi, %eax
    jnc 1f
    popq %rsi
1:  movq %rsp, %rdx
    movq %rbp, %rcx
    andq $-16, %rsp
    call kvm_exception_isr
    ud2

    .section .note.GNU-stack, "", @progbits
