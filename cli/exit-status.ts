// SPDX-License-Identifier: BSD-3-Clause

/** What the command's exit status says. `run` passes the app's own on; these are the tool's. */
export const exitStatus = {
  ok: 0,
  /** Something is wrong with what the user wrote, or with the machine; messages say what. */
  diagnostics: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** The guest panicked. */
  panic: 70,
  /** The time that `--timeout` allows is over. */
  timeout: 124,
  /** Ctrl-C. */
  interrupted: 130,
} as const;
