// SPDX-License-Identifier: BSD-3-Clause

import {HostError} from './host-error.ts';

/** Node's exception for a refused system call, in the tool's words. Anything else is a mistake of ours. */
export function hostError(error: unknown, path: string): HostError {
  if (error instanceof HostError) return error;
  const code = systemCode(error);
  if (code === undefined) throw error;
  return new HostError(`${sentences[code] ?? `The system answered ${code}`}: ${path}.`, code, path);
}

export function isMissing(error: unknown): boolean {
  const code = systemCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** ENOENT and its like. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

const sentences: Readonly<Record<string, string>> = {
  EACCES: 'This account may not open the file',
  EPERM: 'The system does not permit that',
  EROFS: 'The file system is read-only',
  ENOSPC: 'The disk is full',
  EISDIR: 'Expected a file, but was a folder',
  ENOTDIR: 'Expected a folder, but was a file',
  EEXIST: 'There is something already',
  ENOTEMPTY: 'The folder is not empty',
  ENOENT: 'There is no such file',
  EXDEV: 'Both must be on one file system',
  ELOOP: 'Symbolic links go round in a circle',
};
