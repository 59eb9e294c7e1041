/* SPDX-License-Identifier: BSD-3-Clause */
/* SQLite's speedtest1, which its lib compiles under another name. */
int speedtest1_main(int argc, char **argv);

int main(int argc, char **argv)
{
    return speedtest1_main(argc, argv);
}
