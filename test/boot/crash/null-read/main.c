/* SPDX-License-Identifier: BSD-3-Clause */
/* Reads a field of a struct that is not there. */
struct thing {
    char name[16];
    int count;
};

static struct thing *volatile nothing;

int main(void)
{
    return nothing->count;
}
