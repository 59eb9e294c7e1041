/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The first half of a boot, on the exception stack: reads what the boot
 * loader left, sets memory aside, and builds the page tables. One range is
 * reserved, from low to high:
 *
 *     page tables │ guard page │ main's stack │ arguments
 *
 * The arguments come first, because the boot loader's copy of them may lie
 * where the tables are about to be.
 */
#include "kvm.h"

#include "options.h"

#include <kraft/hardware.h>

#define CPUID_FEATURES 7u
#define CPUID_SMEP (1u << 7)  /* ebx */
#define CPUID_SMAP (1u << 20) /* ebx */
#define CPUID_UMIP (1u << 2)  /* ecx */
#define CR4_UMIP (UINT64_C(1) << 11)
#define CR4_SMEP (UINT64_C(1) << 20)
#define CR4_SMAP (UINT64_C(1) << 21)

#define STACK ((OPT_STACK_SIZE + KVM_PAGE - 1) & ~(KVM_PAGE - 1))

/*
 * What the CPU can refuse besides (Intel SDM 3, 2.5): nothing here runs or
 * reads pages of a user, so a page that became one by mistake is of no use.
 */
static void harden(void)
{
    struct kr_hardware_cpuid features = {0, 0, 0, 0};
    uint64_t cr4;

    if (kr_hardware_cpuid(0, 0).eax >= CPUID_FEATURES)
        features = kr_hardware_cpuid(CPUID_FEATURES, 0);
    __asm__ volatile("mov %%cr4, %0" : "=r"(cr4));
    if (features.ebx & CPUID_SMEP)
        cr4 |= CR4_SMEP;
    if (features.ebx & CPUID_SMAP)
        cr4 |= CR4_SMAP;
    if (features.ecx & CPUID_UMIP)
        cr4 |= CR4_UMIP;
    __asm__ volatile("mov %0, %%cr4" : : "r"(cr4) : "memory");
}

uintptr_t kvm_prepare(uint32_t start_info)
{
    struct kvm_ranges *ram = kvm_memory_ram();
    struct kvm_start_info info;
    struct kvm_range reserved, tables;
    uintptr_t guard;
    char *stack;

    kvm_exceptions_start();
    info = kvm_start_info_read(start_info, ram);

    tables.end = kvm_paging_table_count(ram) * KVM_PAGE;
    reserved = kvm_memory_reserve(tables.end + KVM_PAGE + STACK);
    kvm_paging_map_early(reserved.start, reserved.end - reserved.start);
    guard = reserved.end - STACK - KVM_PAGE;
    tables.start = reserved.start;
    tables.end = guard;

    stack = kvm_command_line_place((char *)reserved.end, (char *)(reserved.end - STACK / 2), &info);
    kvm_paging_start(ram, tables);
    kvm_paging_guard(guard, "stack of thread main");
    kvm_exceptions_guard();
    harden();
    return (uintptr_t)stack & ~(uintptr_t)15;
}
