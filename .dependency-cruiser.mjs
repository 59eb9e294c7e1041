// SPDX-License-Identifier: BSD-3-Clause
// The rules are the table of rooms in ARCHITECTURE.md, and nothing beside it.

import {readFileSync} from 'node:fs';

const rooms = readRooms(readFileSync(new URL('ARCHITECTURE.md', import.meta.url), 'utf8'));
const tests = '\\.test\\.tsx?$';

/** Rows of the form `| `room` | `other`, `another` |` below the heading. */
export function readRooms(document) {
  const [, section = ''] = document.split('## Who may open whose door');
  const rows = section.split('\n## ')[0].matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm);
  return [...rows].map(([, room, doors]) => ({room, doors: [...doors.matchAll(/`([^`]+)`/g)].map(([, door]) => door)}));
}

/** Where a room's files are, as a regular expression. */
function insideOf(room) {
  if (room === 'engine') return '^toolkit/engine(\\.ts$|/)';
  if (room === 'events') return '^toolkit/events\\.ts$';
  return room === 'cli' || room === 'tui' ? `^${room}/` : `^toolkit/${room}/`;
}

/** What of a room others may import. */
function doorOf(room) {
  if (room === 'engine') return '^toolkit/engine\\.ts$';
  return room === 'events' ? insideOf(room) : `${insideOf(room)}index\\.ts$`;
}

export default {
  forbidden: [
    ...rooms.map(({room, doors}) => ({
      name: `${room}-opens-only-its-doors`,
      comment: `ARCHITECTURE.md: ${room} may open ${doors.length === 0 ? 'no door' : doors.join(', ')}. A new arrow between rooms needs an ADR.`,
      severity: 'error',
      from: {path: insideOf(room), pathNot: tests},
      to: {path: '^(toolkit|cli|tui)/', pathNot: [insideOf(room), ...doors.map(doorOf)]},
    })),
    {
      name: 'only-host-touches-the-world',
      comment: 'Files, processes and the network are reached through a Host that is passed as an argument.',
      severity: 'error',
      from: {path: '^(toolkit|cli|tui)/', pathNot: ['^toolkit/host/', '^cli/main\\.ts$', tests]},
      to: {
        dependencyTypes: ['core'],
        path: '^(node:)?(fs|fs/promises|child_process|net|http|https|http2|tls|dgram|dns|worker_threads)$',
      },
    },
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one file, or hide a third.',
      severity: 'error',
      from: {},
      to: {circular: true, viaOnly: {dependencyTypesNot: ['type-only']}},
    },
    {
      name: 'shipped-code-needs-no-test',
      severity: 'error',
      from: {path: '^(toolkit|cli|tui)/', pathNot: tests},
      to: {path: ['^(test|bench|scripts)/', tests]},
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: {fileName: 'tsconfig.json'},
    doNotFollow: {path: 'node_modules'},
    exclude: {path: 'node_modules'},
    enhancedResolveOptions: {extensions: ['.ts', '.tsx', '.mjs', '.js', '.json']},
  },
};
