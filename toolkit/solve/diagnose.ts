// SPDX-License-Identifier: BSD-3-Clause

import type {Diagnostic} from '../base/index.ts';
import type {Conflict, Reason} from './solution.ts';

/** A conflict as something to print: what clashes, fact by fact, each where it was written. */
export function diagnose(conflict: Conflict): Diagnostic {
  const target = `${conflict.platform}/${conflict.arch}`;
  const first = conflict.facts.find((fact) => fact.from === undefined);
  const what = conflict.facts.length === 1 ? 'this cannot be had' : 'these do not go together';
  return {
    severity: 'error',
    message: `There is no image for ${target}: ${what}.`,
    ...(first?.at === undefined ? {} : {at: first.at}),
    notes: conflict.facts.map((fact, index) => ({
      message: index > 0 && index === conflict.facts.length - 1 ? but(fact) : fact.text,
      ...(fact.at === undefined ? {} : {at: fact.at}),
    })),
    ...(conflict.help === undefined ? {} : {help: conflict.help}),
  };
}

/** The last step of an argument. Only our own words begin with a capital; a lib's name does not. */
function but({text}: Reason): string {
  return `But ${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;
}
