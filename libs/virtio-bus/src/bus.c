/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The devices of the machine, and bringing one to life as VIRTIO 1.2, 3.1.1
 * orders it. Which registers that takes is the transports' to know (mmio.c,
 * pci.c); the queues are in queue.c.
 */
#include "device.h"

#include <options.h>

#include <kraft/panic.h>
#include <kraft/print.h>

/* [2.1] */
#define ACKNOWLEDGE 1u
#define DRIVER 2u
#define DRIVER_OK 4u
#define FEATURES_OK 8u
#define FAILED 128u

#define VERSION_1 KR_VIRTIO_FEATURE(32) /* [6] */

#define RESET_PATIENCE 1000000u /* reads of a status that should be 0 */

static struct {
    struct kr_virtio_device devices[OPT_DEVICES];
    unsigned count;
} bus;

int virtio_bus_start(void);

int virtio_bus_start(void)
{
    if (OPT_MMIO)
        virtio_bus_find_mmio();
    if (OPT_PCI)
        virtio_bus_find_pci();
    while (bus.count < OPT_DEVICES && bus.devices[bus.count].type != 0)
        bus.count++;
    return 0;
}

struct kr_virtio_device *virtio_bus_slot(void)
{
    for (unsigned i = 0; i < OPT_DEVICES; i++)
        if (bus.devices[i].type == 0)
            return &bus.devices[i];
    kr_print_format("virtio-bus: more than %u devices; the rest is not used\n",
                    (unsigned)OPT_DEVICES);
    return NULL;
}

struct kr_virtio_device *kr_virtio_find(unsigned type, unsigned index)
{
    for (unsigned i = 0; i < bus.count; i++)
        if (bus.devices[i].type == type && index-- == 0)
            return &bus.devices[i];
    return NULL;
}

const char *kr_virtio_name(const struct kr_virtio_device *device)
{
    return device->name;
}

static void add_status(struct kr_virtio_device *device, uint8_t bits)
{
    uint8_t status = device->transport->status(device);
    device->transport->set_status(device, status | bits);
}

/* [2.4.1]: writes 0, and waits to read it. */
static bool reset(struct kr_virtio_device *device)
{
    device->transport->set_status(device, 0);
    for (unsigned i = 0; i < RESET_PATIENCE; i++)
        if (device->transport->status(device) == 0)
            return true;
    return false;
}

void kr_virtio_stop(struct kr_virtio_device *device)
{
    device->stopped = true;
    if (!reset(device))
        kr_panic("virtio-bus: %s: does not reset", device->name);
}

bool kr_virtio_is_stopped(const struct kr_virtio_device *device)
{
    return device->stopped;
}

void kr_virtio_violation(struct kr_virtio_device *device, const char *what)
{
    if (OPT_VIOLATION == OPT_VIOLATION_PANIC)
        kr_panic("virtio-bus: %s: %s", device->name, what);
    kr_print_format("virtio-bus: %s: %s; it is stopped\n", device->name, what);
    kr_virtio_stop(device);
}

static uint64_t offered(struct kr_virtio_device *device)
{
    uint64_t low = device->transport->features(device, 0);
    return low | (uint64_t)device->transport->features(device, 1) << 32;
}

static int fail(struct kr_virtio_device *device, int error)
{
    add_status(device, FAILED);
    device->stopped = true;
    return error;
}

int kr_virtio_begin(struct kr_virtio_device *device, const struct kr_virtio_wants *wants,
                    void *argument, uint64_t *features)
{
    const struct transport *transport = device->transport;
    if (device->wants)
        return -KR_EBUSY;
    device->wants = wants;
    device->argument = argument;
    /* 1: reset the device */
    if (!reset(device))
        return fail(device, -KR_EOPNOTSUPP);
    /* 2: the guest OS has noticed the device */
    add_status(device, ACKNOWLEDGE);
    /* 3: it knows how to drive the device */
    add_status(device, DRIVER);
    /* 4: read the features, write those that both understand */
    uint64_t required = wants->required | VERSION_1;
    uint64_t both = offered(device) & (required | wants->welcome | EVENT_IDX);
    if ((both & required) != required)
        return fail(device, -KR_EOPNOTSUPP);
    transport->accept(device, 0, (uint32_t)both);
    transport->accept(device, 1, (uint32_t)(both >> 32));
    /* 5: no new features after this */
    add_status(device, FEATURES_OK);
    /* 6: does the device agree? */
    if (!(transport->status(device) & FEATURES_OK))
        return fail(device, -KR_EOPNOTSUPP);
    /* 7, its first part; the driver goes on with its queues. The interrupt
     * is attached first: PCI wants a queue to be told of its vector. */
    int error = transport->attach(device);
    if (error)
        return fail(device, error);
    device->features = *features = both;
    return 0;
}

void kr_virtio_ready(struct kr_virtio_device *device)
{
    /* 8: the device is live */
    add_status(device, DRIVER_OK);
}

static void read_config(struct kr_virtio_device *device, unsigned offset, uint8_t *bytes,
                        size_t size)
{
    /* [4.2.2.2] wants fields read in their own width; a field of 6 or 8
     * bytes is an array of smaller ones. */
    unsigned width = size % 4 == 0 ? 4 : size == 2 ? 2 : 1;
    for (size_t done = 0; done < size; done += width) {
        uint32_t field = device->transport->field(device, offset + (unsigned)done, width);
        for (unsigned i = 0; i < width; i++)
            bytes[done + i] = (uint8_t)(field >> 8 * i);
    }
}

void kr_virtio_config(struct kr_virtio_device *device, unsigned offset, void *bytes, size_t size)
{
    /* [2.5.1]: equal generations before and after mean one state. */
    for (unsigned i = 0; i < RESET_PATIENCE; i++) {
        uint32_t before = device->transport->generation(device);
        read_config(device, offset, bytes, size);
        if (device->transport->generation(device) == before)
            return;
    }
    kr_virtio_violation(device, "the configuration never rests");
}
