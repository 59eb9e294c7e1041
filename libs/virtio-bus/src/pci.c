/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Virtio over PCI (VIRTIO 1.2, 4.1). Firmware has numbered the buses and
 * placed the BARs; we walk the functions, follow each virtio device's
 * capabilities to its registers, and give it one MSI-X vector for its
 * configuration and all its queues. A device without MSI-X is not used.
 */
#include "device.h"
#include "pci.h"

#include <kraft/irq.h>
#include <kraft/mem.h>
#include <kraft/print.h>

/* struct virtio_pci_common_cfg [4.1.4.3] */
enum {
    DEVICE_FEATURE_SELECT = 0,
    DEVICE_FEATURE = 4,
    DRIVER_FEATURE_SELECT = 8,
    DRIVER_FEATURE = 12,
    CONFIG_VECTOR = 16,
    NUM_QUEUES = 18,
    DEVICE_STATUS = 20,
    GENERATION = 21,
    QUEUE_SELECT = 22,
    QUEUE_SIZE = 24,
    QUEUE_VECTOR = 26,
    QUEUE_ENABLE = 28,
    QUEUE_NOTIFY_OFF = 30,
    QUEUE_DESC = 32,
    QUEUE_DRIVER = 40,
    QUEUE_DEVICE = 48,
    COMMON_SIZE = 56,
};

#define VECTOR 0u /* the one that we use */

static volatile uint8_t *at8(struct kr_virtio_device *device, unsigned offset)
{
    return device->registers + offset;
}

static volatile uint16_t *at16(struct kr_virtio_device *device, unsigned offset)
{
    return (volatile uint16_t *)(volatile void *)(device->registers + offset);
}

static volatile uint32_t *at32(struct kr_virtio_device *device, unsigned offset)
{
    return (volatile uint32_t *)(volatile void *)(device->registers + offset);
}

static uint32_t features(struct kr_virtio_device *device, unsigned half)
{
    *at32(device, DEVICE_FEATURE_SELECT) = half;
    return *at32(device, DEVICE_FEATURE);
}

static void accept(struct kr_virtio_device *device, unsigned half, uint32_t bits)
{
    *at32(device, DRIVER_FEATURE_SELECT) = half;
    *at32(device, DRIVER_FEATURE) = bits;
}

static uint8_t status(struct kr_virtio_device *device)
{
    return *at8(device, DEVICE_STATUS);
}

static void set_status(struct kr_virtio_device *device, uint8_t value)
{
    *at8(device, DEVICE_STATUS) = value;
}

/* Interrupt context. A message is nobody else's. */
static void interrupt_isr(void *argument)
{
    struct kr_virtio_device *device = argument;
    if (device->wants->changed_isr)
        device->wants->changed_isr(device->argument);
}

static int attach(struct kr_virtio_device *device)
{
    uint64_t address;
    uint32_t data;
    int error = kr_irq_attach_message(interrupt_isr, device, &address, &data);
    if (error)
        return error;
    /* PCI 3.0, 6.8.2.6: the table entry, then its mask */
    volatile uint32_t *entry = device->vectors + 4 * VECTOR;
    entry[0] = (uint32_t)address;
    entry[1] = (uint32_t)(address >> 32);
    entry[2] = data;
    entry[3] = 0;
    pci_enable_vectors(device->address, device->vectors_at);
    *at16(device, CONFIG_VECTOR) = VECTOR;
    return *at16(device, CONFIG_VECTOR) == VECTOR ? 0 : -KR_ENFILE;
}

static unsigned queue_limit(struct kr_virtio_device *device, unsigned index)
{
    if (index >= *at16(device, NUM_QUEUES))
        return 0;
    *at16(device, QUEUE_SELECT) = (uint16_t)index;
    return *at16(device, QUEUE_ENABLE) ? 0 : *at16(device, QUEUE_SIZE);
}

static void set_address(struct kr_virtio_device *device, unsigned offset, uint64_t address)
{
    *at32(device, offset) = (uint32_t)address;
    *at32(device, offset + 4) = (uint32_t)(address >> 32);
}

static int queue_enable(struct kr_virtio_queue *queue, uint64_t descriptors, uint64_t avail,
                        uint64_t used)
{
    /* [4.1.5.1.3] */
    struct kr_virtio_device *device = queue->device;
    *at16(device, QUEUE_SELECT) = queue->index;
    *at16(device, QUEUE_SIZE) = queue->size;
    set_address(device, QUEUE_DESC, descriptors);
    set_address(device, QUEUE_DRIVER, avail);
    set_address(device, QUEUE_DEVICE, used);
    *at16(device, QUEUE_VECTOR) = VECTOR;
    if (*at16(device, QUEUE_VECTOR) != VECTOR)
        return -KR_ENFILE;
    uint64_t bell = (uint64_t)*at16(device, QUEUE_NOTIFY_OFF) * device->bell_stride;
    if (bell + 2 > device->bells_size)
        return -KR_EPROTO;
    queue->bell = device->bells + bell;
    queue->bell_value = queue->index;
    *at16(device, QUEUE_ENABLE) = 1;
    return 0;
}

