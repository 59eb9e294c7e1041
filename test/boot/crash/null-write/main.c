/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes where nothing is. */
static volatile int *volatile nothing;

int main(void)
{
    *nothing = 1;
    return 0;
}
