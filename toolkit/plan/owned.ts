// SPDX-License-Identifier: BSD-3-Clause

import type {Action, AuditAction, CompileAction} from './action.ts';

/**
 * The objects of one owner, the one relocatable that they become, and its audit. An owner without a file, such as a
 * lib whose contract is all in a header, has none.
 */
export function owned(
  compiles: readonly CompileAction[],
  {
    owner,
    because,
    members = [],
    ...audit
  }: Omit<AuditAction, 'kind' | 'input' | 'objects'> & {members?: readonly string[]},
): readonly Action[] {
  if (compiles.length === 0 && audit.promises.length === 0) return [];
  const inputs = compiles.flatMap(({output}) => (members.includes(output) ? [] : [output]));
  const keep = audit.promises.map(({symbol}) => symbol);
  const output = `$build/lib/${owner}.o`;
  return [
    ...compiles,
    ...(compiles.length === 0
      ? []
      : [
          {
            ...({kind: 'combine', owner, inputs} as const),
            ...(members.length > 0 && {members}),
            ...{output, keep, because},
          },
        ]),
    {
      kind: 'audit',
      owner,
      input: output,
      objects: compiles.map((one) => ({output: one.output, input: one.input})),
      ...audit,
      because,
    },
  ];
}
