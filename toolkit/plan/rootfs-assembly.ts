// SPDX-License-Identifier: BSD-3-Clause

import {type Digest, interfaceName} from '../base/index.ts';

/** The interface of whoever shows the archive that the image carries. */
export const initrdInterface = interfaceName('initrd');

/** The symbols that `rootfsAssembly` defines. */
export const initrdSymbols = ['kr_initrd_end', 'kr_initrd_start'] as const;

/** Where the archive lies in the build folder, in which the assembler runs. */
export const rootfsFile = 'rootfs.cpio';

/**
 * The assembly file that takes the archive into the image, read-only, where it is read in place. Its digest stands in
 * the text, so that another archive is another file.
 */
export function rootfsAssembly(archive: Digest | undefined): string {
  return [
    `/* The root file system: ${archive ?? 'none'}; generated. */`,
    '    .section .rodata.initrd, "a"',
    '    .balign 4096',
    '    .globl kr_initrd_start, kr_initrd_end',
    'kr_initrd_start:',
    ...(archive === undefined ? [] : [`    .incbin "${rootfsFile}"`]),
    'kr_initrd_end:',
    '    .balign 8',
    '    .section .note.GNU-stack, "", @progbits',
    '',
  ].join('\n');
}
