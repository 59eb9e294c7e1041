// SPDX-License-Identifier: BSD-3-Clause

import {didYouMean, fail, type InterfaceName, type LibName, ok, quote, type Result} from '../base/index.ts';
import type {Catalog, Lib} from '../catalog/index.ts';
import type {ChosenLib, Difference, Reason, Solution} from '../solve/index.ts';
import {type Answer, solveProject} from './answer.ts';
import type {Engine} from './engine.ts';
import type {TargetRequest} from './target.ts';

/** Why something is in the image, or is not. */
export type Why =
  | {
      readonly kind: 'chosen';
      readonly lib: ChosenLib;
      /** From what the user wrote to the lib, a step each. */
      readonly chain: readonly Reason[];
    }
  | {
      readonly kind: 'interface';
      readonly name: InterfaceName;
      readonly providers: readonly LibName[];
      readonly neededBy: readonly {readonly name: LibName | 'the app'; readonly because?: string}[];
    }
  /** It could be in the image, but nothing asks for it; and what would then be otherwise. */
  | {readonly kind: 'possible'; readonly name: LibName; readonly change: Difference}
  /** These facts keep it out. */
  | {readonly kind: 'impossible'; readonly name: LibName; readonly facts: readonly Reason[]};

/** Says why a lib or an interface is in the image of a target, or why it is not. */
export async function whyIs(engine: Engine, name: string, request: TargetRequest): Promise<Result<Why>> {
  const answer = await solveProject(engine, request);
  return answer.ok ? whyIn(answer.value, name) : answer;
}

/** As `whyIs`, of an answer that is there already. */
export async function whyIn(answer: Answer, name: string): Promise<Result<Why>> {
  const {catalog, solution} = answer;
  const chosen = solution.libs.find((lib) => lib.name === name);
  if (chosen !== undefined) return ok({kind: 'chosen', lib: chosen, chain: await chainTo(chosen, solution)});
  const lib = catalog.libs.find((each) => each.name === name);
  if (lib !== undefined) return ok(await whyOut(lib, answer));
  const wanted = catalog.interfaces.find((each) => each.name === name);
  if (wanted !== undefined) return ok(whyInterface(wanted.name, answer));
  return unknown(name, catalog);
}

async function chainTo(lib: ChosenLib, solution: Solution): Promise<readonly Reason[]> {
  const {why} = await import('../solve/index.ts');
  return why(solution, lib.name)
    .map(({reason}) => reason)
    .reverse();
}

function whyInterface(name: InterfaceName, {spec, solution, catalog}: Answer): Why {
  const users = solution.libs.flatMap((chosen) => {
    const lib = catalog.libs.find((each) => each.name === chosen.name && each.version === chosen.version);
    const need = lib?.needs.find((each) => each.interface === name);
    return need === undefined ? [] : [{name: chosen.name, ...(need.because !== undefined && {because: need.because})}];
  });
  const app = spec.needs.some((need) => need.name === name) ? [{name: 'the app' as const}] : [];
  return {kind: 'interface', name, providers: solution.providers.get(name) ?? [], neededBy: [...app, ...users]};
}

async function whyOut(lib: Lib, {spec, catalog, target, solution}: Answer): Promise<Why> {
  const {whyNot} = await import('../solve/index.ts');
  const answer = await whyNot({spec, catalog, target}, solution, lib.name);
  if (answer.kind === 'in') throw new Error(`Internal error: ${lib.name} is in after all`);
  if (answer.kind === 'impossible') return {kind: 'impossible', name: lib.name, facts: answer.conflict.facts};
  return {kind: 'possible', name: lib.name, change: answer.change};
}

function unknown(name: string, {libs, interfaces}: Catalog): Result<never> {
  const near = didYouMean(
    name,
    [...libs, ...interfaces].map((each) => each.name),
  );
  const help = near === undefined ? 'kraft-ts list shows what there is.' : `Did you mean ${quote(near)}?`;
  return fail([{severity: 'error', message: `The catalog has no ${quote(name)}.`, help}]);
}
