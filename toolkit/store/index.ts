// SPDX-License-Identifier: BSD-3-Clause

export type {FetchedSource, FetchEvent} from './fetch-source.ts';
export {fetchSource} from './fetch-source.ts';
export type {PinnedSource} from './pinned-source.ts';
export {sourceFolder} from './pinned-source.ts';
export {storeFolder} from './store-folder.ts';
