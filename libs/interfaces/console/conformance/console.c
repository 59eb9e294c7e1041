/* SPDX-License-Identifier: BSD-3-Clause */
/* What every console keeps, without knowing where its bytes go. */
#include <kraft/conformance.h>
#include <kraft/console.h>

KR_TEST(there_is_one_and_it_has_a_name)
{
    KR_REQUIRE(kr_console_driver_count >= 1);
    for (size_t index = 0; index < kr_console_driver_count; index++)
        KR_CHECK(kr_console_drivers[index]->name[0] != '\0');
}

KR_TEST(any_length_is_written)
{
    static char line[300];

    for (size_t index = 0; index < sizeof(line); index++)
        line[index] = '#';
    line[sizeof(line) - 1] = '\n';
    for (size_t index = 0; index < kr_console_driver_count; index++) {
        const struct kr_console_driver *console = kr_console_drivers[index];

        console->write(NULL, 0);
        console->write("\n", 1);
        console->write(line, sizeof(line));
    }
}

KR_TEST(a_read_never_returns_more_than_was_asked_for)
{
    char bytes[4] = {0, 0, 0, '!'};

    for (size_t index = 0; index < kr_console_driver_count; index++) {
        const struct kr_console_driver *console = kr_console_drivers[index];

        if (console->read == NULL)
            continue;
        KR_CHECK(console->read(bytes, 0) == 0);
        KR_CHECK(console->read(bytes, 3) <= 3);
        KR_CHECK(bytes[3] == '!');
    }
}

KR_TEST(a_read_ends_when_nothing_more_has_come)
{
    char bytes[64];

    for (size_t index = 0; index < kr_console_driver_count; index++) {
        const struct kr_console_driver *console = kr_console_drivers[index];
        unsigned turn = 0;

        while (console->read != NULL && turn < 1000 && console->read(bytes, sizeof(bytes)) > 0)
            turn++;
        KR_CHECK(turn < 1000);
    }
}

KR_TEST(input_that_has_ended_brings_nothing)
{
    char byte;

    for (size_t index = 0; index < kr_console_driver_count; index++) {
        const struct kr_console_driver *console = kr_console_drivers[index];

        if (console->read == NULL || console->input == NULL)
            continue;
        for (unsigned turn = 0; turn < 3 && (console->input() & KR_CONSOLE_ENDED) != 0; turn++)
            KR_CHECK(console->read(&byte, 1) == 0);
    }
}

KR_SUITE(&test_there_is_one_and_it_has_a_name, &test_any_length_is_written,
         &test_a_read_never_returns_more_than_was_asked_for,
         &test_a_read_ends_when_nothing_more_has_come, &test_input_that_has_ended_brings_nothing)
