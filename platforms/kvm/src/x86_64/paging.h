/* SPDX-License-Identifier: BSD-3-Clause */
/* Entries of page tables (Intel SDM 3, 4.5), for the files that make some. */
#ifndef KVM_PAGING_H
#define KVM_PAGING_H

#include "kvm.h"

#define PRESENT UINT64_C(0x1)
#define WRITABLE UINT64_C(0x2)
#define UNCACHED UINT64_C(0x18) /* PCD PWT: memory type UC */
#define USED UINT64_C(0x60)     /* accessed, dirty: the CPU need not set them */
#define LARGE UINT64_C(0x80)
#define NO_EXECUTE (UINT64_C(1) << 63)
#define ADDRESS UINT64_C(0x000ffffffffff000)

#define TEXT (PRESENT | USED)
#define RODATA (PRESENT | USED | NO_EXECUTE)
#define DATA (PRESENT | USED | WRITABLE | NO_EXECUTE)
#define DEVICE (DATA | UNCACHED)
#define TABLE (PRESENT | WRITABLE)
#define CLEARED ((DATA & ~PRESENT) | UINT64_C(1) << 62) /* once it is touched */
#define NO_ACCESS (UINT64_C(1) << 60)                   /* of kr_mem_protect */
#define UNTOUCHED (UINT64_C(1) << 61)                   /* and to be cleared before any is given */

#define ENTRIES 512u
#define PAGE_LEVEL 1u
#define LARGE_LEVEL 2u
#define TOP_LEVEL 4u

/* The entry for (address) at (level); makes the tables above it. NULL: the
 * pool is empty. */
uint64_t *kvm_paging_entry(uintptr_t address, unsigned level);

#endif
