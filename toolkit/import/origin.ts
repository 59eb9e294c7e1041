// SPDX-License-Identifier: BSD-3-Clause

import {fail, ok, quote, type Result} from '../base/index.ts';

/** Where a library is to come from, as the user writes it. */
export type Origin =
  | {readonly kind: 'folder'; readonly path: string}
  | {readonly kind: 'debian'; readonly name: string}
  | {readonly kind: 'npm'; readonly name: string; readonly version?: string}
  | {readonly kind: 'url'; readonly url: string};

/** `deb:NAME`, `npm:NAME[@VERSION]`, a Web address, or a folder. */
export function parseOrigin(text: string): Result<Origin> {
  const [, scheme, rest = ''] = /^(deb|npm):(.*)$/.exec(text) ?? [];
  if (scheme === 'deb') {
    if (/^[a-z0-9][a-z0-9+.-]+$/.test(rest)) return ok({kind: 'debian', name: rest});
    return refuse(`Expected the name of a Debian source package after deb:, but was ${quote(rest)}.`);
  }
  if (scheme === 'npm') {
    const [, name, version] = /^((?:@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*)(?:@(.+))?$/.exec(rest) ?? [];
    if (name === undefined) return refuse(`Expected the name of an npm package after npm:, but was ${quote(rest)}.`);
    return ok({kind: 'npm', name, ...(version !== undefined && {version})});
  }
  if (/^https?:\/\//.test(text)) {
    if (URL.canParse(text)) return ok({kind: 'url', url: text});
    return refuse(`Expected a Web address, but was ${quote(text)}.`);
  }
  if (/^[a-z][a-z0-9+.-]+:/.test(text) && !/^[a-z]:[\\/]/.test(text)) {
    return refuse(`Expected a folder, deb:NAME, npm:NAME or an address of the Web, but was ${quote(text)}.`);
  }
  return ok({kind: 'folder', path: text});
}

function refuse(message: string): Result<Origin> {
  return fail([{severity: 'error', message}]);
}
