// SPDX-License-Identifier: BSD-3-Clause

/** A compiler or linker refused; the message is what it said. */
export class Refused extends Error {}
