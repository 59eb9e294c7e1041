// SPDX-License-Identifier: BSD-3-Clause

import {fileKind, folderKind, kindOf, linkKind, type RootEntry} from './root-entry.ts';

/** As limits.h of Linux has them: bytes of a name, and of a path or a link's target with the NUL behind it. */
const nameAtMost = 255;
const pathAtMost = 4096;

/** Why an entry cannot be in a root, as the end of a sentence: no guest could name it or read it as it was. */
export function refuseEntry({path, mode, content}: RootEntry): string | undefined {
  const kind = kindOf(mode);
  if (path.includes('\0')) return `the name of "${path.replaceAll('\0', '\\0')}" in it has a NUL.`;
  // Whoever decoded the name has put this character where there was none.
  if (path.includes('\uFFFD')) return `the name of "${path}" in it is not written in UTF-8.`;
  if (path.split('/').includes('..')) return `"${path}" in it leads out of it.`;
  const name = path.split('/').find((each) => Buffer.byteLength(each) > nameAtMost);
  if (name !== undefined) return tooLong(name, `a name of ${Buffer.byteLength(name)} bytes`, nameAtMost);
  const length = Buffer.byteLength(`/${path}`);
  if (length >= pathAtMost) return tooLong(path, `a path of ${length} bytes`, pathAtMost - 1);
  if (![fileKind, folderKind, linkKind].includes(kind))
    return `"${path}" in it is neither a file, a folder nor a link.`;
  if (kind === linkKind && content.length === 0) return `"${path}" in it is a link to nothing.`;
  if (kind === linkKind && content.length >= pathAtMost)
    return tooLong(path, `a link to a path of ${content.length} bytes`, pathAtMost - 1);
  return undefined;
}

function tooLong(name: string, what: string, atMost: number): string {
  const shown = name.length > 60 ? `${name.slice(0, 59)}…` : name;
  return `"${shown}" in it is ${what}, but ${atMost} is the most.`;
}
