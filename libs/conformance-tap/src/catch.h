/* SPDX-License-Identifier: BSD-3-Clause */
#ifndef CONFORMANCE_TAP_CATCH_H
#define CONFORMANCE_TAP_CATCH_H

/* Calls (action)(argument). Returns the message of the panic that ended it,
 * valid until the next one, or NULL when it returned. */
const char *catch_panic(void (*action)(void *), void *argument);

#endif
