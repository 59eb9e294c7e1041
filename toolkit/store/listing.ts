// SPDX-License-Identifier: BSD-3-Clause

import {createHash} from 'node:crypto';
import {join} from 'node:path';
import type {Host} from '../host/index.ts';

/** The file, at the top of an unpacked source, that says what was unpacked. No archive may hold one of this name. */
export const listingFile = '.kraft-listing.json';

export async function writeListing(
  host: Host,
  folder: string,
  content: {readonly sha256: string; readonly files: readonly string[]},
): Promise<void> {
  const {sha256, files} = content;
  const text = JSON.stringify({format: 1, sha256, check: check(files), files}, undefined, 1);
  await host.writeFile(join(folder, listingFile), `${text}\n`);
}

/** The files of an unpacked source; undefined where it is missing, damaged, or of another archive. */
export async function readListing(host: Host, folder: string, sha256: string): Promise<readonly string[] | undefined> {
  const text = await host.readFile(join(folder, listingFile));
  if (text === undefined) return undefined;
  const listing = parse(text);
  if (listing === undefined || listing.sha256 !== sha256 || check(listing.files) !== listing.check) return undefined;
  return listing.files;
}

function parse(text: string): {sha256: unknown; check: unknown; files: readonly string[]} | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    if (!('format' in value && 'sha256' in value && 'check' in value && 'files' in value)) return undefined;
    const {format, files} = value;
    if (format !== 1 || !Array.isArray(files) || !files.every((file) => typeof file === 'string')) return undefined;
    return {sha256: value.sha256, check: value.check, files};
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function check(files: readonly string[]): string {
  return createHash('sha256').update(files.join('\n')).digest('hex');
}
