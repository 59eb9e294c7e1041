/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the files of this platform tell one another, in the order of a boot:
 * entry.S → prepare.c → exception.c, start-info.c, memory.c, paging.c,
 * command-line.c → run.c.
 */
#ifndef KVM_H
#define KVM_H

#include <kraft/base.h>
#include <kraft/mem.h>

#define KVM_PAGE ((uintptr_t)KR_MEM_PAGE)
#define KVM_LARGE_PAGE ((uintptr_t)1 << 21)
#define KVM_EARLY_LIMIT ((uintptr_t)1 << 30) /* what the early tables can map */

/* Of the linker script. */
extern const char kr_image_start[], kr_image_end[];
extern const char kr_text_start[], kr_text_end[];
extern const char kr_app_start[], kr_app_end[]; /* the app's part of the text */
extern const char kr_rodata_start[], kr_rodata_end[];
extern const char kr_data_start[];

/* Of entry.S. */
extern uint64_t kvm_early_tables[3][512];
extern uint64_t kvm_gdt[5];

static inline uintptr_t kvm_address(const void *pointer)
{
    return (uintptr_t)pointer;
}

/* A list of ranges [start, end), ascending, apart from each other. */
#define KVM_RANGES 48u
struct kvm_range {
    uintptr_t start, end;
};
struct kvm_ranges {
    unsigned count;
    struct kvm_range at[KVM_RANGES];
};
void kvm_ranges_add(struct kvm_ranges *ranges, struct kvm_range one);
void kvm_ranges_remove(struct kvm_ranges *ranges, struct kvm_range one);

/* start-info.c: reads what the boot loader wrote, as hostile input. */
struct kvm_start_info {
    const char *command_line; /* ends in NUL; NULL: none */
    size_t command_line_size; /* its NUL included */
};
struct kvm_start_info kvm_start_info_read(uint32_t address, struct kvm_ranges *ram);

/* memory.c: what is free; and a place for page tables and main's stack. */
struct kvm_ranges *kvm_memory_ram(void);
struct kvm_range kvm_memory_reserve(size_t size);

/* What (address) belongs to, in words: "page zero", "heap". */
const char *kvm_memory_name(uintptr_t address);

/* paging.c. */
void kvm_paging_map_early(uintptr_t start, size_t size);
size_t kvm_paging_table_count(const struct kvm_ranges *ram);
void kvm_paging_start(const struct kvm_ranges *ram, struct kvm_range tables);
void kvm_paging_guard(uintptr_t page, const char *what);
/* Whether (address) is in a page that is cleared when it is touched: it is now. */
bool kvm_paging_touch(uintptr_t address);
/* The name of the guard at (address), or NULL. Any context. */
const char *kvm_paging_guard_name(uintptr_t address);

/* exception.c: the interrupt descriptors and the task state. */
void kvm_exceptions_start(void);
void kvm_exceptions_guard(void);
void kvm_vector_set(unsigned vector, uintptr_t handler, unsigned stack);
void kvm_vector_stack(unsigned stack, uintptr_t end);

/* command-line.c: puts arguments and parameters at (top) and below; returns
 * the lowest address that it used. */
char *kvm_command_line_place(char *top, char *bottom, const struct kvm_start_info *info);

/* prepare.c, run.c: the two halves of a boot. */
uintptr_t kvm_prepare(uint32_t start_info);
KR_NORETURN void kvm_run(void);

#endif
