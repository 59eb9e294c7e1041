/* SPDX-License-Identifier: BSD-3-Clause */
/* PCI configuration space (PCI Local Bus 3.0, 3.2.2.3.2 and 6.1). */
#ifndef VIRTIO_BUS_PCI_H
#define VIRTIO_BUS_PCI_H

#include <kraft/base.h>

#define PCI_SUBSYSTEM 0x2cu
#define PCI_CAPABILITY_VENDOR 0x09u
#define PCI_CAPABILITY_MSIX 0x11u

/* An address is bus << 16 | device << 11 | function << 8; reads and writes
 * are of 32 bits, at the multiple of 4 at or below (offset). */
uint32_t pci_read(unsigned address, unsigned offset);
void pci_write(unsigned address, unsigned offset, uint32_t value);

/* Calls (visit) for each function of the machine, with its identity. */
void pci_walk(void (*visit)(unsigned address, uint32_t id));

/* The capability after (previous), which is 0 for the first; 0 is the end. */
unsigned pci_capability(unsigned address, unsigned previous);

/* Where memory BAR (index) lies; 0 when it is none. */
uint64_t pci_bar(unsigned address, unsigned index);

/* Lets the device decode memory and master the bus; no INTx. */
void pci_enable(unsigned address);

/* Turns on MSI-X, whose capability is at (cap). */
void pci_enable_vectors(unsigned address, unsigned cap);

#endif
