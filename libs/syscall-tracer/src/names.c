/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers and bits by their names. Several names may share bits, as SOCK_RAW does with SOCK_STREAM: the whole value is tried first. */
#include "tracer.h"

void show_name(const struct name *names, size_t count, unsigned long value)
{
    for (size_t i = 0; i < count; i++) {
        if (names[i].value != value)
            continue;
        line_put("%s", names[i].name);
        return;
    }
    line_put(value == 0 ? "0" : "%#lx", value);
}

void show_flags(const struct name *names, size_t count, unsigned long value)
{
    bool first = true;
    unsigned long left = value;

    if (value == 0) {
        show_name(names, count, 0);
        return;
    }

    for (size_t i = 0; i < count && left != 0; i++) {
        if (names[i].value == 0 || (left & names[i].value) != names[i].value)
            continue;
        line_put("%s%s", first ? "" : "|", names[i].name);
        left &= ~names[i].value;
        first = false;
    }
    if (left != 0)
        line_put("%s%#lx", first ? "" : "|", left);
}
