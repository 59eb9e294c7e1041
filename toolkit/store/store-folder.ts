// SPDX-License-Identifier: BSD-3-Clause

import {isAbsolute, join} from 'node:path';
import type {Host} from '../host/index.ts';

/** Where the tool keeps what it fetched: KRAFT_TS_CACHE, else kraft-ts in the user's cache folder. */
export function storeFolder(host: Host): string {
  const own = host.env.KRAFT_TS_CACHE;
  if (own !== undefined && own !== '') return isAbsolute(own) ? own : join(host.cwd, own);
  const caches = host.env.XDG_CACHE_HOME;
  // The XDG specification tells programs to ignore a relative path.
  return join(caches !== undefined && isAbsolute(caches) ? caches : join(host.home, '.cache'), 'kraft-ts');
}
