/* SPDX-License-Identifier: BSD-3-Clause */
/* The empty guest: entered by PVH in 32-bit mode, it ends the machine with
 * status 0 through isa-debug-exit at port 0xf4. What any guest must cost. */
        .section .note.pvh, "a", @note
        .long 4, 4, 18 /* name size, value size, XEN_ELFNOTE_PHYS32_ENTRY */
        .asciz "Xen"
        .long start
        .text
        .code32
        .globl start
start:  xorl %eax, %eax
        movw $0xf4, %dx
        outl %eax, %dx
        hlt
