// SPDX-License-Identifier: BSD-3-Clause

import {type LibName, versionRange} from '../base/index.ts';
import {openCadical} from './cadical.ts';
import {pose, type Question} from './pose.ts';
import {isUserFact, type Problem, type UserFact} from './problem.ts';
import type {Limit, Literal, OpenSat} from './sat.ts';
import {openSearch} from './search.ts';

/** What somebody has decided about a lib for now. */
export type Pick = 'in' | 'out' | 'either';

/** What picks leave open. */
export type Standing =
  /** Libs that are now in, or out, whatever else is picked; all of them, unless it was stopped. */
  | {readonly kind: 'standing'; readonly forced: ReadonlyMap<LibName, 'in' | 'out'>; readonly complete: boolean}
  /** These picks clash; with none the Kraftfile itself has no answer. */
  | {readonly kind: 'clash'; readonly picks: readonly LibName[]};

/** A question that stays open while somebody tries things out. See docs/solver.md#trying-things-out. */
export interface Session {
  pick(lib: LibName, pick: Pick, limit?: Limit): Standing;
  dispose(): void;
}

/** Opens a session about these libs: the ones that somebody sees and may switch on and off. */
export async function openSession(
  question: Question,
  visible: readonly LibName[],
  openSat: OpenSat = openCadical,
): Promise<Session> {
  const {problem, wishes: facts} = withOffers(question, visible);
  const search = await openSearch(problem, openSat, 'wishes');
  const {words, holds} = search.encoding;
  const literals = new Map(visible.map((name) => [name, words.lib(name)]));
  const wishes = facts.map(holds);
  const picks = new Map<LibName, Literal>();
  let witnesses: ReadonlySet<Literal>[] = [];
  /** What was found impossible, and the picks that made it so: with these, it still is. */
  const because = new Map<Literal, readonly Literal[]>();

  /** What the solver holds just now, as the literals that are true of what is visible. */
  const witness = (): ReadonlySet<Literal> =>
    new Set([...literals.values()].map((literal) => (search.sat.value(literal) ? literal : -literal)));

  /** Of some literals, those that cannot be true any more. */
  function impossible(wanted: readonly Literal[], limit: Limit): readonly Literal[] | undefined {
    const base = [...wishes, ...picks.values()];
    const held = new Set(picks.values());
    const open = wanted.filter((literal) => !witnesses.some((one) => one.has(literal)));
    const never = open.filter((literal) => because.get(literal)?.every((pick) => held.has(pick)) === true);
    const known = new Set(never);
    let waiting = open.filter((literal) => !known.has(literal));
    while (waiting.length > 0) {
      let batch = waiting;
      while (batch.length > 0) {
        const outcome = search.solve([...base, ...batch], limit);
        if (outcome === 'unknown') return undefined;
        if (outcome === 'satisfiable') {
          witnesses.push(witness());
          break;
        }
        const core = search.sat.core();
        const clashing = batch.filter((literal) => core.includes(literal));
        const [only] = clashing;
        if (only === undefined) throw new Error('Internal error: picks clash after all');
        if (clashing.length === 1) {
          never.push(only);
          known.add(only);
          because.set(
            only,
            core.filter((literal) => held.has(literal)),
          );
        }
        // Of those that clash one stays, so that each round settles something.
        const spared = new Set(clashing.slice(1));
        batch = batch.filter((literal) => !spared.has(literal) && !(clashing.length === 1 && literal === only));
      }
      waiting = waiting.filter((literal) => !known.has(literal) && !witnesses.some((one) => one.has(literal)));
    }
    return never;
  }

  return {
    pick(lib, pick, limit = {}) {
      const literal = literals.get(lib);
      if (literal === undefined) throw new Error(`Internal error: ${lib} is not visible`);
      if (pick === 'either') picks.delete(lib);
      else picks.set(lib, pick === 'in' ? literal : -literal);
      const held = [...picks.values()];
      witnesses = witnesses.filter((one) => held.every((each) => one.has(each))).slice(-64);
      if (witnesses.length === 0) {
        const outcome = search.solve([...wishes, ...held], limit);
        if (outcome === 'unknown') return {kind: 'standing', forced: new Map(), complete: false};
        if (outcome === 'unsatisfiable') {
          const core = new Set(search.sat.core());
          return {kind: 'clash', picks: [...picks].filter(([, each]) => core.has(each)).map(([name]) => name)};
        }
        witnesses.push(witness());
      }
      const out = impossible([...literals.values()], limit);
      const stay =
        out &&
        impossible(
          [...literals.values()].map((each) => -each),
          limit,
        );
      const forced = new Map<LibName, 'in' | 'out'>();
      for (const [name, each] of literals) {
        if (out?.includes(each) === true) forced.set(name, 'out');
        if (stay?.includes(-each) === true) forced.set(name, 'in');
      }
      return {kind: 'standing', forced, complete: stay !== undefined};
    },
    dispose() {
      search.sat.dispose();
    },
  };
}

/** The problem in which each of the libs may be asked for, and what of it is not only an offer. */
function withOffers(
  question: Question,
  visible: readonly LibName[],
): {readonly problem: Problem; readonly wishes: readonly UserFact[]} {
  const at = question.target.at;
  const {spec} = question;
  const added = visible.map((name) => ({name, version: versionRange('*'), options: [], at: {...at}}));
  const problem = pose({...question, spec: {...spec, libraries: [...spec.libraries, ...added]}});
  const places = new Set(added.map((request) => request.at));
  return {problem, wishes: problem.facts.filter(isUserFact).filter((fact) => !places.has(fact.at))};
}
