/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * _Noreturn void kvm_entry(void)
 *
 * Where the machine starts the image, by the PVH boot protocol (Xen,
 * docs/misc/pvh.pandoc): 32-bit protected mode, flat segments, no paging,
 * interrupts disabled; in: ebx, physical address of the start_info.
 *
 * Goes to 64-bit mode on page tables that map the image and nothing else,
 * clears bss, draws the canary of the stack protector, and calls
 * kvm_prepare(start_info), which returns the stack for kvm_run().
 */

#define CR0_VALUE 0x80010033 /* PG WP NE ET MP PE */
#define CR4_VALUE 0x620      /* OSXMMEXCPT OSFXSR PAE */
#define EFER 0xc0000080
#define EFER_NXE_LME 0x900
#define PRESENT_WRITABLE 0x3
#define LARGE 0x83 /* 2 MiB, present, writable */
#define CODE 0x08
#define DATA 0x10

/* XEN_ELFNOTE_PHYS32_ENTRY. */
    .section .note.pvh, "a", @note
    .balign 4
    .long 4, 8, 18
    .asciz "Xen"
    .quad kvm_entry

    .section .text.entry, "ax", @progbits
    .globl kvm_entry
    .type kvm_entry, @function
    .code32
kvm_entry:
    cli
    cld

    /* Empty top table, directory pointers and directory. */
    movl $kvm_early_tables, %edi
    xorl %eax, %eax
    movl $(3 * 1024), %ecx
    rep stosl

    /* The first 2 MiB, and on to the end of the image. */
    movl $(kvm_early_tables + 0x1000 + PRESENT_WRITABLE), kvm_early_tables
    movl $(kvm_early_tables + 0x2000 + PRESENT_WRITABLE), kvm_early_tables + 0x1000
    movl $(kvm_early_tables + 0x2000), %edi
    movl $LARGE, %eax
1:  movl %eax, (%edi)
    addl $8, %edi
    addl $0x200000, %eax
    cmpl $(kr_image_end + LARGE), %eax
    jb 1b

    /* Long mode (Intel SDM 3, 9.8.5), in its order. */
    movl $CR4_VALUE, %eax
    movl %eax, %cr4
    movl $kvm_early_tables, %eax
    movl %eax, %cr3
    movl $EFER, %ecx
    rdmsr
    orl $EFER_NXE_LME, %eax
    wrmsr
    movl $CR0_VALUE, %eax
    movl %eax, %cr0
    lgdt gdt_pointer
    ljmp $CODE, $long_mode

    .code64
long_mode:
    xorl %eax, %eax
    movl %eax, %ds
    movl %eax, %es
    movl %eax, %fs
    movl %eax, %gs
    movl $DATA, %ecx
    movl %ecx, %ss
    movl $(kvm_exception_stack + 2 * 4096), %esp
    xorl %ebp, %ebp
    fninit

    /* bss; eax is 0. */
    movl $kr_bss_start, %edi
    movl $kr_bss_clear_end, %ecx
    subl %edi, %ecx
    shrl $3, %ecx
    rep stosq

    /* The canary: RDRAND where the CPU has it, else the time stamp, spread
     * over the word. Its lowest byte is 0, so that no string reaches it. */
    movl %ebx, %r12d
    movl $1, %eax
    cpuid
    btl $30, %ecx
    jnc 2f
    movl $10, %ecx
1:  rdrand %rax
    jc 3f
    decl %ecx
    jnz 1b
2:  rdtsc
    shlq $32, %rdx
    orq %rdx, %rax
    movabsq $0x9e3779b97f4a7c15, %rdx
    imulq %rdx, %rax
    movq %rax, %rdx
    shrq $29, %rdx
    xorq %rdx, %rax
3:  xorb %al, %al
    movq %rax, __stack_chk_guard

    movl %r12d, %edi
    call kvm_prepare
    movq %rax, %rsp
    xorl %ebp, %ebp
    call kvm_run
    ud2
    .size kvm_entry, . - kvm_entry

/*
 * Segments: none, code, data, and the task state that kvm_exceptions_start
 * fills in. Writable, because the CPU marks the task state busy.
 */
    .section .data.kvm_gdt, "aw", @progbits
    .balign 8
    .globl kvm_gdt
kvm_gdt:
    .quad 0
    .quad 0x00af9b000000ffff
    .quad 0x00cf93000000ffff
    .quad 0, 0
gdt_end:

    .section .rodata.kvm_gdt_pointer, "a", @progbits
gdt_pointer:
    .word gdt_end - kvm_gdt - 1
    .quad kvm_gdt

    /* The top table, directory pointers, and the directory of the first GiB. */
    .section .bss.noinit.kvm_early_tables, "aw", @nobits
    .balign 4096
    .globl kvm_early_tables
kvm_early_tables:
    .space 3 * 4096

    .section .note.GNU-stack, "", @progbits
