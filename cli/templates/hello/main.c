/* SPDX-License-Identifier: BSD-3-Clause */
/* The least that says something: `kraft-ts run -- Ada` greets Ada. */
#include <stdio.h>

int main(int argc, char **argv)
{
    if (argc < 2)
        puts("Hello, world!");
    for (int index = 1; index < argc; index++)
        printf("Hello, %s!\n", argv[index]);
    return 0;
}
