/* SPDX-License-Identifier: BSD-3-Clause */
/* Lua's own program, which its lib compiles under another name. */
int lua_main(int argc, char **argv);

int main(int argc, char **argv)
{
    return lua_main(argc, argv);
}
