// SPDX-License-Identifier: BSD-3-Clause

/** Flags that every verb takes. */
export const commonFlags = {
  directory: {value: 'DIR', short: 'C', means: 'Work in DIR instead of the current folder.'},
  json: {means: 'Print the result as JSON.'},
  help: {short: 'h', means: 'Show what the command does.'},
} as const;

/** Flags of the verbs that work on one of the Kraftfile's targets. */
export const targetFlags = {
  plat: {value: 'NAME', means: 'The platform, where the Kraftfile names several targets.'},
  arch: {value: 'NAME', means: 'The arch, likewise.'},
} as const;

/** Flags of the verbs that plan or build. */
export const compilerFlags = {
  compiler: {value: 'NAME', choices: ['gcc', 'clang'], means: 'The C compiler. Default: gcc.'},
} as const;
