// SPDX-License-Identifier: BSD-3-Clause

import type {LibView} from '../../../toolkit/engine.ts';
import type {LibStanding} from '../now.ts';
import type {Mark, Press, Row} from '../row.ts';

/** A lib that can be asked for and not. */
export function libRow(lib: LibView, standing: LibStanding): Row {
  const [version = ''] = lib.versions;
  return {
    id: `lib:${lib.name}`,
    mark: markOf(standing),
    name: lib.name,
    value: version,
    note: lib.summary,
    changed: standing.asked,
    opens: {kind: 'lib', name: lib.name},
    thing: {kind: 'lib', name: lib.name},
    space: toggleOf(lib, standing),
  };
}

export function markOf({asked, in: isIn, locked}: LibStanding): Mark {
  if (asked) return 'asked';
  if (isIn) return locked ? 'in-locked' : 'in';
  return locked ? 'out-locked' : 'out';
}

export function toggleOf({name, kind}: LibView, {asked}: LibStanding): Press {
  if (kind !== 'lib')
    return {kind: 'tell', text: `${name} is ${kind === 'arch' ? 'an arch' : `a ${kind}`}: choose it under Targets.`};
  return asked
    ? {kind: 'edit', title: `No longer ask for ${name}`, edits: [{kind: 'drop', lib: name}]}
    : {kind: 'edit', title: `Ask for ${name}`, edits: [{kind: 'want', lib: name}]};
}
