// SPDX-License-Identifier: BSD-3-Clause

import type {InterfaceName, LibName} from '../base/index.ts';
import {couldServe, type Fact, needOfApp, type Problem, provision} from './problem.ts';

/**
 * Facts in the order in which a person would tell them: what the user wrote, each followed by what it leads to,
 * and last the rules that all of that runs against. See docs/solver.md#explanations.
 */
export function argue(problem: Problem, facts: readonly Fact[]): readonly Fact[] {
  const told: Fact[] = [];
  const left = new Set(facts);
  const tell = (fact: Fact): void => {
    if (!left.delete(fact)) return;
    told.push(fact);
    for (const lib of introduces(problem, fact)) {
      for (const next of facts) if (next.kind === 'weighs' && next.lib === lib) tell(next);
      for (const next of facts) if (next.kind === 'defaults' && next.lib === lib) tell(next);
      for (const next of facts) if (follows(next, lib)) tell(next);
    }
  };
  const opening = facts.filter((fact) => rank(fact) === 0).sort((a, b) => a.at.offset - b.at.offset);
  for (const fact of opening) tell(fact);
  for (const fact of [...left].sort((a, b) => rank(a) - rank(b))) tell(fact);
  return told;
}

/** Whether a manifest's fact about a lib is the next thing to say once the lib has come up. */
function follows(fact: Fact, lib: LibName): boolean {
  return (fact.kind === 'needs' || fact.kind === 'limits' || fact.kind === 'excludes') && fact.lib === lib;
}

/** The libs that a fact brings up: those it names, or those that could serve it. */
function introduces(problem: Problem, fact: Fact): readonly LibName[] {
  switch (fact.kind) {
    case 'wants-lib':
    case 'chooses':
    case 'target-platform':
    case 'target-arch':
      return [fact.lib];
    case 'wants-interface':
      return able(problem, fact.interface, (lib) => couldServe(lib, needOfApp(fact)));
    case 'needs':
      return able(problem, fact.need.interface, (lib) => couldServe(lib, fact.need));
    default:
      return [];
  }
}

function able(
  problem: Problem,
  name: InterfaceName,
  fits: (lib: Problem['candidates'][number]['versions'][number]) => boolean,
): readonly LibName[] {
  return problem.candidates
    .filter((candidate) => candidate.versions.some((lib) => provision(lib, name) !== undefined && fits(lib)))
    .map((candidate) => candidate.name);
}

/** What opens the argument comes first, what closes it last. */
function rank(fact: Fact): number {
  switch (fact.kind) {
    case 'wants-lib':
    case 'wants-interface':
      return 0;
    case 'sets':
      return 1;
    case 'chooses':
      return 2;
    case 'needs':
    case 'defaults':
      return 3;
    case 'target-platform':
    case 'target-arch':
      return 4;
    case 'limits':
    case 'excludes':
    case 'accepts':
    case 'weighs':
      return 5;
    case 'takes-one':
      return 6;
    case 'budget':
      return 7;
  }
}
