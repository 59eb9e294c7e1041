/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes past the end of an array on the stack. */
static volatile unsigned length = 64;

static int fill(void)
{
    volatile char name[16];

    for (unsigned index = 0; index < length; index++)
        name[index] = 'a';
    return name[0];
}

int main(void)
{
    return fill();
}
