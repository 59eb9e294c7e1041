// SPDX-License-Identifier: BSD-3-Clause

import {bareNode, isTime, type Verdict, verdict} from './bare-node.ts';
import type {Group, Row} from './row.ts';
import {boot} from './rows/boot.ts';
import {buildTimes} from './rows/build.ts';
import {guest} from './rows/guest.ts';
import {http} from './rows/http.ts';
import {menuconfig} from './rows/menuconfig.ts';
import {packages} from './rows/packages.ts';
import {redis} from './rows/redis.ts';
import {solver} from './rows/solver.ts';
import {sqlite} from './rows/sqlite.ts';

const groups: readonly Group[] = [boot, http, guest, redis, sqlite, buildTimes, solver, menuconfig, packages];

interface Measured {
  readonly group: string;
  readonly row: Row;
  readonly figure: number;
  /** Seconds of a Node that does nothing, here and now. */
  readonly node: number;
  readonly verdict: Verdict;
}

/**
 * `npm run bench [-- [--json] [GROUP …]]`: measures and prints the table; exits 1 when a figure is above its limit. A
 * time above it counts only where it would be so on a machine of usual speed as well.
 */
async function main(args: readonly string[]): Promise<void> {
  const json = args.includes('--json');
  const wanted = args.filter((argument) => !argument.startsWith('-'));
  const unknown = wanted.filter((name) => !groups.some((group) => group.name === name));
  if (unknown.length > 0) {
    process.stderr.write(
      `There is no group "${unknown.join('", "')}". Expected one of ${groups.map((group) => group.name).join(', ')}.\n`,
    );
    process.exitCode = 2;
    return;
  }
  const results: Measured[] = [];
  for (const group of groups.filter(({name}) => wanted.length === 0 || wanted.includes(name))) {
    let node = bareNode();
    for (const row of await attempt(group.name, () => group.rows(), [])) {
      const figure = await attempt(row.name, () => row.measure(), undefined);
      if (figure === undefined) continue;
      if (isTime(row.unit)) node = Math.min(node, bareNode());
      const result = {group: group.name, row, figure, node, verdict: verdict(row, figure, node)};
      results.push(result);
      if (!json) process.stdout.write(line(result));
      if (result.verdict === 'OVER') process.exitCode = 1;
    }
  }
  if (json) process.stdout.write(`${JSON.stringify(results.map(toJson), undefined, 2)}\n`);
}

function toJson({group, row, figure, node, verdict}: Measured): object {
  const {name, unit, atMost, peer} = row;
  const time = isTime(unit) ? {bareNode: node} : {};
  return {group, name, figure, unit, atMost, ...time, verdict, peer, command: `npm run bench -- ${group}`};
}

/** What cannot be measured is told, and the rest is measured all the same. */
async function attempt<T>(name: string, measure: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await measure();
  } catch (error) {
    process.stderr.write(`FAILED ${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
    return otherwise;
  }
}

function line({row, figure, node, verdict}: Measured): string {
  const seconds = row.unit === 'ms' ? figure / 1000 : figure;
  const times = isTime(row.unit) ? `   = ${number(seconds / node)} × node -e 0` : '';
  return `${verdict.padEnd(4)} ${row.name.padEnd(46)} ${number(figure).padStart(10)} ${row.unit.padEnd(12)} at most ${number(row.atMost).padStart(7)}   Unikraft: ${row.peer}${times}\n`;
}

function number(value: number): string {
  return value.toLocaleString('en-US', {maximumFractionDigits: Number.isInteger(value) ? 0 : 2});
}

await main(process.argv.slice(2));
