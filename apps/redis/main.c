/* SPDX-License-Identifier: BSD-3-Clause */
/* Redis's own program, which its lib compiles under another name. */
int redis_main(int argc, char **argv);

int main(int argc, char **argv)
{
    return redis_main(argc, argv);
}
