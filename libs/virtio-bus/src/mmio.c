/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Virtio over memory-mapped registers (VIRTIO 1.2, 4.2). A machine parameter
 * names each device as size@address:interrupt, in numbers that may be
 * hexadecimal: virtio_mmio.device=512@0xfeb00e00:12.
 */
#include "device.h"

#include <kraft/boot.h>
#include <kraft/irq.h>
#include <kraft/mem.h>
#include <kraft/print.h>

/* [4.2.2] */
enum {
    MAGIC_VALUE = 0x000,
    VERSION = 0x004,
    DEVICE_ID = 0x008,
    DEVICE_FEATURES = 0x010,
    DEVICE_FEATURES_SELECT = 0x014,
    DRIVER_FEATURES = 0x020,
    DRIVER_FEATURES_SELECT = 0x024,
    QUEUE_SELECT = 0x030,
    QUEUE_NUM_MAX = 0x034,
    QUEUE_NUM = 0x038,
    QUEUE_READY = 0x044,
    QUEUE_NOTIFY = 0x050,
    INTERRUPT_STATUS = 0x060,
    INTERRUPT_ACK = 0x064,
    STATUS = 0x070,
    QUEUE_DESCRIPTORS = 0x080,
    QUEUE_DRIVER = 0x090,
    QUEUE_DEVICE = 0x0a0,
    CONFIG_GENERATION = 0x0fc,
    CONFIG = 0x100,
};

#define MAGIC 0x74726976u /* "virt" */

static uint32_t get(struct kr_virtio_device *device, unsigned offset)
{
    return *(volatile uint32_t *)(volatile void *)(device->registers + offset);
}

static void set(struct kr_virtio_device *device, unsigned offset, uint32_t value)
{
    *(volatile uint32_t *)(volatile void *)(device->registers + offset) = value;
}

static void set_address(struct kr_virtio_device *device, unsigned offset, uint64_t address)
{
    set(device, offset, (uint32_t)address);
    set(device, offset + 4, (uint32_t)(address >> 32));
}

static uint32_t features(struct kr_virtio_device *device, unsigned half)
{
    set(device, DEVICE_FEATURES_SELECT, half);
    return get(device, DEVICE_FEATURES);
}

static void accept(struct kr_virtio_device *device, unsigned half, uint32_t bits)
{
    set(device, DRIVER_FEATURES_SELECT, half);
    set(device, DRIVER_FEATURES, bits);
}

static uint8_t status(struct kr_virtio_device *device)
{
    return (uint8_t)get(device, STATUS);
}

static void set_status(struct kr_virtio_device *device, uint8_t value)
{
    set(device, STATUS, value);
}

/* Interrupt context. The line may be shared: 0 means another's. */
static void interrupt_isr(void *argument)
{
    struct kr_virtio_device *device = argument;
    uint32_t causes = get(device, INTERRUPT_STATUS);
    if (causes == 0)
        return;
    set(device, INTERRUPT_ACK, causes);
    if (device->wants->changed_isr)
        device->wants->changed_isr(device->argument);
}

static int attach(struct kr_virtio_device *device)
{
    return kr_irq_attach(device->line, interrupt_isr, device);
}

static unsigned queue_limit(struct kr_virtio_device *device, unsigned index)
{
    set(device, QUEUE_SELECT, index);
    if (get(device, QUEUE_READY) != 0)
        return 0;
    return get(device, QUEUE_NUM_MAX);
}

static int queue_enable(struct kr_virtio_queue *queue, uint64_t descriptors, uint64_t avail,
                        uint64_t used)
{
    /* [4.2.3.2] */
    struct kr_virtio_device *device = queue->device;
    set(device, QUEUE_SELECT, queue->index);
    set(device, QUEUE_NUM, queue->size);
    set_address(device, QUEUE_DESCRIPTORS, descriptors);
    set_address(device, QUEUE_DRIVER, avail);
    set_address(device, QUEUE_DEVICE, used);
    queue->bell = device->registers + QUEUE_NOTIFY;
    queue->bell_value = queue->index;
    set(device, QUEUE_READY, 1);
    return 0;
}

static void notify(struct kr_virtio_queue *queue)
{
    *(volatile uint32_t *)queue->bell = queue->bell_value;
}

static uint32_t generation(struct kr_virtio_device *device)
{
    return get(device, CONFIG_GENERATION);
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

static const struct transport mmio = {
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

static unsigned digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    char small = (char)(c | 0x20);
    return small >= 'a' && small <= 'f' ? (unsigned)(small - 'a') + 10 : 16;
}

/* Reads a number at *(text), as C writes them; moves past it. False when
 * there is none, or it does not fit. */
static bool read_number(const char **text, uint64_t *number)
{
    const char *p = *text;
    bool hexadecimal = p[0] == '0' && (p[1] == 'x' || p[1] == 'X');
    unsigned base = hexadecimal ? 16 : 10;
    p += hexadecimal ? 2 : 0;
    const char *first = p;
    for (*number = 0; digit_of(*p) < base; p++) {
        if (*number >> 56 != 0)
            return false;
        *number = *number * base + digit_of(*p);
    }
    *text = p;
    return p != first;
}

static bool read_place(const char *text, uint64_t *size, uint64_t *address, uint64_t *line)
{
    return read_number(&text, size) && *text++ == '@' && read_number(&text, address) &&
           *text++ == ':' && read_number(&text, line) && (*text == '\0' || *text == ':') &&
           *size >= CONFIG && *size <= 1u << 20 && *line <= 1023;
}

static void probe(uint64_t address, uint32_t size, unsigned line)
{
    struct kr_virtio_device *device = virtio_bus_slot();
    if (!device)
        return;
    device->registers = kr_mem_device(address, size);
    if (!device->registers || get(device, MAGIC_VALUE) != MAGIC)
        return;
    if (get(device, VERSION) != 2) {
        kr_print_format("virtio-bus: mmio@%llx: a legacy device; not used\n",
                        (unsigned long long)address);
        return;
    }
    device->transport = &mmio;
    device->config = device->registers + CONFIG;
    device->config_size = size - CONFIG;
    device->line = line;
    kr_print_into(device->name, sizeof(device->name), "mmio@%llx", (unsigned long long)address);
    device->type = get(device, DEVICE_ID); /* 0: nothing is plugged in */
}

void virtio_bus_find_mmio(void)
{
    const char *text;
    for (unsigned i = 0; (text = kr_boot_parameter("virtio_mmio.device", i)); i++) {
        uint64_t size, address, line;
        if (read_place(text, &size, &address, &line))
            probe(address, (uint32_t)size, (unsigned)line);
        else
            kr_print_format("virtio-bus: virtio_mmio.device=%s: expected size@address:interrupt\n",
                            text);
    }
}
