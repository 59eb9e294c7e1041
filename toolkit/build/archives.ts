// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {type Host, HostError} from '../host/index.ts';
import type {AuditAction, CombineAction, CompileAction, Owner, Plan} from '../plan/index.ts';
import type {BuildPaths} from './build-paths.ts';
import type {Kept} from './kept.ts';
import {mayDefine} from './may-define.ts';

/** An owner of which the image takes what it reaches. */
export interface ArchiveOwner {
  readonly owner: Owner;
  readonly combine: CombineAction;
  readonly audit: AuditAction;
  /** Outputs, in the plan's order. */
  readonly members: readonly string[];
  /** Symbol → members. */
  readonly mayDefine: ReadonlyMap<string, readonly string[]>;
}

/** Where what sources say of names is kept, beside the objects that are made of them. */
const namesFile = 'names.json';

/** Those of a plan. What their sources say is read once for all images. */
export async function archiveOwners(
  host: Host,
  {plan, paths, kept}: {plan: Plan; paths: BuildPaths; kept: readonly Kept[]},
): Promise<readonly ArchiveOwner[]> {
  const combines = plan.actions.filter((one): one is CombineAction => one.kind === 'combine');
  return Promise.all(
    combines.flatMap((combine) => {
      const {owner, members = []} = combine;
      const audit = plan.actions.find((one): one is AuditAction => one.kind === 'audit' && one.owner === owner);
      if (members.length === 0 || audit === undefined) return [];
      const folder = kept.find((one) => one.owner === owner)?.folder;
      const names = namesOf(host, {plan, paths, members, ...(folder !== undefined && {folder})});
      return [names.then((found) => ({owner, combine, audit, members, mayDefine: found}))];
    }),
  );
}

async function namesOf(
  host: Host,
  {plan, paths, members, folder}: {plan: Plan; paths: BuildPaths; members: readonly string[]; folder?: string},
): Promise<ReadonlyMap<string, readonly string[]>> {
  const file = folder === undefined ? undefined : join(folder, namesFile);
  const written = file === undefined ? undefined : await host.readFile(file);
  if (written !== undefined) return namesFrom(written, members);
  const wanted = new Set(members);
  const compiles = plan.actions.filter((one): one is CompileAction => one.kind === 'compile' && wanted.has(one.output));
  const found = await mayDefine(host, {members: compiles, paths});
  if (file !== undefined) await writeNames(host, {file, found, members});
  return found;
}

function namesFrom(text: string, members: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const names: Readonly<Record<string, readonly number[]>> = JSON.parse(text);
  return new Map(
    Object.entries(names).map(([name, places]) => [name, places.flatMap((place) => members[place] ?? [])]),
  );
}

async function writeNames(
  host: Host,
  {file, found, members}: {file: string; found: ReadonlyMap<string, readonly string[]>; members: readonly string[]},
): Promise<void> {
  const places = new Map(members.map((member, place) => [member, place]));
  const names = [...found].map(([name, outputs]) => [name, outputs.map((output) => places.get(output))] as const);
  try {
    await host.writeFile(file, JSON.stringify(Object.fromEntries(names)));
  } catch (error) {
    // A store that cannot be written: the next build reads the sources again.
    if (!(error instanceof HostError)) throw error;
  }
}
