// SPDX-License-Identifier: BSD-3-Clause

import type {Share} from '../plan/index.ts';

type Part = 'text' | 'rodata' | 'data' | 'bss';

const parts: Readonly<Record<string, Part>> = {
  '.note': 'text',
  '.text': 'text',
  '.rodata': 'rodata',
  '.data': 'data',
  '.noinit': 'bss',
  '.bss': 'bss',
};

/** An input section that is in the image. */
interface Section {
  readonly name: string;
  readonly owner: Share['owner'];
  readonly part: Part;
  readonly size: number;
}

/** What each relocatable contributes to the image, by the linker's map, largest first. */
export function shares(map: string): readonly Share[] {
  const found = new Map<Section['owner'], Record<Part, number>>();
  for (const {owner, part, size} of sectionsOf(map)) {
    const sums = found.get(owner) ?? {text: 0, rodata: 0, data: 0, bss: 0};
    sums[part] += size;
    found.set(owner, sums);
  }
  return [...found]
    .map(([owner, sums]) => ({owner, ...sums}))
    .filter((share) => total(share) > 0)
    .sort((one, other) => total(other) - total(one) || (one.owner < other.owner ? -1 : 1));
}

/**
 * The input sections of the image. In the map an output section begins in the first column; beneath it, indented, each
 * input section with address, size and file:
 *
 *     .text           0x0000000000100020     0x2f31
 *      .text.kr_panic 0x0000000000100020       0x85 lib/panic-print.o
 *      *fill*         0x00000000001000a5        0xb
 */
export function sectionsOf(map: string): readonly Section[] {
  const found: Section[] = [];
  let part: Part | undefined;
  let name = '';
  for (const line of afterHeading(map)) {
    const output = /^(\.[\w.]+)(?:\s|$)/.exec(line)?.[1];
    if (output !== undefined) part = parts[output];
    if (part === undefined || output !== undefined) continue;
    const [, section] = /^ (\S+)/.exec(line) ?? [];
    if (section !== undefined) name = section; // of this line, or the next where the name is long
    const [, size, file] = /^ \S* +0x[0-9a-f]+ +0x([0-9a-f]+)(?: (.+))?$/.exec(line.trimEnd()) ?? [];
    if (size === undefined) continue;
    const owner = name === '*fill*' ? 'alignment' : ownerOf(file);
    if (owner !== undefined) found.push({name, owner: owner as Share['owner'], part, size: Number.parseInt(size, 16)});
  }
  return found;
}

function afterHeading(map: string): readonly string[] {
  const start = map.indexOf('\nLinker script and memory map\n');
  return map.slice(Math.max(start, 0)).split('\n');
}

function ownerOf(file: string | undefined): string | undefined {
  return file === undefined ? undefined : /^lib\/(.+)\.o$/.exec(file)?.[1];
}

function total({text, rodata, data, bss}: Omit<Share, 'owner'>): number {
  return text + rodata + data + bss;
}
