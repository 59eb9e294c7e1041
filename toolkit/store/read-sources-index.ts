// SPDX-License-Identifier: BSD-3-Clause

import {type Diagnostic, didYouMean, fail, ok, quote, type Result} from '../base/index.ts';

/** The upstream archive of a Debian source package. */
export interface DebianSource {
  readonly name: string;
  /** Upstream's: without epoch and revision. */
  readonly version: string;
  /** In a pool. */
  readonly path: string;
  readonly sha256: string;
  /** Debian's own, for choosing the newest. */
  readonly debianVersion: string;
}

/**
 * The upstream archives that an index names (Debian Policy, 5; the fields of `Sources` as in the repository format):
 * one for each source package whose archive is a tarball. `deb822` is the whole text.
 */
export function readSourcesIndex(deb822: string): readonly DebianSource[] {
  return deb822.split(/\n\n+/).flatMap((paragraph) => sourceOf(paragraph) ?? []);
}

function sourceOf(paragraph: string): DebianSource | undefined {
  const field = (name: string): string | undefined => new RegExp(`^${name}: *(.*)$`, 'm').exec(paragraph)?.[1];
  const [name, debianVersion, directory] = [field('Package'), field('Version'), field('Directory')];
  if (name === undefined || debianVersion === undefined || directory === undefined) return undefined;
  const [, sums = ''] = /^Checksums-Sha256:\s*\n((?: .*(?:\n|$))+)/m.exec(paragraph) ?? [];
  const files = sums.split('\n').flatMap((line) => {
    const [, sha256, file] = /^ ([0-9a-f]{64}) \d+ (\S+)$/.exec(line) ?? [];
    return sha256 === undefined || file === undefined ? [] : [{sha256, file}];
  });
  const archive =
    files.find(({file}) => /\.orig\.tar\.(?:gz|xz|bz2)$/.test(file)) ??
    files.find(({file}) => /\.tar\.(?:gz|xz|bz2)$/.test(file) && !/\.(?:debian|orig-[\w-]+)\.tar\./.test(file));
  if (archive === undefined) return undefined;
  const version = debianVersion.replace(/^\d+:/, '').replace(/-[^-]*$/, '');
  return {name, debianVersion, version, path: `${directory}/${archive.file}`, sha256: archive.sha256};
}

/** The newest of the packages with a name, or why there is none. */
export function newestSource(name: string, sources: readonly DebianSource[]): Result<DebianSource> {
  const named = sources.filter((one) => one.name === name);
  const [first] = [...named].sort((one, other) => compareDebian(other.debianVersion, one.debianVersion));
  if (first !== undefined) return ok(first);
  return fail([unknownSource(name, sources)]);
}

function unknownSource(name: string, sources: readonly DebianSource[]): Diagnostic {
  const near = didYouMean(name, [...new Set(sources.map((one) => one.name))]);
  return {
    severity: 'error',
    message: `Debian has no source package ${quote(name)}.`,
    help:
      near === undefined
        ? 'A source package may be called otherwise than those that it makes: apt-cache showsrc NAME tells.'
        : `Did you mean deb:${near}?`,
  };
}

/** Debian Policy, 5.6.12: epoch, upstream version, revision; digits count as numbers, `~` comes before everything. */
export function compareDebian(one: string, other: string): number {
  const split = (version: string): readonly [string, string, string] => {
    const [, epoch = '0', rest = ''] = /^(?:(\d+):)?(.*)$/.exec(version) ?? [];
    const dash = rest.lastIndexOf('-');
    return dash === -1 ? [epoch, rest, ''] : [epoch, rest.slice(0, dash), rest.slice(dash + 1)];
  };
  const [left, right] = [split(one), split(other)];
  for (const index of [0, 1, 2] as const) {
    const order = comparePart(left[index], right[index]);
    if (order !== 0) return order;
  }
  return 0;
}

function comparePart(one: string, other: string): number {
  const pieces = (text: string): readonly string[] => text.match(/\d+|\D+/g) ?? [];
  const [left, right] = [[...pieces(one)], [...pieces(other)]];
  if (/^\d/.test(one)) left.unshift('');
  if (/^\d/.test(other)) right.unshift('');
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [a, b] = [left[index] ?? '', right[index] ?? ''];
    const order = index % 2 === 1 ? Number(a || 0) - Number(b || 0) : compareWords(a, b);
    if (order !== 0) return order;
  }
  return 0;
}

function compareWords(one: string, other: string): number {
  const rank = (text: string, at: number): number => {
    const character = text[at];
    if (character === '~') return -1;
    if (character === undefined) return 0;
    return /[A-Za-z]/.test(character) ? character.charCodeAt(0) : character.charCodeAt(0) + 256;
  };
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    const order = rank(one, at) - rank(other, at);
    if (order !== 0) return order;
  }
  return 0;
}
