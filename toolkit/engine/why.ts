// SPDX-License-Identifier: BSD-3-Clause

import {
  didYouMean,
  fail,
  type InterfaceName,
  type LibName,
  libName,
  ok,
  quote,
  type Result,
  versionRange,
} from '../base/index.ts';
import type {Catalog, Lib} from '../catalog/index.ts';
import type {ChosenLib, Reason} from '../solve/index.ts';
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
  /** It could be in the image, but nothing asks for it. */
  | {
      readonly kind: 'possible';
      readonly name: LibName;
      readonly instead: readonly {readonly interface: InterfaceName; readonly providers: readonly LibName[]}[];
    }
  /** These facts keep it out. */
  | {readonly kind: 'impossible'; readonly name: LibName; readonly facts: readonly Reason[]};

/** Says why a lib or an interface is in the image of a target, or why it is not. */
export async function whyIs(engine: Engine, name: string, request: TargetRequest): Promise<Result<Why>> {
  const answer = await solveProject(engine, request);
  if (!answer.ok) return answer;
  const {catalog, solution} = answer.value;
  const chosen = solution.libs.find((lib) => lib.name === name);
  if (chosen !== undefined) return ok({kind: 'chosen', lib: chosen, chain: chainTo(chosen, solution.libs)});
  const lib = catalog.libs.find((each) => each.name === name);
  if (lib !== undefined) return whyNot(lib, answer.value);
  const wanted = catalog.interfaces.find((each) => each.name === name);
  if (wanted !== undefined) return ok(whyInterface(wanted.name, answer.value));
  return unknown(name, catalog);
}

/** Reasons from the user's down to the lib. Each lib is passed once, so that a circle of needs ends. */
function chainTo(
  lib: ChosenLib,
  libs: readonly ChosenLib[],
  seen: ReadonlySet<LibName> = new Set(),
): readonly Reason[] {
  const reasons = lib.reasons.filter(({from}) => from === undefined || !seen.has(from));
  const [first] = reasons;
  if (first === undefined) return [];
  const from = libs.find(({name}) => name === first.from);
  return [...(from === undefined ? [] : chainTo(from, libs, new Set([...seen, lib.name]))), first];
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

/** Asks for the lib, and sees what comes of it. */
async function whyNot(lib: Lib, {spec, catalog, target, solution}: Answer): Promise<Result<Why>> {
  const {solve} = await import('../solve/index.ts');
  const request = {name: libName(lib.name), version: versionRange('*'), options: [], at: lib.at};
  const answer = await solve({spec: {...spec, libraries: [...spec.libraries, request]}, catalog, target});
  if (answer.kind === 'conflict') return ok({kind: 'impossible', name: lib.name, facts: answer.facts});
  const instead = lib.provides.map((each) => ({
    interface: each.interface,
    providers: solution.providers.get(each.interface) ?? [],
  }));
  return ok({kind: 'possible', name: lib.name, instead});
}

function unknown(name: string, {libs, interfaces}: Catalog): Result<never> {
  const near = didYouMean(
    name,
    [...libs, ...interfaces].map((each) => each.name),
  );
  const help = near === undefined ? 'kraft-ts list shows what there is.' : `Did you mean ${quote(near)}?`;
  return fail([{severity: 'error', message: `The catalog has no ${quote(name)}.`, help}]);
}
