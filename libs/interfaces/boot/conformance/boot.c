/* SPDX-License-Identifier: BSD-3-Clause */
/* What main is given. Exit statuses are seen from outside only. */
#include <kraft/boot.h>
#include <kraft/conformance.h>

KR_TEST(arguments_end_in_null)
{
    int count = kr_boot_argument_count();
    char **arguments = kr_boot_arguments();

    KR_REQUIRE(count >= 1);
    for (int index = 0; index < count; index++)
        KR_REQUIRE(arguments[index] != NULL);
    KR_CHECK(arguments[count] == NULL);
    KR_CHECK(arguments[0][0] != '\0');
}

KR_TEST(arguments_can_be_written)
{
    char *name = kr_boot_arguments()[0];
    char kept = name[0];

    name[0] = '!';
    KR_CHECK(kr_boot_arguments()[0][0] == '!');
    name[0] = kept;
}

KR_TEST(every_variable_has_a_name)
{
    for (char **variable = kr_boot_environment(); *variable != NULL; variable++) {
        const char *at = *variable;

        while (*at != '\0' && *at != '=')
            at++;
        KR_CHECK(at > *variable && *at == '=');
    }
}

KR_TEST(a_parameter_that_the_machine_has_not_is_null)
{
    KR_CHECK(kr_boot_parameter("no such parameter", 0) == NULL);
    KR_CHECK(kr_boot_parameter("virtio_mmio.device", 1000) == NULL);
}

KR_TEST(text_is_where_functions_are)
{
    KR_CHECK((uintptr_t)kr_boot_exit >= (uintptr_t)kr_text_start);
    KR_CHECK((uintptr_t)kr_boot_exit < (uintptr_t)kr_text_end);
}

KR_SUITE(&test_arguments_end_in_null, &test_arguments_can_be_written,
         &test_every_variable_has_a_name, &test_a_parameter_that_the_machine_has_not_is_null,
         &test_text_is_where_functions_are)
