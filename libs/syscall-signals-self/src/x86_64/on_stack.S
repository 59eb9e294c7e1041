/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * void self_call_on(void *top, void (*handler)(int, void *, void *), int signal,
 *                   void *information, void *context);
 *
 * In: rdi, rsi, edx, rcx, r8; (top) is a multiple of 16. Keeps what the ABI
 * says a call preserves: the stack pointer in rbp.
 */
    .text
    .globl self_call_on
    .type self_call_on, @function
self_call_on:
    push %rbp
    mov %rsp, %rbp

    /* The other stack, and the handler's arguments. */
    mov %rdi, %rsp
    mov %rsi, %rax
    mov %edx, %edi
    mov %rcx, %rsi
    mov %r8, %rdx
    call *%rax

    /* Back. */
    mov %rbp, %rsp
    pop %rbp
    ret
    .size self_call_on, . - self_call_on
    .section .note.GNU-stack, "", @progbits
