/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * PCI configuration space, by mechanism #1 (PCI Local Bus 3.0, 3.2.2.3.2):
 * enough of it to find functions, capabilities and BARs. Firmware has placed
 * the BARs, or, like QEMU's qboot, has not: then we do, from the top of the
 * hole that PCs leave for PCI below the I/O APIC.
 */
#include "pci.h"

#include <kraft/hardware.h>

#define CONFIG_ADDRESS 0xcf8
#define CONFIG_DATA 0xcfc
#define ENABLE 0x80000000u

/* Offsets in the header [6.1] */
#define COMMAND 0x04u
#define CLASS_LAYOUT 0x0cu /* header type is its third byte */
#define BAR 0x10u
#define BUSES 0x18u
#define CAPABILITIES 0x34u

#define COMMAND_MEMORY 0x2u
#define COMMAND_MASTER 0x4u
#define COMMAND_NO_INTX 0x400u
#define STATUS_CAPABILITIES (1u << 20)
#define NOTHING 0xffffffffu

static struct {
    uint32_t top;          /* what is placed next ends here */
    const uint32_t bottom; /* no memory of any machine is above this */
} hole = {0xfec00000, 0xf0000000};

uint32_t pci_read(unsigned address, unsigned offset)
{
    kr_hardware_out32(CONFIG_ADDRESS, ENABLE | address | (offset & 0xfc));
    uint32_t value = kr_hardware_in32(CONFIG_DATA);
    return value >> 8 * (offset & 3);
}

void pci_write(unsigned address, unsigned offset, uint32_t value)
{
    kr_hardware_out32(CONFIG_ADDRESS, ENABLE | address | (offset & 0xfc));
    kr_hardware_out32(CONFIG_DATA, value);
}

typedef void (*visitor)(unsigned address, uint32_t id);

static void walk_bus(unsigned bus, visitor visit);

static void walk_function(unsigned address, uint32_t id, visitor visit)
{
    unsigned layout = pci_read(address, CLASS_LAYOUT) >> 16 & 0x7f;
    unsigned behind = pci_read(address, BUSES) >> 8 & 0xff;
    visit(address, id);
    /* A bridge. Bus numbers grow on the way down, so that this ends. */
    if (layout == 1 && behind > address >> 16)
        walk_bus(behind, visit);
}

static void walk_bus(unsigned bus, visitor visit)
{
    for (unsigned device = 0; device < 32; device++) {
        unsigned first = bus << 16 | device << 11;
        uint32_t id = pci_read(first, 0);
        if (id == NOTHING)
            continue;
        bool many = pci_read(first, CLASS_LAYOUT) >> 23 & 1;
        walk_function(first, id, visit);
        for (unsigned function = 1; many && function < 8; function++) {
            unsigned address = first | function << 8;
            id = pci_read(address, 0);
            if (id != NOTHING)
                walk_function(address, id, visit);
        }
    }
}

void pci_walk(visitor visit)
{
    if (pci_read(0, 0) != NOTHING) /* else the machine has no PCI */
        walk_bus(0, visit);
}

unsigned pci_capability(unsigned address, unsigned previous)
{
    if (previous == 0 && !(pci_read(address, COMMAND) & STATUS_CAPABILITIES))
        return 0;
    unsigned at = previous ? previous + 1 : CAPABILITIES;
    unsigned next = pci_read(address, at) & 0xfc;
    return next >= 0x40 ? next : 0;
}

/* Finds the size of a BAR by what it keeps of all ones [6.2.5.1], and gives
 * it a place. Memory is not decoded meanwhile. Returns 0 if none is left. */
static uint32_t place(unsigned address, unsigned at)
{
    uint32_t command = pci_read(address, COMMAND) & 0xffff;
    pci_write(address, COMMAND, command & ~COMMAND_MEMORY);
    pci_write(address, at, NOTHING);
    uint32_t size = ~(pci_read(address, at) & ~0xfu) + 1, where = 0;
    if (size != 0 && size <= hole.top - hole.bottom) {
        hole.top = (hole.top - size) & ~(size - 1);
        where = hole.top;
    }
    pci_write(address, at, where);
    pci_write(address, COMMAND, command);
    return where;
}

uint64_t pci_bar(unsigned address, unsigned index)
{
    if (index > 5)
        return 0;
    uint32_t low = pci_read(address, BAR + 4 * index);
    if (low & 1) /* ports */
        return 0;
    bool wide = (low >> 1 & 3) == 2;
    uint64_t high = wide && index < 5 ? pci_read(address, BAR + 4 * (index + 1)) : 0;
    if (high == 0 && (low & ~0xfu) == 0)
        return place(address, BAR + 4 * index);
    return high << 32 | (low & ~0xfu);
}

void pci_enable(unsigned address)
{
    uint32_t command = pci_read(address, COMMAND) & 0xffff;
    pci_write(address, COMMAND, command | COMMAND_MEMORY | COMMAND_MASTER | COMMAND_NO_INTX);
}

void pci_enable_vectors(unsigned address, unsigned cap)
{
    /* Message control, the upper half: bit 15 enables, bit 14 masks all. */
    uint32_t control = pci_read(address, cap);
    pci_write(address, cap, (control | 1u << 31) & ~(1u << 30));
}
