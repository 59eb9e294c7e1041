// SPDX-License-Identifier: BSD-3-Clause

import type {OpenFile} from '../host/index.ts';
import type {Finding} from './finding.ts';
import {
  block,
  firstBlock,
  type Item,
  kinds,
  leastBlocks,
  readSuperblock,
  rootInode,
  type Superblock,
} from './format.ts';
import {readTree} from './read-tree.ts';

/** What the last commit left on a disk. */
export interface Disk {
  readonly file: OpenFile;
  readonly superblock: Superblock;
  /** In the order of their keys. */
  readonly items: readonly Item[];
  /** Blocks that the commit uses, the two superblocks included. */
  readonly used: ReadonlySet<number>;
  readonly findings: readonly Finding[];
}

/** Reads and checks all that a mount does; a string says that this is no disk of ours. */
export async function readDisk(file: OpenFile): Promise<Disk | string> {
  const blocks = Math.floor(file.size / block);
  if (blocks < leastBlocks) return `a disk has ${(leastBlocks * block) / 1024} KiB at least`;
  const heads = [await file.read(0, block), await file.read(block, block)];
  const found = heads
    .map(readSuperblock)
    .map((one, at) => (one?.generation !== undefined && Number(one.generation & 1n) === at ? one : undefined));
  const superblock = found.reduce(
    (best, one) => (one !== undefined && (best === undefined || one.generation > best.generation) ? one : best),
    undefined,
  );
  const used = new Set([0, 1]);
  const isZero = heads.map((bytes) => bytes.every((byte) => byte === 0));
  if (superblock === undefined) {
    if (!isZero.every(Boolean)) return 'it holds something else';
    return {file, superblock: emptySuperblock(blocks), items: emptyItems(), used, findings: []};
  }
  const findings: Finding[] = heads.flatMap((_, at) =>
    found[at] !== undefined || isZero[at]
      ? []
      : [
          {
            offset: at * block,
            message: 'This superblock is damaged, or was being written when the power went; the other one counts.',
          },
        ],
  );
  if (superblock.blocks > blocks) {
    const offset = Number(superblock.generation & 1n) * block + 24;
    findings.push({offset, message: `The file system has ${superblock.blocks} blocks, but the image only ${blocks}.`});
  }
  const items = await readTree(file, superblock, {used, findings});
  return {file, superblock, items, used, findings};
}

function emptySuperblock(blocks: number): Superblock {
  return {generation: 0n, blocks, root: 0, rootGeneration: 0n, nextInode: rootInode + 1n, used: firstBlock};
}

/** A disk of zeros is an empty folder, of mode 755. */
function emptyItems(): readonly Item[] {
  const value = new Uint8Array(80);
  const view = new DataView(value.buffer);
  view.setUint32(0, 0o40755, true);
  view.setUint32(12, 2, true);
  return [{inode: rootInode, kind: kinds.inode, number: 0n, value}];
}
