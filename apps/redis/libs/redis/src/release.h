/* SPDX-License-Identifier: BSD-3-Clause */
/* What Redis's src/mkreleasehdr.sh writes, for a release, equal on every machine. */
#define REDIS_GIT_SHA1 "00000000"
#define REDIS_GIT_DIRTY "0"
#define REDIS_BUILD_ID "kraft-ts"
