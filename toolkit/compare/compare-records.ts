// SPDX-License-Identifier: BSD-3-Clause

import {counted} from '../base/index.ts';
import {type Change, change} from './change.ts';
import type {Member, RecordLayout} from './surface.ts';

type Records = ReadonlyMap<string, RecordLayout>;

/** Structs and unions: whoever has one of the older layout reads and writes the wrong bytes of a newer one. */
export function compareRecords(before: Records, after: Records): readonly Change[] {
  const changes: Change[] = [];
  for (const [name, one] of before) {
    const other = after.get(name);
    if (other === undefined) changes.push(change('major', `${name} is no longer defined`, one.at));
    else changes.push(...compareRecord(name, one, other));
  }
  for (const [name, {at}] of after)
    if (!before.has(name)) changes.push(change('minor', `${name} is defined, and was not`, at));
  return changes;
}

function compareRecord(name: string, before: RecordLayout, after: RecordLayout): readonly Change[] {
  const old = new Map(before.members.map((member) => [member.name, member]));
  const now = new Map(after.members.map((member) => [member.name, member]));
  const changes = before.members.flatMap((member): readonly Change[] => {
    const other = now.get(member.name);
    if (other === undefined) return [change('major', `${name} no longer has the member ${member.name}`, after.at)];
    return compareMember(name, member, other);
  });
  for (const member of after.members) {
    if (old.has(member.name)) continue;
    changes.push(
      change('major', `${name} has a new member ${member.name} at ${place(member)}${grown(before, after)}`, member.at),
    );
  }
  if (changes.length === 0 && before.size !== after.size)
    changes.push(change('major', `${name} has ${after.size} bytes, and had ${before.size}`, after.at));
  return changes;
}

function compareMember(name: string, before: Member, after: Member): readonly Change[] {
  const changes: Change[] = [];
  if (before.canonical !== after.canonical)
    changes.push(change('major', `${name} has the member \`${after.text}\`, which was \`${before.text}\``, after.at));
  if (before.offset !== after.offset)
    changes.push(
      change(
        'major',
        `${name} has the member ${after.name} at ${place(after)}, which was at ${place(before)}`,
        after.at,
      ),
    );
  if (before.width !== after.width)
    changes.push(
      change('major', `${name} has the member ${after.name} of ${bits(after)}, which was of ${bits(before)}`, after.at),
    );
  return changes;
}

function grown(before: RecordLayout, after: RecordLayout): string {
  return before.size === after.size ? '' : `, so that it has ${after.size} bytes instead of ${before.size}`;
}

function place({offset}: Member): string {
  return offset % 8 === 0 ? `byte ${offset / 8}` : `bit ${offset}`;
}

function bits({width}: Member): string {
  return width === undefined ? 'its whole type' : counted(width, 'bit');
}
