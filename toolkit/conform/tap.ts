// SPDX-License-Identifier: BSD-3-Clause

/** What came of one test of a suite. */
export interface Case {
  readonly name: string;
  readonly passed: boolean;
  /** Failed: the check that failed first. */
  readonly check?: {readonly file: string; readonly line: number; readonly condition: string};
}

/** The tests that a suite tells of, in TAP: `ok 1 - name`, or `not ok 2 - name: file:line: condition`. */
export function readTap(output: string): {readonly cases: readonly Case[]; readonly complete: boolean} {
  const cases: Case[] = [];
  for (const line of output.split(/\r?\n/)) {
    const [, not, name, rest] = /^(not )?ok \d+ - ([^:\s]+)(?:: (.*))?$/.exec(line) ?? [];
    if (name === undefined) continue;
    const [, file, at, condition] = /^(.*?):(\d+): (.*)$/.exec(rest ?? '') ?? [];
    const check = file === undefined || condition === undefined ? {} : {check: {file, line: Number(at), condition}};
    cases.push({name, passed: not === undefined, ...check});
  }
  const [, last] = /^1\.\.(\d+)\r?$/m.exec(output) ?? [];
  return {cases, complete: last !== undefined && Number(last) === cases.length};
}
