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

/** Flags of the verbs that must not choose otherwise than kraft.lock where the user says so. */
export const lockFlags = {
  locked: {means: 'Refuse to go on where kraft.lock is missing or no longer says what the image is made of.'},
} as const;

/** Flags of the verbs that change the Kraftfile. */
export const editFlags = {
  plat: {value: 'NAME', means: 'Check the target with this platform only. Default: every target.'},
  arch: {value: 'NAME', means: 'Check the target with this arch only.'},
  apply: {value: 'N', means: 'Should it clash: take repair N with it.'},
} as const;

/** Flags of the verbs that plan or build. */
export const compilerFlags = {
  compiler: {value: 'NAME', choices: ['gcc', 'clang'], means: 'The C compiler. Default: gcc.'},
} as const;
