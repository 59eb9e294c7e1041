// SPDX-License-Identifier: BSD-3-Clause

export {debianSources} from './debian-sources.ts';
export type {FetchEvent, FetchedSource} from './fetch-source.ts';
export {fetchSource, keepArchive} from './fetch-source.ts';
export {packFolder} from './pack-folder.ts';
export {findNpm, pinArchive} from './pin-archive.ts';
export type {PinnedSource} from './pinned-source.ts';
export {sourceFolder} from './pinned-source.ts';
export {newestSource} from './read-sources-index.ts';
export {packRootfs} from './rootfs/pack-rootfs.ts';
export {storeFolder} from './store-folder.ts';
export {unpack} from './unpack.ts';
