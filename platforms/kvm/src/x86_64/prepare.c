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

#define STACK ((OPT_STACK_SIZE + KVM_PAGE - 1) & ~(KVM_PAGE - 1))

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
    return (uintptr_t)stack & ~(uintptr_t)15;
}
