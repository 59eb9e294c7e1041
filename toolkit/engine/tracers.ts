// SPDX-License-Identifier: BSD-3-Clause

import {fail, type InterfaceName, type LibName, listing, ok, type Result, versionRange} from '../base/index.ts';
import type {Catalog} from '../catalog/index.ts';
import type {Solution} from '../solve/index.ts';
import type {Spec} from '../spec/index.ts';

/** The libs that print what the user calls by this name; none where nothing is to be traced. */
export function tracersOf({libs}: Catalog, subject: string | undefined): Result<readonly LibName[]> {
  if (subject === undefined) return ok([]);
  const found = libs.filter(({traces}) => traces === subject).map(({name}) => name);
  if (found.length > 0) return ok([...new Set(found)].sort());
  const subjects = [...new Set(libs.flatMap(({traces}) => traces ?? []))].sort();
  return fail([
    {
      severity: 'error',
      message: `Nothing that could be traced is called "${subject}".`,
      ...(subjects.length > 0 && {help: `There is ${listing(subjects, 'and')}.`}),
    },
  ]);
}

/** The Kraftfile as if it asked for the tracers. */
export function withTracers(spec: Spec, tracers: readonly LibName[]): Spec {
  const more = tracers
    .filter((name) => !spec.libraries.some((one) => one.name === name))
    .map((name) => ({name, version: versionRange('*'), options: [], at: spec.name.at}));
  return {...spec, libraries: [...spec.libraries, ...more]};
}

/** Whether there is anything in the image for the tracers to print; if not, why. */
export function checkTraced(
  subject: string,
  {spec, solution, catalog}: {readonly spec: Spec; readonly solution: Solution; readonly catalog: Catalog},
): Result<undefined> {
  const tracers = catalog.libs.filter(({traces}) => traces === subject);
  const wrapped = new Set(tracers.flatMap(({wraps = []}) => wraps.map((one) => one.interface)));
  const chosen = new Set<string>(solution.libs.map(({name}) => name));
  const callers = catalog.libs.filter((lib) => chosen.has(lib.name) && lib.traces === undefined);
  const called: readonly InterfaceName[] = [
    ...callers.flatMap(({needs}) => needs.map((need) => need.interface)),
    ...spec.needs.map(({name}) => name),
  ];
  if (wrapped.size === 0 || called.some((name) => wrapped.has(name))) return ok(undefined);
  return fail([
    {
      severity: 'error',
      message: `The image ${spec.name.value} has no ${subject} to trace.`,
      help: `They are calls of ${listing([...wrapped].sort(), 'or')}, which nothing in it makes.`,
    },
  ]);
}
