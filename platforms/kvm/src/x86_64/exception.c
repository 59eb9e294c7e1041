/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Exceptions: each is a bug, hence a panic, worded for whoever wrote the code
 * that caused it. They run on a stack of their own, so that a stack overflow
 * can be told; it is the stack that the first half of a boot ran on.
 *
 * The tables of the CPU are here: 32 gates, and room for the interrupts that
 * interrupt.c adds when a driver wants one; and the task state, which only
 * holds the stacks.
 */
#include "kvm.h"

#include "options.h"

#include <kraft/hardware.h>
#include <kraft/panic.h>

#define EXCEPTIONS 32u
#define DIVIDE 0u
#define INVALID_OPCODE 6u
#define PROTECTION 13u
#define PAGE_FAULT 14u

/* Of a page fault's error code (Intel SDM 3, 4.7). */
#define ERROR_WRITE 0x2u
#define ERROR_FETCH 0x10u

#define CODE_SELECTOR 0x08u
#define TASK_SELECTOR 0x18u
#define TASK_STATE_PRESENT UINT64_C(0x89)
#define INTERRUPT_GATE 0x8eu
#define EXCEPTION_STACK 1u

#define PIC_FIRST_MASK 0x21
#define PIC_SECOND_MASK 0xa1

struct gate { /* Intel SDM 3, 6.14.1 */
    uint16_t offset_low;
    uint16_t selector;
    uint8_t stack; /* 1 to 7: of the task state */
    uint8_t kind;
    uint16_t offset_middle;
    uint32_t offset_high;
    uint32_t reserved;
};
_Static_assert(sizeof(struct gate) == 16, "64-bit interrupt gate");

struct task_state { /* Intel SDM 3, 7.7 */
    uint32_t reserved;
    uint32_t stacks[6 + 2 + 14]; /* ring stacks, reserved, interrupt stacks 1 to 7 */
    uint32_t reserved_too[2];
    uint16_t reserved_also;
    uint16_t port_map;
};
_Static_assert(sizeof(struct task_state) == 104, "64-bit task state");

struct descriptor_table {
    uint16_t limit;
    uintptr_t base;
} __attribute__((packed));

struct exception_frame { /* what the CPU pushed */
    uint64_t pc, code_segment, flags, stack, stack_segment;
};

static struct gate gates[EXCEPTIONS + OPT_INTERRUPTS] __attribute__((section(".bss.noinit.kvm_gates")));
static struct task_state task_state;

/* A guard page, and the stack. */
uint8_t kvm_exception_stack[2 * KVM_PAGE]
    __attribute__((aligned(KR_MEM_PAGE), section(".bss.noinit.kvm_exception_stack")));

extern const char kvm_exception_entries[EXCEPTIONS][8];
KR_NORETURN void kvm_exception_isr(uint64_t vector, uint64_t error,
                                   const struct exception_frame *frame, uintptr_t frame_pointer);

static void load_gates(unsigned count)
{
    struct descriptor_table table = {(uint16_t)(count * sizeof(struct gate) - 1),
                                     kvm_address(gates)};
    __asm__ volatile("lidt %0" : : "m"(table));
}

void kvm_vector_set(unsigned vector, uintptr_t handler, unsigned stack)
{
    struct gate gate = {
        .offset_low = (uint16_t)handler,
        .selector = CODE_SELECTOR,
        .stack = (uint8_t)stack,
        .kind = INTERRUPT_GATE,
        .offset_middle = (uint16_t)(handler >> 16),
    };

    gates[vector] = gate;
}

/* Gives interrupt stack (stack) its place; from EXCEPTION_STACK + 1 on, the
 * gates of interrupts come into use. */
void kvm_vector_stack(unsigned stack, uintptr_t end)
{
    task_state.stacks[8 + 2 * (stack - 1)] = (uint32_t)end;
    task_state.stacks[9 + 2 * (stack - 1)] = 0;
    if (stack != EXCEPTION_STACK)
        load_gates(EXCEPTIONS + OPT_INTERRUPTS);
}

void kvm_exceptions_start(void)
{
    uint64_t task = kvm_address(&task_state);

    /* The legacy interrupt controllers: nobody listens to them. */
    kr_hardware_out8(PIC_FIRST_MASK, 0xff);
    kr_hardware_out8(PIC_SECOND_MASK, 0xff);

    for (unsigned vector = 0; vector < EXCEPTIONS; vector++)
        kvm_vector_set(vector, kvm_address(kvm_exception_entries[vector]), EXCEPTION_STACK);
    load_gates(EXCEPTIONS);

    kvm_vector_stack(EXCEPTION_STACK, kvm_address(kvm_exception_stack + sizeof(kvm_exception_stack)));
    task_state.port_map = sizeof(task_state);
    kvm_gdt[TASK_SELECTOR / 8] = (sizeof(task_state) - 1) | (task & 0xffffff) << 16 |
                                 TASK_STATE_PRESENT << 40 | (task >> 24 & 0xff) << 56;
    kvm_gdt[TASK_SELECTOR / 8 + 1] = task >> 32;
    __asm__ volatile("ltr %w0" : : "r"(TASK_SELECTOR));
}

void kvm_exceptions_guard(void)
{
    kvm_paging_guard(kvm_address(kvm_exception_stack), "stack of exceptions");
}

static KR_NORETURN void page_fault(uint64_t error, const struct exception_frame *frame,
                                   uintptr_t frame_pointer)
{
    const char *what = "read of";
    const char *guard;
    uintptr_t address;

    __asm__ volatile("mov %%cr2, %0" : "=r"(address));
    guard = kvm_paging_guard_name(address);
    if (error & ERROR_WRITE)
        what = "write to";
    if (error & ERROR_FETCH)
        what = "execution of";
    if (guard != NULL)
        kr_panic_at(frame->pc, frame_pointer, "cpu: %s the guard page of %s at 0x%lx", what, guard,
                    address);
    kr_panic_at(frame->pc, frame_pointer, "cpu: %s %s at 0x%lx", what, kvm_memory_name(address),
                address);
}

static const char *name_of(uint64_t vector)
{
    switch (vector) {
    case DIVIDE:
        return "division by zero, or its result too large";
    case INVALID_OPCODE:
        return "invalid opcode";
    case PROTECTION:
        return "general protection";
    default:
        return "exception";
    }
}

KR_NORETURN void kvm_exception_isr(uint64_t vector, uint64_t error,
                                   const struct exception_frame *frame, uintptr_t frame_pointer)
{
    if (vector == PAGE_FAULT)
        page_fault(error, frame, frame_pointer);
    kr_panic_at(frame->pc, frame_pointer, "cpu: %s (vector %u, error 0x%x)", name_of(vector),
                (unsigned)vector, (unsigned)error);
}
