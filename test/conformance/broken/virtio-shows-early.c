/* SPDX-License-Identifier: BSD-3-Clause */
/* A chain is shown to the device as soon as it is added. */
#include <kraft/virtio.h>

int __real_kr_virtio_queue_add(struct kr_virtio_queue *queue,
                               const struct kr_virtio_segment *segments, unsigned out,
                               unsigned in, void *cookie);
int __wrap_kr_virtio_queue_add(struct kr_virtio_queue *queue,
                               const struct kr_virtio_segment *segments, unsigned out,
                               unsigned in, void *cookie);

int __wrap_kr_virtio_queue_add(struct kr_virtio_queue *queue,
                               const struct kr_virtio_segment *segments, unsigned out,
                               unsigned in, void *cookie)
{
    int error = __real_kr_virtio_queue_add(queue, segments, out, in, cookie);

    kr_virtio_queue_publish(queue);
    return error;
}
