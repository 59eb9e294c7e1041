/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * const char kvm_interrupt_entries[OPT_INTERRUPTS][8]
 *
 * Where the CPU goes for the vectors from 32 on, on the interrupt stack. Each
 * pushes its index; what is common saves what a C function may change, and
 * calls kvm_interrupt_isr(index). General registers only: handlers are
 * compiled not to touch the others.
 */
#include "options.h"

    .section .text.kvm_interrupt, "ax", @progbits
    .globl kvm_interrupt_entries
    .balign 8
kvm_interrupt_entries:
    .set index, 0
    .rept OPT_INTERRUPTS
    .balign 8
    pushq $index
    jmp common
    .set index, index + 1
    .endr

    .balign 16
common:
    cld
    xchgq %rdi, (%rsp)
    pushq %rax
    pushq %rcx
    pushq %rdx
    pushq %rsi
    pushq %r8
    pushq %r9
    pushq %r10
    pushq %r11

    /* A frame for backtraces: above it, the interrupted code's. */
    pushq 72(%rsp)
    pushq %rbp
    movq %rsp, %rbp
    call kvm_interrupt_isr
    popq %rbp
    leaq 8(%rsp), %rsp

    popq %r11
    popq %r10
    popq %r9
    popq %r8
    popq %rsi
    popq %rdx
    popq %rcx
    popq %rax
    popq %rdi
    iretq

    .section .note.GNU-stack, "", @progbits
