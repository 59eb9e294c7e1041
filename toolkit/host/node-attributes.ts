// SPDX-License-Identifier: BSD-3-Clause

import fs from 'node:fs/promises';

/** Numbers of file systems (statfs(2)) whose files can always have attributes of a user's: ext4, XFS, btrfs, F2FS, ZFS. */
const keepers = new Set([0xef53, 0x58465342, 0x9123683e, 0xf2f52010, 0x2fc12fc1]);

export async function keepsAttributes(path: string): Promise<boolean> {
  return keepers.has((await fs.statfs(path)).type);
}
