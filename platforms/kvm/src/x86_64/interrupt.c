/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Interrupts by the local APIC (Intel SDM 3, 10) and the I/O APIC (Intel
 * 82093AA), at the addresses where every PC has had them; the legacy
 * controllers stay masked. Nothing is set up before the first driver asks, so
 * an image without interrupts has none of this.
 *
 * Lines are level-triggered and active high, which is how QEMU's and KVM's
 * I/O APIC sees virtio-mmio and PCI devices alike: while a device asserts its
 * line, no request is lost. Each vector has a list of handlers, because lines
 * may be shared.
 */
#include "kvm.h"

#include "options.h"

#include <kraft/hardware.h>
#include <kraft/interrupted.h>
#include <kraft/irq.h>
#include <kraft/panic.h>

#define FIRST_VECTOR 32u
#define INTERRUPT_STACK 2u

#define LOCAL_ADDRESS 0xfee00000u
#define LOCAL_ID 0x20
#define LOCAL_PRIORITY 0x80
#define LOCAL_END 0xb0
#define LOCAL_SPURIOUS 0xf0
#define LOCAL_ENABLE 0x100u
#define LOCAL_TIMER 0x320
#define LOCAL_TIMER_START 0x380
#define LOCAL_TIMER_LEFT 0x390
#define LOCAL_TIMER_DIVIDE 0x3e0
#define DIVIDE_BY_ONE 0xbu

#define LINES_ADDRESS 0xfec00000u
#define LINES_SELECT 0x00
#define LINES_WINDOW 0x10
#define LINES_VERSION 0x01u
#define LINES_REDIRECTION 0x10u
#define LEVEL_TRIGGERED (1u << 15)

#define CPUID_FEATURES 1u
#define CPUID_APIC (1u << 9)

#define SPURIOUS (OPT_INTERRUPTS - 1u) /* the local APIC's; nobody else's */
#define NO_LINE UINT32_MAX

struct interrupt {
    kr_irq_handler_isr handler_isr;
    void *argument;
    struct interrupt *next; /* of the same vector */
    unsigned line;          /* NO_LINE: a message, or the timer */
};

static struct {
    volatile uint8_t *local; /* registers of the local APIC; NULL: not set up */
    volatile uint8_t *lines; /* those of the I/O APIC */
    unsigned line_count;
    unsigned interrupt_count;
    unsigned vector_count;
    struct interrupt interrupts[OPT_INTERRUPTS];
    struct interrupt *first[OPT_INTERRUPTS]; /* by vector, from FIRST_VECTOR on */
    bool timer_taken;
    bool handling; /* a handler runs; the interrupted code's frame is valid */
} irq;

/* A guard page, and the stack. */
static uint8_t interrupt_stack[3 * KVM_PAGE]
    __attribute__((aligned(KR_MEM_PAGE), section(".bss.noinit.kvm_interrupt_stack")));

/* What the CPU leaves at the end of that stack (Intel SDM 3, 6.14.2). */
struct interrupted {
    uint64_t program_counter, code_segment, flags, stack_pointer, stack_segment;
};

extern const char kvm_interrupt_entries[OPT_INTERRUPTS][8];
void kvm_interrupt_isr(unsigned index);

static uint32_t local_read(unsigned offset)
{
    return *(volatile uint32_t *)(volatile void *)(irq.local + offset);
}

static void local_write(unsigned offset, uint32_t value)
{
    *(volatile uint32_t *)(volatile void *)(irq.local + offset) = value;
}

static uint32_t lines_read(uint32_t which)
{
    *(volatile uint32_t *)(volatile void *)(irq.lines + LINES_SELECT) = which;
    return *(volatile uint32_t *)(volatile void *)(irq.lines + LINES_WINDOW);
}

static void lines_write(uint32_t which, uint32_t value)
{
    *(volatile uint32_t *)(volatile void *)(irq.lines + LINES_SELECT) = which;
    *(volatile uint32_t *)(volatile void *)(irq.lines + LINES_WINDOW) = value;
}

static int set_up(void)
{
    if (irq.local != NULL)
        return 0;
    if (!(kr_hardware_cpuid(CPUID_FEATURES, 0).edx & CPUID_APIC))
        return -KR_ENODEV;
    irq.lines = kr_mem_device(LINES_ADDRESS, KVM_PAGE);
    irq.local = kr_mem_device(LOCAL_ADDRESS, KVM_PAGE);
    if (irq.lines == NULL || irq.local == NULL)
        kr_panic("irq: no page table left to map the interrupt controllers");
    kvm_paging_guard(kvm_address(interrupt_stack), "stack of interrupts");
    for (unsigned index = 0; index < OPT_INTERRUPTS; index++)
        kvm_vector_set(FIRST_VECTOR + index, kvm_address(kvm_interrupt_entries[index]),
                       INTERRUPT_STACK);
    kvm_vector_stack(INTERRUPT_STACK, kvm_address(interrupt_stack + sizeof(interrupt_stack)));
    local_write(LOCAL_PRIORITY, 0);
    local_write(LOCAL_SPURIOUS, LOCAL_ENABLE | (FIRST_VECTOR + SPURIOUS));
    irq.line_count = (lines_read(LINES_VERSION) >> 16 & 0xff) + 1;
    return 0;
}

