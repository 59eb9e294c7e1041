/* SPDX-License-Identifier: BSD-3-Clause */
/* initrd, as a program of the build machine: a folder d with a file, and a link to it. */
#include <kraft/initrd.h>

__asm__("    .section .rodata\n"
        "    .balign 4096\n"
        "    .globl kr_initrd_start, kr_initrd_end\n"
        "kr_initrd_start:\n"
        "    .ascii \"07070100000001000041ed0000000000000000000000010000000000000000000000000000000000\"\n"
        "    .ascii \"000000000000000000000200000000d\\000\"\n"
        "    .ascii \"07070100000002000081a40000000000000000000000010000000000000008000000000000000000\"\n"
        "    .ascii \"000000000000000000000700000000d/file\\000\\000\\000\\000content\\012\"\n"
        "    .ascii \"070701000000030000a1ff0000000000000000000000010000000000000006000000000000000000\"\n"
        "    .ascii \"000000000000000000000500000000link\\000\\000d/file\\000\\000\"\n"
        "    .ascii \"07070100000000000000000000000000000000000000010000000000000000000000000000000000\"\n"
        "    .ascii \"000000000000000000000b00000000TRAILER!!!\\000\\000\\000\\000\"\n"
        "kr_initrd_end:\n"
        "    .text\n");
