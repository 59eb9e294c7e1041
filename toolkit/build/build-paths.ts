// SPDX-License-Identifier: BSD-3-Clause

import {join, relative} from 'node:path';
import type {Places} from '../plan/index.ts';
import type {Toolchain} from './toolchain.ts';

/**
 * A plan's paths, as the build's programs and its readers see them.
 *
 * Programs run in the build folder, where each place is a symbolic link: `kit/libs/x/src/x.c`. So what they are
 * called with, and what they write of it into objects, is the same wherever the places are.
 */
export interface BuildPaths {
  /** The build folder, absolute. */
  readonly folder: string;
  /** The links in it: name and where to. */
  readonly links: readonly {readonly name: string; readonly target: string}[];
  /** Relative to the build folder. */
  readonly inside: (path: string) => string;
  /** Of a plan's path, or of one that a program in the build folder wrote. */
  readonly absolute: (path: string) => string;
  /** As messages show it: relative to where the user works, if it lies there. */
  readonly shown: (path: string) => string;
  /** A program's output, with its paths as the user would write them. */
  readonly readable: (text: string) => string;
}

/** What the folders of the C++ library's headers are called in the build folder. */
export function cxxLinks({cxx}: Pick<Toolchain, 'cxx'>): readonly string[] {
  return (cxx?.include ?? []).map((_, index) => `compiler-c++-${index + 1}`);
}

/** The toolchain's headers are places too. */
export function buildPaths(
  places: Places,
  {folder, toolchain, cwd}: {folder: string; toolchain: Pick<Toolchain, 'include' | 'cxx'>; cwd: string},
): BuildPaths {
  const names = cxxLinks(toolchain);
  const links = [
    {name: 'compiler', target: toolchain.include},
    ...(toolchain.cxx?.include ?? []).map((target, index) => ({name: names[index] ?? '', target})),
    {name: 'kit', target: places.kit},
    {name: 'project', target: places.project},
    {name: 'store', target: places.store},
    ...Object.entries(places.packages).map(([name, target]) => ({name: linkName(`package.${name}`), target})),
  ].sort((one, other) => (one.name < other.name ? -1 : 1));
  const targets = new Map(links.map(({name, target}) => [name, target]));
  const absoluteInside = (path: string): string => {
    const [, first = '', rest = ''] = /^([^/]*)(.*)$/.exec(path) ?? [];
    const target = targets.get(first);
    return target === undefined ? join(folder, path) : `${target}${rest}`;
  };
  const absolute = (path: string): string => absoluteInside(path.startsWith('$') ? insideBuild(path) : path);
  const readable = new RegExp(
    `(?<![\\w/.-])(${links.map(({name}) => name.replace(/[.+]/g, '\\$&')).join('|')})/[^\\s:]+(?=:\\d|$|:\\s|,)`,
    'gm',
  );
  return {
    folder,
    links,
    inside: insideBuild,
    absolute,
    shown: (path) => shownPath(absolute(path), cwd),
    readable: (text) => text.replace(readable, (path) => shownPath(absoluteInside(path), cwd)),
  };
}

/** `$kit/x` is `kit/x`, `$build/x` is `x`. */
function insideBuild(path: string): string {
  const match = /^\$(project|kit|store|build|package\.(?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(path);
  if (match === null) throw new Error(`Internal error: ${path} begins with no place`);
  const [, place = '', rest = ''] = match;
  if (place === 'build') return rest;
  return rest === '' ? linkName(place) : `${linkName(place)}/${rest}`;
}

/** A scoped package's slash would make a folder of its link. */
function linkName(place: string): string {
  return place.replaceAll('/', '+');
}

function shownPath(path: string, cwd: string): string {
  const way = relative(cwd, path);
  return way.startsWith('..') ? path : way;
}