void kvm_interrupt_isr(unsigned index)
{
    if (index == SPURIOUS)
        return;
    irq.handling = true;
    for (const struct interrupt *one = irq.first[index]; one != NULL; one = one->next)
        one->handler_isr(one->argument);
    irq.handling = false;
    local_write(LOCAL_END, 0);
}

static struct interrupted *interrupted_frame(void)
{
    return (struct interrupted *)(void *)(interrupt_stack + sizeof(interrupt_stack)) - 1;
}

bool kr_interrupted_app_isr(struct kr_interrupted *at)
{
    if (!irq.handling)
        return false;
    at->program_counter = interrupted_frame()->program_counter;
    at->stack_pointer = interrupted_frame()->stack_pointer;
    return at->program_counter >= kvm_address(kr_app_start) &&
           at->program_counter < kvm_address(kr_app_end);
}

void kr_interrupted_resume_isr(const struct kr_interrupted *at)
{
    interrupted_frame()->program_counter = at->program_counter;
    interrupted_frame()->stack_pointer = at->stack_pointer;
}

/* The vector of (line), if it has one; else a new one, or SPURIOUS. */
static unsigned vector_for(unsigned line)
{
    for (unsigned index = 0; line != NO_LINE && index < irq.vector_count; index++) {
        if (irq.first[index] != NULL && irq.first[index]->line == line)
            return index;
    }
    return irq.vector_count < SPURIOUS ? irq.vector_count : SPURIOUS;
}

/* Adds a handler; returns its vector, counted from FIRST_VECTOR, or an error. */
static int add(unsigned line, kr_irq_handler_isr handler_isr, void *argument)
{
    unsigned index = vector_for(line);
    struct interrupt *one = &irq.interrupts[irq.interrupt_count];

    if (index == SPURIOUS || irq.interrupt_count == OPT_INTERRUPTS)
        return -KR_ENFILE;
    one->handler_isr = handler_isr;
    one->argument = argument;
    one->line = line;
    one->next = irq.first[index];
    irq.first[index] = one;
    irq.interrupt_count++;
    if (index == irq.vector_count)
        irq.vector_count++;
    return (int)index;
}

static void route(unsigned line, unsigned vector)
{
    lines_write(LINES_REDIRECTION + 2 * line + 1, local_read(LOCAL_ID) & 0xff000000u);
    lines_write(LINES_REDIRECTION + 2 * line, LEVEL_TRIGGERED | vector);
}

int kr_irq_attach(unsigned line, kr_irq_handler_isr handler_isr, void *argument)
{
    bool enabled = kr_irq_disable();
    int error = set_up();

    if (error == 0 && line >= irq.line_count)
        error = -KR_EINVAL;
    if (error == 0)
        error = add(line, handler_isr, argument);
    if (error >= 0) {
        route(line, FIRST_VECTOR + (unsigned)error);
        error = 0;
    }
    kr_irq_restore(enabled);
    return error;
}

int kr_irq_attach_message(kr_irq_handler_isr handler_isr, void *argument, uint64_t *address,
                          uint32_t *data)
{
    bool enabled = kr_irq_disable();
    int error = set_up();

    if (error == 0)
        error = add(NO_LINE, handler_isr, argument);
    if (error >= 0) {
        *address = LOCAL_ADDRESS | (local_read(LOCAL_ID) >> 24) << 12;
        *data = FIRST_VECTOR + (unsigned)error;
        error = 0;
    }
    kr_irq_restore(enabled);
    return error;
}

int kr_hardware_timer_attach(void (*handler_isr)(void *), void *argument)
{
    bool enabled = kr_irq_disable();
    int error = set_up();

    if (error == 0 && irq.timer_taken)
        error = -KR_EBUSY;
    if (error == 0)
        error = add(NO_LINE, handler_isr, argument);
    if (error >= 0) {
        irq.timer_taken = true;
        local_write(LOCAL_TIMER_DIVIDE, DIVIDE_BY_ONE);
        local_write(LOCAL_TIMER, FIRST_VECTOR + (unsigned)error);
        error = 0;
    }
    kr_irq_restore(enabled);
    return error;
}

void kr_hardware_timer_start(uint32_t count)
{
    local_write(LOCAL_TIMER_START, count);
}

uint32_t kr_hardware_timer_left(void)
{
    return local_read(LOCAL_TIMER_LEFT);
}

bool kr_irq_disable(void)
{
    uintptr_t flags;

    __asm__ volatile("pushfq; popq %0; cli" : "=r"(flags) : : "memory");
    return flags & 0x200;
}

void kr_irq_restore(bool enabled)
{
    if (enabled)
        __asm__ volatile("sti" : : : "memory");
}

/* The instruction after sti still runs before any interrupt does (Intel SDM
 * 2, STI), so none can slip in between and leave the CPU halted. */
void kr_irq_wait(void)
{
    __asm__ volatile("sti; hlt; cli" : : : "memory");
}
