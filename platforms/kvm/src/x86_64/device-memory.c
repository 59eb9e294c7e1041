/* SPDX-License-Identifier: BSD-3-Clause */
/* Registers of devices: mapped when a driver asks, and never again taken away. */
#include "paging.h"

/* Maps one page of a device, large where no RAM is near. */
static bool map_device_page(uintptr_t page)
{
    uint64_t *entry = kvm_paging_entry(page & ~(KVM_LARGE_PAGE - 1), LARGE_LEVEL);

    if (entry == NULL)
        return false;
    if (*entry == 0)
        *entry = (page & ~(KVM_LARGE_PAGE - 1)) | DEVICE | LARGE;
    if (*entry & LARGE)
        return (*entry & UNCACHED) == UNCACHED;
    entry = kvm_paging_entry(page, PAGE_LEVEL);
    if (*entry == 0)
        *entry = page | DEVICE;
    return (*entry & (UNCACHED | PRESENT)) == (UNCACHED | PRESENT);
}

void *kr_mem_device(uint64_t physical, size_t size)
{
    uintptr_t start = (uintptr_t)physical & ~(KVM_PAGE - 1);

    if (size == 0 || physical + size < physical || physical + size > UINT64_C(1) << 47)
        return NULL;
    for (uintptr_t page = start; page < physical + size; page += KVM_PAGE) {
        if (!map_device_page(page))
            return NULL;
    }
    return (void *)(uintptr_t)physical;
}
