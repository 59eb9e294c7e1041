/* SPDX-License-Identifier: BSD-3-Clause */
/* What bus.c, queue.c and the transports know of a device. */
#ifndef VIRTIO_BUS_DEVICE_H
#define VIRTIO_BUS_DEVICE_H

#include <kraft/virtio.h>

#define EVENT_IDX KR_VIRTIO_FEATURE(29) /* [6] */

/* How registers are reached. Each does one step; none decides anything. */
struct transport {
    uint32_t (*features)(struct kr_virtio_device *device, unsigned half);
    void (*accept)(struct kr_virtio_device *device, unsigned half, uint32_t bits);
    uint8_t (*status)(struct kr_virtio_device *device);
    void (*set_status)(struct kr_virtio_device *device, uint8_t status);
    int (*attach)(struct kr_virtio_device *device); /* its interrupt */
    /* Largest size of queue (index), 0 when there is none. */
    unsigned (*queue_limit)(struct kr_virtio_device *device, unsigned index);
    /* Tells of the queue's three areas, and turns it on. */
    int (*queue_enable)(struct kr_virtio_queue *queue, uint64_t descriptors, uint64_t avail,
                        uint64_t used);
    void (*notify)(struct kr_virtio_queue *queue);
    uint32_t (*generation)(struct kr_virtio_device *device);
    /* A little-endian field of 1, 2 or 4 bytes; 0 past the end. */
    uint32_t (*field)(struct kr_virtio_device *device, unsigned offset, unsigned width);
};

struct kr_virtio_device {
    const struct transport *transport;
    const struct kr_virtio_wants *wants; /* NULL until a driver began it */
    void *argument;                      /* the driver's */
    uint64_t features;                   /* that both sides have */
    unsigned type;                       /* KR_VIRTIO_NETWORK, … */
    bool stopped;                        /* by a violation or its driver */
    char name[24];
    volatile uint8_t *registers; /* MMIO; PCI: the common configuration */
    volatile uint8_t *config;    /* device-specific */
    uint32_t config_size;        /* bytes of it */
    unsigned line;               /* MMIO: interrupt */
    volatile uint8_t *bells;     /* PCI: notification area */
    uint32_t bells_size;
    uint32_t bell_stride;
    volatile uint32_t *vectors; /* PCI: MSI-X table */
    unsigned address;           /* PCI: bus, device, function, as in 0xcf8 */
    unsigned vectors_at;        /* PCI: the MSI-X capability */
};

/* A free entry of the table of devices, or NULL. It counts once its type is
 * set. */
struct kr_virtio_device *virtio_bus_slot(void);

void virtio_bus_find_mmio(void);
void virtio_bus_find_pci(void);

#endif
