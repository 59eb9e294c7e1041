/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * KR_NORETURN void linuxu_entry(void);
 *
 * In:  rsp = argument count, arguments, environment and auxiliary vector
 *      (System V ABI, AMD64 supplement, 3.4.1).
 * The first half of the boot runs on this stack, the second on main's.
 */
    .section .text.entry, "ax", @progbits
    .globl linuxu_entry
    .type linuxu_entry, @function
linuxu_entry:
    movq %rsp, %rdi
    xorl %ebp, %ebp
    andq $-16, %rsp
    call linuxu_begin
    movq %rax, %rsp
    xorl %ebp, %ebp
    pushq $0 /* where a backtrace ends */
    pushq $0
    call linuxu_run
    ud2
    .size linuxu_entry, . - linuxu_entry

/*
 * void linuxu_signal_return(void);
 *
 * In:  rsp = the frame that the kernel made for a signal.
 */
    .globl linuxu_signal_return
    .type linuxu_signal_return, @function
linuxu_signal_return:
    movl $15, %eax
    syscall
    ud2
    .size linuxu_signal_return, . - linuxu_signal_return

    .section .note.GNU-stack, "", @progbits
