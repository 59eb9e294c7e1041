// SPDX-License-Identifier: BSD-3-Clause

import type {OpenFile} from '../host/index.ts';
import type {Finding} from './finding.ts';
import {
  block,
  childSize,
  compareItems,
  firstBlock,
  groupSize,
  hasItsChecksum,
  type Item,
  itemSize,
  kinds,
  levels,
  mostValue,
  nodeHeader,
  type Superblock,
  viewOf,
} from './format.ts';

interface Child {
  readonly block: number;
  readonly generation: bigint;
  /** Where the reference stands, bytes. */
  readonly from: number;
  readonly level: number | undefined;
}

/** All items of the tree; what is unsound is told, and left out. */
export async function readTree(
  file: OpenFile,
  superblock: Superblock,
  {used, findings}: {readonly used: Set<number>; readonly findings: Finding[]},
): Promise<readonly Item[]> {
  const items: Item[] = [];
  const claim = (number: number, from: number, what: string): boolean => {
    const outside = number < firstBlock || number >= superblock.blocks;
    if (outside || used.has(number)) {
      const why = outside ? 'lies outside of the file system' : 'is used by something else, too';
      findings.push({offset: from, message: `The ${what} ${number}, to which this refers, ${why}.`});
      return false;
    }
    used.add(number);
    return true;
  };
  const visit = async (child: Child): Promise<void> => {
    if (!claim(child.block, child.from, 'block of the tree')) return;
    const offset = child.block * block;
    const bytes = await file.read(offset, block);
    const wrong = mistakeOf(bytes, child);
    if (wrong !== undefined) {
      findings.push({offset, message: wrong});
      return;
    }
    const view = viewOf(bytes);
    const level = view.getUint16(12, true);
    const count = view.getUint16(14, true);
    if (level === 0) {
      for (const {item, from} of leafItems(bytes, count, offset)) take(item, from);
      return;
    }
    for (let index = 0; index < count; index++) {
      const at = nodeHeader + index * childSize;
      await visit({
        block: Number(view.getBigUint64(at + 16, true)),
        generation: view.getBigUint64(at + 24, true),
        from: offset + at + 16,
        level: level - 1,
      });
    }
  };
  const take = (item: Item, from: number): void => {
    const last = items.at(-1);
    if (last !== undefined && compareItems(last, item) >= 0)
      findings.push({offset: from, message: 'This item is out of order.'});
    items.push(item);
    if (item.kind !== kinds.blocks) return;
    const view = viewOf(item.value);
    for (let index = 0; index < groupSize && item.value.length === groupSize * 8; index++) {
      const number = Number(view.getBigUint64(index * 8, true));
      if (number !== 0) claim(number, from + index * 8, 'block');
    }
  };
  const from = Number(superblock.generation & 1n) * block + 32;
  await visit({block: superblock.root, generation: superblock.rootGeneration, from, level: undefined});
  return items;
}

function* leafItems(bytes: Uint8Array, count: number, offset: number): Generator<{item: Item; from: number}> {
  const view = viewOf(bytes);
  for (let index = 0; index < count; index++) {
    const at = nodeHeader + index * itemSize;
    const rest = view.getBigUint64(at + 8, true);
    const begin = view.getUint32(at + 16, true);
    const value = bytes.slice(begin, begin + view.getUint32(at + 20, true));
    const number = rest & ((1n << 56n) - 1n);
    yield {
      item: {inode: view.getBigUint64(at, true), kind: rest >> 56n, number, value, from: offset + begin},
      from: offset + begin,
    };
  }
}

/** Why a block is not the one that the reference means. */
function mistakeOf(bytes: Uint8Array, child: Child): string | undefined {
  const view = viewOf(bytes);
  const [level, count] = [view.getUint16(12, true), view.getUint16(14, true)];
  if (!hasItsChecksum(bytes, 0)) return 'The checksum of this block of the tree is wrong.';
  if (view.getUint32(8, true) !== 0x65657274) return 'This is no block of the tree.';
  if (Number(view.getBigUint64(16, true)) !== child.block)
    return `This block says that it is block ${view.getBigUint64(16, true)}.`;
  if (view.getBigUint64(24, true) !== child.generation)
    return `This block is of commit ${view.getBigUint64(24, true)}, but that of ${child.generation} was expected.`;
  if (level >= levels || (child.level !== undefined && level !== child.level))
    return `This block has level ${level}${child.level === undefined ? '' : `, but ${child.level} was expected`}.`;
  if (level > 0)
    return count === 0 || nodeHeader + count * childSize > block ? `This block has ${count} children.` : undefined;
  return soundItems(view, count) ? undefined : 'The values of this block do not lie where they have to.';
}

function soundItems(view: DataView, count: number): boolean {
  const data = view.getUint32(32, true);
  if (data > block || data < nodeHeader + count * itemSize) return false;
  let sum = 0;
  for (let index = 0; index < count; index++) {
    const at = nodeHeader + index * itemSize;
    const [begin, length] = [view.getUint32(at + 16, true), view.getUint32(at + 20, true)];
    if (begin < data || begin % 8 !== 0 || length > mostValue || begin + length > block) return false;
    sum += (length + 7) & ~7;
  }
  return sum === block - data;
}