static void notify(struct kr_virtio_queue *queue)
{
    *(volatile uint16_t *)queue->bell = (uint16_t)queue->bell_value;
}

static uint32_t generation(struct kr_virtio_device *device)
{
    return *at8(device, GENERATION);
}

static uint32_t field(struct kr_virtio_device *device, unsigned offset, unsigned width)
{
    if (offset + width > device->config_size)
        return 0;
    volatile void *at = device->config + offset;
    if (width == 4)
        return *(volatile uint32_t *)at;
    return width == 2 ? *(volatile uint16_t *)at : *(volatile uint8_t *)at;
}

static const struct transport pci = {
    .features = features,
    .accept = accept,
    .status = status,
    .set_status = set_status,
    .attach = attach,
    .queue_limit = queue_limit,
    .queue_enable = queue_enable,
    .notify = notify,
    .generation = generation,
    .field = field,
};

/* struct virtio_pci_cap [4.1.4] */
enum { CAP_TYPE = 3, CAP_BAR = 4, CAP_OFFSET = 8, CAP_LENGTH = 12, CAP_STRIDE = 16 };
enum { TYPE_COMMON = 1, TYPE_NOTIFY = 2, TYPE_DEVICE = 4 };

static void map_capability(struct kr_virtio_device *device, unsigned address, unsigned cap)
{
    unsigned bar = pci_read(address, cap + CAP_BAR) & 0xff;
    uint32_t offset = pci_read(address, cap + CAP_OFFSET);
    uint32_t length = pci_read(address, cap + CAP_LENGTH);
    uint64_t base = pci_bar(address, bar);
    if (base == 0 || length == 0 || offset + length < offset)
        return;
    switch (pci_read(address, cap) >> 8 * CAP_TYPE) {
    case TYPE_COMMON:
        if (!device->registers && length >= COMMON_SIZE)
            device->registers = kr_mem_device(base + offset, length);
        break;
    case TYPE_NOTIFY:
        device->bells_size = length;
        device->bell_stride = pci_read(address, cap + CAP_STRIDE);
        if (!device->bells)
            device->bells = kr_mem_device(base + offset, length);
        break;
    case TYPE_DEVICE:
        device->config_size = length;
        if (!device->config)
            device->config = kr_mem_device(base + offset, length);
        break;
    }
}

static void map_vectors(struct kr_virtio_device *device, unsigned address, unsigned cap)
{
    uint32_t table = pci_read(address, cap + 4); /* offset, and which BAR */
    uint64_t base = pci_bar(address, table & 7);
    if (base == 0)
        return;
    device->vectors_at = cap;
    device->vectors = kr_mem_device(base + (table & ~7u), 16 * (VECTOR + 1));
}

static void probe(unsigned address, unsigned type)
{
    struct kr_virtio_device *device = virtio_bus_slot();
    if (!device)
        return;
    *device = (struct kr_virtio_device){.type = 0};
    kr_print_into(device->name, sizeof(device->name), "pci@%02x:%02x.%x", address >> 16 & 0xff,
                  address >> 11 & 0x1f, address >> 8 & 7);
    pci_enable(address);
    unsigned cap = 0;
    for (unsigned hops = 0; hops < 48 && (cap = pci_capability(address, cap)); hops++) {
        unsigned id = pci_read(address, cap) & 0xff;
        if (id == PCI_CAPABILITY_VENDOR)
            map_capability(device, address, cap);
        else if (id == PCI_CAPABILITY_MSIX)
            map_vectors(device, address, cap);
    }
    device->address = address;
    device->transport = &pci;
    if (device->registers && device->bells && device->vectors) {
        device->type = type;
        return;
    }
    kr_print_format("virtio-bus: %s: %s; not used\n", device->name,
                    device->registers ? "no MSI-X" : "a legacy device");
    *device = (struct kr_virtio_device){.type = 0};
}

static void visit(unsigned address, uint32_t id)
{
    unsigned vendor = id & 0xffff, model = id >> 16;
    if (vendor != 0x1af4)
        return;
    if (model > 0x1040 && model < 0x1080)
        probe(address, model - 0x1040);
    else if (model >= 0x1000 && model < 0x1040) /* transitional [4.1.2.3] */
        probe(address, pci_read(address, PCI_SUBSYSTEM) >> 16);
}

void virtio_bus_find_pci(void)
{
    pci_walk(visit);
}
