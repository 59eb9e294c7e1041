/* SPDX-License-Identifier: BSD-3-Clause */
/* SQLite's shell, which its lib compiles under another name. */
int sqlite_shell_main(int argc, char **argv);

int main(int argc, char **argv)
{
    return sqlite_shell_main(argc, argv);
}
