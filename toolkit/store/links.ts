// SPDX-License-Identifier: BSD-3-Clause

/**
 * Where a link of an archive ends, with every other link of the archive on the way resolved as the kernel does. Looking
 * at the text of a target is not enough: `a → b/..` leaves the folder when `b` is itself a link to somewhere higher.
 */
export function leadsTo(
  links: ReadonlyMap<string, string>,
  path: string,
): {readonly path: string} | 'outside' | 'circle' {
  const done: string[] = [];
  const ahead = path.split('/').reverse();
  let hops = 0;
  for (let part = ahead.pop(); part !== undefined; part = ahead.pop()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (done.pop() === undefined) return 'outside';
      continue;
    }
    const target = links.get([...done, part].join('/'));
    if (target === undefined) {
      done.push(part);
      continue;
    }
    hops += 1;
    if (hops > 40) return 'circle';
    if (target.startsWith('/') || target.includes('\0')) return 'outside';
    ahead.push(...target.split('/').reverse());
  }
  return {path: done.join('/')};
}
