/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The battery-backed clock of the PC (Motorola MC146818A): date and time of
 * day in UTC, as QEMU keeps it. An update may happen while it is read, so it
 * is read until two readings agree.
 */
#include "tsc.h"

#include <kraft/hardware.h>

#define INDEX 0x70
#define VALUE 0x71
#define STATUS_B 0x0bu
#define BINARY 0x04u
#define HOURS_24 0x02u
#define AFTERNOON 0x80u
#define TRIES 10u

enum { SECOND, MINUTE, HOUR, DAY, MONTH, YEAR, FIELDS };

static const uint8_t registers[FIELDS] = {0x00, 0x02, 0x04, 0x07, 0x08, 0x09};

static uint8_t read_register(uint8_t which)
{
    kr_hardware_out8(INDEX, which);
    return kr_hardware_in8(VALUE);
}

static void read_all(uint8_t *fields)
{
    for (unsigned index = 0; index < FIELDS; index++)
        fields[index] = read_register(registers[index]);
}

static bool same(const uint8_t *one, const uint8_t *other)
{
    for (unsigned index = 0; index < FIELDS; index++) {
        if (one[index] != other[index])
            return false;
    }
    return true;
}

static unsigned binary(uint8_t value, uint8_t status)
{
    return status & BINARY ? value : (unsigned)(value >> 4) * 10 + (value & 15);
}

/* Days since 1970-01-01 of a Gregorian date from 2000 on. */
static uint64_t days(unsigned year, unsigned month, unsigned day)
{
    static const uint16_t before[12] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    unsigned since = year - 2000;
    unsigned leap_days = (since + 3) / 4 + (month > 2 && since % 4 == 0);

    return 10957 + since * 365 + leap_days + before[month - 1] + day - 1;
}

uint64_t tsc_rtc_seconds(void)
{
    uint8_t fields[FIELDS], again[FIELDS];
    uint8_t status = read_register(STATUS_B);
    unsigned hour, month;

    read_all(fields);
    for (unsigned turn = 0; turn < TRIES; turn++) {
        read_all(again);
        if (same(fields, again))
            break;
        read_all(fields);
    }
    hour = binary(fields[HOUR] & (uint8_t)~AFTERNOON, status);
    if (!(status & HOURS_24))
        hour = hour % 12 + (fields[HOUR] & AFTERNOON ? 12 : 0);
    month = binary(fields[MONTH], status);
    if (month < 1 || month > 12 || hour > 23)
        return 0;
    return days(2000 + binary(fields[YEAR], status), month, binary(fields[DAY], status)) * 86400 +
           hour * 3600 + binary(fields[MINUTE], status) * 60 + binary(fields[SECOND], status);
}
