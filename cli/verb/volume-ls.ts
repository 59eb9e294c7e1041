// SPDX-License-Identifier: BSD-3-Clause

import {type ListedFile, listVolume} from '../../toolkit/engine.ts';
import {exitStatus} from '../exit-status.ts';
import {parseImagePath} from '../image-path.ts';
import {table} from '../report/table.ts';
import {verb} from '../verb.ts';

export const volumeLs = verb({
  name: 'volume ls',
  summary: 'List what lies on a disk image.',
  about: `Shows the names in a folder of the disk, the root where no path is given. With --long also permission, links, owner, size and time. The guest need not run, and must not: it would write meanwhile.`,
  positionals: [{name: 'IMAGE[:PATH]', means: 'The disk image, and a path in it.', required: true}],
  flags: {long: {short: 'l', means: 'Permission, links, owner, size and time of each.'}},
  examples: [
    {command: 'kraft-ts volume ls data.img', means: 'The names in its root.'},
    {command: 'kraft-ts volume ls -l data.img:/logs', means: 'All about what lies in /logs.'},
  ],
  async act({flags, positionals: [where = ''], reporter, engine}) {
    const listed = await listVolume(engine, parseImagePath(where) ?? {image: where, inside: '/'});
    if (!listed.ok) {
      reporter.diagnostics(listed.error);
      return exitStatus.diagnostics;
    }
    if (reporter.format === 'json') reporter.json(listed.value);
    else if (listed.value.length > 0)
      reporter.print((flags.long ? table(listed.value.map(row)) : listed.value.map(({name}) => name)).join('\n'));
    return exitStatus.ok;
  },
});

function row({mode, links, user, group, size, modified, name, target}: ListedFile): readonly string[] {
  const time = new Date(modified).toISOString().slice(0, 16).replace('T', ' ');
  return [
    permission(mode),
    `${links}`,
    `${user}`,
    `${group}`,
    `${size}`,
    time,
    target === undefined ? name : `${name} -> ${target}`,
  ];
}

/** As ls shows it: drwxr-xr-x. */
function permission(mode: number): string {
  const kind = {4: 'd', 8: '-', 10: 'l'}[mode >> 12] ?? '?';
  const bits = [...'rwxrwxrwx'].map((letter, at) => ((mode & (0o400 >> at)) === 0 ? '-' : letter));
  return kind + bits.join('');
}
