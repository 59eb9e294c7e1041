/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What every disk keeps: sectors that were written, bounds, several requests
 * under way. It writes to the first 64 KiB of the first disk.
 */
#include <kraft/blkdev.h>
#include <kraft/conformance.h>
#include <kraft/string.h>

#define MOST 8u

static const struct kr_blkdev_driver *driver;
static struct kr_blkdev_facts facts;
static _Alignas(4096) uint8_t bytes[MOST][8 * 4096];

static bool found(void)
{
    for (size_t i = 0; i < kr_blkdev_driver_count && driver == NULL; i++)
        if (kr_blkdev_drivers[i]->count() > 0)
            driver = kr_blkdev_drivers[i];
    if (driver == NULL)
        return false;
    driver->facts(0, &facts);
    return true;
}

static int run(int operation, uint64_t sector, uint32_t count, void *at)
{
    struct kr_blkdev_request request = {
        .operation = operation, .count = count, .sector = sector, .bytes = at};
    int error = driver->submit(0, &request);

    if (error != 0)
        return error;
    error = driver->wait(0, &request);
    KR_CHECK(request.done && request.result == error);
    return error;
}

KR_TEST(facts_are_what_the_header_allows)
{
    KR_REQUIRE(found());
    KR_CHECK(facts.sectors * facts.sector_size >= 65536);
    KR_CHECK(facts.sector_size >= 512 && facts.sector_size <= 4096);
    KR_CHECK((facts.sector_size & (facts.sector_size - 1)) == 0);
    KR_CHECK(facts.most >= 8 && facts.requests >= 1);
    KR_CHECK(facts.identity[sizeof(facts.identity) - 1] == '\0');
}

KR_TEST(what_is_written_is_read)
{
    KR_REQUIRE(found());
    for (uint32_t count = 1; count <= 8; count++) {
        size_t size = (size_t)count * facts.sector_size;

        for (size_t i = 0; i < size; i++)
            bytes[0][i] = (uint8_t)(i * 7 + count + i / 256);
        memset(bytes[1], 0, size);
        KR_CHECK(run(KR_BLKDEV_WRITE, count, count, bytes[0]) == 0);
        KR_CHECK(run(KR_BLKDEV_READ, count, count, bytes[1]) == 0);
        KR_CHECK(memcmp(bytes[0], bytes[1], size) == 0);
    }
    KR_CHECK(run(KR_BLKDEV_FLUSH, 0, 0, NULL) == 0);
}

KR_TEST(a_write_leaves_its_neighbours_alone)
{
    KR_REQUIRE(found());
    memset(bytes[0], 0x11, sizeof(bytes[0]));
    memset(bytes[1], 0x22, sizeof(bytes[1]));
    KR_CHECK(run(KR_BLKDEV_WRITE, 0, 8, bytes[0]) == 0);
    KR_CHECK(run(KR_BLKDEV_WRITE, 3, 2, bytes[1]) == 0);
    KR_CHECK(run(KR_BLKDEV_READ, 0, 8, bytes[2]) == 0);
    for (uint32_t sector = 0; sector < 8; sector++)
        for (uint32_t i = 0; i < facts.sector_size; i += facts.sector_size - 1)
            KR_CHECK(bytes[2][sector * facts.sector_size + i] ==
                     (sector == 3 || sector == 4 ? 0x22 : 0x11));
}

KR_TEST(sectors_that_are_not_there_are_refused)
{
    KR_REQUIRE(found());
    KR_CHECK(run(KR_BLKDEV_READ, facts.sectors, 1, bytes[0]) == -KR_EINVAL);
    KR_CHECK(run(KR_BLKDEV_WRITE, facts.sectors - 1, 2, bytes[0]) == -KR_EINVAL);
    KR_CHECK(run(KR_BLKDEV_READ, UINT64_MAX, 2, bytes[0]) == -KR_EINVAL);
    KR_CHECK(run(KR_BLKDEV_READ, 0, 0, bytes[0]) == -KR_EINVAL);
    KR_CHECK(run(KR_BLKDEV_READ, 0, facts.most + 1, bytes[0]) == -KR_EINVAL);
    KR_CHECK(run(17, 0, 1, bytes[0]) == -KR_EINVAL);
    KR_CHECK(run(KR_BLKDEV_READ, facts.sectors - 1, 1, bytes[0]) == 0);
}

/* As many as may be under way, waited for from the last to the first. */
KR_TEST(several_requests_are_under_way_at_once)
{
    struct kr_blkdev_request requests[MOST];

    KR_REQUIRE(found());
    for (int operation = KR_BLKDEV_WRITE; operation >= KR_BLKDEV_READ; operation--) {
        unsigned count = 0;

        for (unsigned i = 0; i < MOST; i++)
            memset(bytes[i], operation == KR_BLKDEV_WRITE ? (int)i + 1 : 0xff,
                   facts.sector_size);
        while (count < MOST) {
            requests[count] = (struct kr_blkdev_request){.operation = operation,
                                                         .count = 1,
                                                         .sector = 2 * count,
                                                         .bytes = bytes[count]};
            if (driver->submit(0, &requests[count]) != 0)
                break;
            count++;
        }
        KR_CHECK(count >= (facts.requests < MOST ? facts.requests : MOST));
        for (unsigned i = count; i-- > 0;) {
            KR_CHECK(driver->wait(0, &requests[i]) == 0);
            KR_CHECK(bytes[i][0] == i + 1 && bytes[i][facts.sector_size - 1] == i + 1);
        }
    }
}

KR_TEST(discard_is_done_or_refused)
{
    KR_REQUIRE(found());
    KR_CHECK(run(KR_BLKDEV_DISCARD, 8, 8, NULL) == (facts.discards ? 0 : -KR_EOPNOTSUPP));
    memset(bytes[0], 0x33, facts.sector_size);
    KR_CHECK(run(KR_BLKDEV_WRITE, 8, 1, bytes[0]) == 0);
    KR_CHECK(run(KR_BLKDEV_READ, 8, 1, bytes[1]) == 0);
    KR_CHECK(bytes[1][0] == 0x33);
}

KR_SUITE(&test_facts_are_what_the_header_allows, &test_what_is_written_is_read,
         &test_a_write_leaves_its_neighbours_alone, &test_sectors_that_are_not_there_are_refused,
         &test_several_requests_are_under_way_at_once, &test_discard_is_done_or_refused)
