// SPDX-License-Identifier: BSD-3-Clause

import type {LibName} from '../base/index.ts';
import type {Lib} from '../catalog/index.ts';
import {openReach} from './pose.ts';
import {isUserFact, type Problem, type UserFact} from './problem.ts';

/**
 * The part of a problem that some of the user's facts are about, when these clash whatever else is so. Others are
 * left out, but for those with which things might be otherwise: they could change an option, or bring in another
 * platform or arch that some manifest speaks of.
 */
export function narrow(problem: Problem, clashing: readonly UserFact[]): Problem {
  const libs = problem.candidates.flatMap((candidate) => candidate.versions);
  const reach = openReach(libs);
  const decisive = decisiveLibs(libs, problem);
  const matters = (fact: UserFact): boolean => {
    if (
      clashing.includes(fact) ||
      fact.kind === 'sets' ||
      fact.kind === 'budget' ||
      fact.kind === 'target-platform' ||
      fact.kind === 'target-arch'
    )
      return true;
    return [...reach([fact]).keys()].some((name) => decisive.has(name));
  };
  const kept = problem.facts.filter(isUserFact).filter(matters);
  const reached = reach(kept);
  return {
    ...problem,
    candidates: problem.candidates.filter((candidate) => reached.has(candidate.name)),
    facts: problem.facts.filter((fact) =>
      isUserFact(fact) ? kept.includes(fact) : !('lib' in fact) || reached.has(fact.lib),
    ),
  };
}

/** Libs that ask for options, and platforms and arches other than the target's on which something depends. */
function decisiveLibs(libs: readonly Lib[], {platform, arch}: Problem): ReadonlySet<LibName> {
  const decisive = new Set<LibName>();
  for (const lib of libs) {
    if (lib.needs.some((need) => Object.keys(need.options).length > 0)) decisive.add(lib.name);
    for (const name of [...(lib.arches?.value ?? []), ...(lib.platforms?.value ?? [])]) decisive.add(name);
    for (const {when} of [...lib.needs, ...lib.excludes])
      for (const name of [when?.arch, when?.platform]) if (name !== undefined) decisive.add(name);
  }
  decisive.delete(platform);
  decisive.delete(arch);
  return decisive;
}
