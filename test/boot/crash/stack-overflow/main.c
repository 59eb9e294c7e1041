/* SPDX-License-Identifier: BSD-3-Clause */
/* Calls itself without end. */
static volatile int depth;

static int deeper(volatile int *above)
{
    volatile int here[16];

    here[0] = *above + 1;
    depth = here[0];
    return deeper(here) + here[0];
}

int main(void)
{
    volatile int start = 0;

    return deeper(&start);
}
