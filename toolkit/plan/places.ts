// SPDX-License-Identifier: BSD-3-Clause

/** Where the places that begin a plan's paths are, absolute. A plan does not depend on them; running it does. */
export interface Places {
  /** The Kraftfile's folder. */
  readonly project: string;
  /** The toolkit's own: its libs, platforms and arches. */
  readonly kit: string;
  /** Unpacked sources, each in a folder named for its digest. */
  readonly store: string;
  /** Installed packages that bring libs, by the lib's name, or interfaces, by `interface.` and theirs. */
  readonly packages: Readonly<Record<string, string>>;
}

/** A path that begins with a place, for an absolute one. The place that lies deepest counts. */
export function toPlace(path: string, places: Places): string {
  const roots: [string, string][] = [
    ['$project', places.project],
    ['$kit', places.kit],
    ['$store', places.store],
    ...Object.entries(places.packages).map(([name, root]): [string, string] => [`$package.${name}`, root]),
  ];
  const [place, root] =
    roots
      .filter(([, root]) => path === root || path.startsWith(`${root}/`))
      .sort(([, one], [, other]) => other.length - one.length)[0] ?? [];
  if (place === undefined || root === undefined) throw new Error(`Internal error: ${path} lies in no place`);
  return `${place}${path.slice(root.length)}`;
}
