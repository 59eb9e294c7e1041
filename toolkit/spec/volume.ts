// SPDX-License-Identifier: BSD-3-Clause

import {derive, fail, type Located, list, ok, type Result, type Shape, text} from '../base/index.ts';

/** A folder of the host, or a disk image in a file of it, that the app sees at a path of its own. */
export interface Volume {
  readonly kind: 'folder' | 'disk';
  /** As written: absolute, or relative to where it was written. */
  readonly host: string;
  /** Absolute, without a slash at the end. */
  readonly guest: string;
  readonly readOnly: boolean;
}

/** What is wrong with the text of a volume. */
export interface VolumeMistake {
  readonly message: string;
  readonly help: string;
}

const example = 'For example ./data:/data, or ./data:/data:ro to read only.';

/** `HOST:GUEST`, and `:ro` behind it for one that cannot be written. A host's path that ends in `.img` is a disk image. */
export function parseVolume(written: string): Result<Volume, VolumeMistake> {
  const match = /^([^\0]+?):(\/[^:\0]*)(?::(ro|rw))?$/.exec(written);
  const [, host, path = '', access] = match ?? [];
  const guest = path.replace(/\/+$/, '');
  if (host === undefined)
    return fail({message: `Expected a volume as HOST:GUEST, but was "${written}".`, help: example});
  if (guest === '')
    return fail({message: `The volume "${written}" would lie upon the root of all.`, help: 'Name a folder below /.'});
  const names = guest.split('/').slice(1);
  if (names.some((name) => name === '' || name === '.' || name === '..'))
    return fail({
      message: `The path "${guest}" of the volume "${written}" is not a plain one.`,
      help: 'Write it without "//", "." and "..".',
    });
  if (names.some((name) => Buffer.byteLength(name) > 255) || Buffer.byteLength(guest) > 4095)
    return fail({
      message: `The path of the volume "${written}" is too long.`,
      help: 'A name in it has 255 bytes at most, and all of it 4095.',
    });
  return ok({kind: host.endsWith('.img') ? 'disk' : 'folder', host, guest, readOnly: access === 'ro'});
}

/** A list of volumes, no two of them at one place. */
export const volumes: Shape<readonly Located<Volume>[]> = derive(
  list(text('a volume such as ./data:/data'), 'a list of volumes'),
  (rows, _at, page) => {
    const places = new Map<string, Located<Volume>>();
    let wrong = false;
    for (const {value, at} of rows) {
      const volume = parseVolume(value);
      if (!volume.ok) {
        page.error(at, volume.error.message, {help: volume.error.help});
        wrong = true;
        continue;
      }
      const before = places.get(volume.value.guest);
      if (before !== undefined) {
        page.error(at, `Two volumes lie at "${volume.value.guest}".`, {
          notes: [{message: 'The other one is here.', at: before.at}],
        });
        wrong = true;
      }
      places.set(volume.value.guest, {value: volume.value, at});
    }
    return wrong ? undefined : [...places.values()];
  },
);
