/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ctype.h (C17 7.4) for ASCII: comparisons, no table. Each argument is EOF or
 * an unsigned char; the standard leaves the rest undefined, here it is "no".
 */
#include <ctype.h>

static int within(int c, int first, int last)
{
    return c >= first && c <= last;
}

int islower(int c)
{
    return within(c, 'a', 'z');
}

int isupper(int c)
{
    return within(c, 'A', 'Z');
}

int isdigit(int c)
{
    return within(c, '0', '9');
}

int isalpha(int c)
{
    return islower(c) || isupper(c);
}

int isalnum(int c)
{
    return isalpha(c) || isdigit(c);
}

int isxdigit(int c)
{
    return isdigit(c) || within(c, 'a', 'f') || within(c, 'A', 'F');
}

int isblank(int c)
{
    return c == ' ' || c == '\t';
}

int isspace(int c)
{
    return c == ' ' || within(c, '\t', '\r');
}

int iscntrl(int c)
{
    return within(c, 0, 0x1f) || c == 0x7f;
}

int isprint(int c)
{
    return within(c, ' ', '~');
}

int isgraph(int c)
{
    return within(c, '!', '~');
}

int ispunct(int c)
{
    return isgraph(c) && !isalnum(c);
}

int tolower(int c)
{
    return isupper(c) ? c + ('a' - 'A') : c;
}

int toupper(int c)
{
    return islower(c) ? c - ('a' - 'A') : c;
}
