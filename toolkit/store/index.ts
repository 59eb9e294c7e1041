// SPDX-License-Identifier: BSD-3-Clause

export type {FetchEvent, FetchedSource} from './fetch-source.ts';
export {fetchSource} from './fetch-source.ts';
export type {PinnedSource} from './pinned-source.ts';
export {sourceFolder} from './pinned-source.ts';
export {packRootfs} from './rootfs/pack-rootfs.ts';
export {storeFolder} from './store-folder.ts';
export {unpack} from './unpack.ts';
