// SPDX-License-Identifier: BSD-3-Clause

import type {LibName} from '../base/index.ts';
import type {Lib} from '../catalog/index.ts';
import {brokenFacts, isLawful, without} from './check.ts';
import {type Foundation, type Founded, openFoundation, type Selection} from './founded.ts';
import {sameObjective} from './keep.ts';
import {type LockedTarget, lockedTarget} from './lock.ts';
import {levelsOf} from './objective.ts';
import {levelCosts} from './optimise.ts';
import {pose, type Question} from './pose.ts';
import type {Problem} from './problem.ts';
import {readOff} from './read-off.ts';
import type {Solution} from './solution.ts';

/**
 * The lock's solution, if it still is what `solve` would answer; found in plain code, without a SAT solver, so that
 * a build in which nothing changed costs next to nothing. See docs/solver.md#the-lock.
 */
export function recall(question: Question): Solution | undefined {
  const {spec, target, lock, update} = question;
  const locked = lock && lockedTarget(lock, target);
  if (locked === undefined || update !== undefined || !sameObjective(spec, locked)) return undefined;
  return recallIn(pose(question), locked);
}

/** As `recall`, for a problem already posed. */
export function recallIn(problem: Problem, locked: LockedTarget): Solution | undefined {
  const selection = selectionOf(problem, locked);
  if (selection === undefined) return undefined;
  const foundation = openFoundation(problem);
  const founded = foundation.build(selection, () => true);
  if (!isImage(problem, selection, founded)) return undefined;
  if (hasLibToSpare(problem, selection, foundation)) return undefined;
  return readOff(problem, {
    selection,
    founded,
    costs: levelCosts(levelsOf(problem), founded).map((level) => ({...level, least: level.cost})),
    proven: true,
  });
}

/** Whether `solve` would answer what the lock says. */
export function lockStillHolds(question: Question): boolean {
  return recall(question) !== undefined;
}

/** The lock as a claim about today's catalog; undefined where the catalog no longer has what it names. */
function selectionOf(problem: Problem, locked: LockedTarget): Selection | undefined {
  const candidates = new Map(problem.candidates.map((candidate) => [candidate.name, candidate.versions]));
  const versions = new Map<LibName, Lib>();
  for (const entry of locked.libs) {
    const lib = candidates.get(entry.name)?.find((of) => of.version === entry.version);
    if (lib === undefined || !hasSources(lib, entry)) return undefined;
    if (Object.keys(entry.options).some((name) => !lib.options.some((option) => option.name === name)))
      return undefined;
    versions.set(lib.name, lib);
  }
  const options = new Map(locked.libs.map((lib) => [lib.name, lib.options]));
  return {
    versions,
    value: (name, option) =>
      options.get(name)?.[option] ?? versions.get(name)?.options.find((one) => one.name === option)?.default,
  };
}

function hasSources(lib: Lib, locked: LockedTarget['libs'][number]): boolean {
  const now = lib.sources.map((source) => `${source.name} ${source.version} ${source.sha256}`).sort();
  return (
    now.join() ===
    locked.sources
      .map((source) => `${source.name} ${source.version} ${source.sha256}`)
      .sort()
      .join()
  );
}

function isImage(problem: Problem, selection: Selection, founded: Founded): boolean {
  return (
    founded.libs.size === selection.versions.size &&
    isLawful(problem, founded) &&
    brokenFacts(problem, selection, founded).length === 0
  );
}

/** Only an interface for any number of providers can have one too many. */
function hasLibToSpare(problem: Problem, selection: Selection, foundation: Foundation): boolean {
  for (const lib of selection.versions.values()) {
    if (!lib.provides.some((provided) => problem.interfaces.get(provided.interface)?.cardinality === 'any')) continue;
    const less = without(selection, lib.name);
    const founded = foundation.build(less, () => true);
    if (isLawful(problem, founded) && brokenFacts(problem, less, founded).length === 0) return true;
  }
  return false;
}
