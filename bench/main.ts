// SPDX-License-Identifier: BSD-3-Clause

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

/** `npm run bench [-- [--json] [GROUP …]]`: measures and prints the table; exits 1 when a figure is above its limit. */
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
  const results: {readonly group: string; readonly row: Row; readonly figure: number}[] = [];
  for (const group of groups.filter(({name}) => wanted.length === 0 || wanted.includes(name))) {
    for (const row of await attempt(group.name, () => group.rows(), [])) {
      const figure = await attempt(row.name, () => row.measure(), undefined);
      if (figure === undefined) continue;
      results.push({group: group.name, row, figure});
      if (!json) process.stdout.write(line(row, figure));
      if (figure > row.atMost) process.exitCode = 1;
    }
  }
  if (json) {
    const rows = results.map(({group, row, figure}) => ({
      group,
      name: row.name,
      figure,
      unit: row.unit,
      atMost: row.atMost,
      peer: row.peer,
      command: `npm run bench -- ${group}`,
    }));
    process.stdout.write(`${JSON.stringify(rows, undefined, 2)}\n`);
  }
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

function line(row: Row, figure: number): string {
  const verdict = figure <= row.atMost ? 'ok  ' : 'OVER';
  return `${verdict} ${row.name.padEnd(46)} ${number(figure).padStart(10)} ${row.unit.padEnd(12)} at most ${number(row.atMost).padStart(7)}   Unikraft: ${row.peer}\n`;
}

function number(value: number): string {
  return value.toLocaleString('en-US', {maximumFractionDigits: Number.isInteger(value) ? 0 : 2});
}

await main(process.argv.slice(2));
