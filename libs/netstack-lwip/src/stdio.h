/* SPDX-License-Identifier: BSD-3-Clause */
/* lwIP includes this, and uses nothing of it as it is set up here. */
