// SPDX-License-Identifier: BSD-3-Clause

import {
  type Diagnostic,
  type InterfaceName,
  type LibName,
  printSize,
  unreachable,
  versionRange,
} from '../base/index.ts';
import type {Change, Composition, Difference, LockedTarget, Repair} from '../solve/index.ts';
import type {Edit} from '../spec/index.ts';
import type {Clash} from './answer.ts';
import {type Cost, costOf} from './what-if-cost.ts';

/** A way out of a conflict: what to change in the Kraftfile, and what that comes to. */
export interface Offer {
  readonly text: string;
  readonly edits: readonly Edit[];
  readonly cost: Cost;
  /** How the image becomes another, where there was one before. */
  readonly change?: Difference;
}

/** Why there is no image, without a word about what helps. */
export async function explain({conflict}: Clash): Promise<Diagnostic> {
  const {diagnose} = await import('../solve/index.ts');
  const {help: _, ...diagnostic} = diagnose(conflict);
  return diagnostic;
}

/**
 * The smallest changes that help, best first, and what each makes of an image: of `image`, or else of what kraft.lock
 * holds. See docs/solver.md#repairs.
 */
export async function offersFor(clash: Clash, image?: Composition): Promise<readonly Offer[]> {
  const {difference, lockedTarget, repair} = await import('../solve/index.ts');
  const locked = clash.lock && lockedTarget(clash.lock, clash.target);
  const before = image ?? (locked && compositionOf(locked, clash));
  const repairs = await repair(clash.question);
  return repairs.map((found) => ({
    text: found.text,
    edits: editsOf(found, clash),
    cost: costOf(found.solution, clash.catalog),
    ...(before !== undefined && {change: difference(before, found.solution, clash.catalog)}),
  }));
}

/** A lock leaves out what is as each lib has it by itself. */
function compositionOf({libs}: LockedTarget, {catalog}: Clash): Composition {
  return {
    libs: libs.map(({name, version, options}) => {
      const lib = catalog.libs.find((other) => other.name === name && other.version === version);
      const defaults = (lib?.options ?? []).map((option) => [option.name, option.default] as const);
      return {name, version, options: {...Object.fromEntries(defaults), ...options}};
    }),
  };
}

function editsOf(repair: Repair, clash: Clash): readonly Edit[] {
  const edits = repair.changes.map((change) => editOf(change, repair, clash));
  const isTarget = (edit: Edit): boolean => edit.kind === 'retarget';
  // Another platform and another arch are one change.
  const [target] = edits.filter(isTarget);
  return [...(target === undefined ? [] : [target]), ...edits.filter((edit) => !isTarget(edit))];
}

function editOf(change: Change, {solution}: Repair, {spec, target}: Clash): Edit {
  if (change.kind === 'raise') return {kind: 'set', key: 'budget', entry: change.of, value: printSize(change.most)};
  if (change.kind === 'set') return {kind: 'set-option', lib: change.lib, option: change.option, value: change.value};
  switch (change.what) {
    case 'target-platform':
    case 'target-arch':
      return {
        kind: 'retarget',
        from: {platform: target.platform, arch: target.arch},
        to: {platform: solution.platform, arch: solution.arch},
      };
    case 'wants-lib': {
      const lib = nameOf(spec.libraries, change);
      const version = solution.libs.find((chosen) => chosen.name === lib)?.version;
      if (change.kind === 'remove' || version === undefined) return {kind: 'drop', lib};
      return {kind: 'want', lib, version: versionRange(`^${version}`)};
    }
    case 'wants-interface': {
      // A root file system and a volume are needs of whoever shows them.
      if (change.at === spec.rootfs?.at) return {kind: 'unset', key: 'rootfs'};
      if (spec.volumes.some(({at}) => at === change.at)) return {kind: 'unset', key: 'volumes'};
      const name = nameOf(spec.needs, change);
      if (change.kind === 'remove') return {kind: 'drop-need', interface: name};
      return {kind: 'need', interface: name, version: versionRange('*')};
    }
    case 'chooses': {
      const row = spec.choose.find((each) => each.provider.at === change.at);
      if (row === undefined) throw new Error(`Internal error: nobody chooses ${change.name}`);
      return chooseOther(row.interface.value, solution.providers.get(row.interface.value) ?? []);
    }
    case 'budget':
      return {kind: 'unset', key: 'budget', entry: change.name};
    case 'sets': {
      const request = spec.libraries.find((each) => each.options.some((option) => option.at === change.at));
      const option = request?.options.find((each) => each.at === change.at);
      if (request === undefined || option === undefined) throw new Error(`Internal error: nobody sets ${change.name}`);
      return {kind: 'unset-option', lib: request.name, option: option.name};
    }
    default:
      return unreachable(change);
  }
}

function chooseOther(wanted: InterfaceName, providers: readonly LibName[]): Edit {
  const [only, ...others] = providers;
  if (only === undefined || others.length > 0) return {kind: 'unchoose', interface: wanted};
  return {kind: 'choose', interface: wanted, lib: only};
}

function nameOf<N extends string>(rows: readonly {readonly name: N}[], {name}: {readonly name: string}): N {
  const found = rows.find((row) => row.name === name);
  if (found === undefined) throw new Error(`Internal error: the Kraftfile does not name ${name}`);
  return found.name;
}
