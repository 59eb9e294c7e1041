// SPDX-License-Identifier: BSD-3-Clause

import {spawn} from 'node:child_process';
import path from 'node:path';
import {repository} from '../rig/repository.ts';

/** What a database said when it was opened, before more rows went in. */
export interface Life {
  /** What `PRAGMA integrity_check` says: `ok`. */
  readonly integrity: string;
  readonly count: number;
  readonly largest: number;
  /** Rows whose text is not what was written. */
  readonly wrong: number;
  /** The last row whose commit the shell told of. */
  readonly kept: number;
}

export interface LifeOptions {
  /** The project, built, with SQLite's shell. */
  readonly cwd: string;
  /** As `./data:/data`. */
  readonly volume: string;
  /** Rows to put in, each in a transaction of its own. */
  readonly rows: number;
  /** Kills the guest so many milliseconds after this many rows; absent: it lives to its end. */
  readonly kill?: {readonly after: number; readonly wait: number};
}

const open = `.mode list
CREATE TABLE IF NOT EXISTS t(a INTEGER PRIMARY KEY, b TEXT);
PRAGMA integrity_check;
SELECT 'found', count(*), ifnull(max(a), 0), ifnull(sum(b <> 'row ' || a), 0) FROM t;
`;
const insert = `INSERT INTO t SELECT n, 'row ' || n FROM (SELECT ifnull(max(a), 0) + 1 AS n FROM t);
SELECT 'kept', max(a) FROM t;
`;

/** One guest of SQLite's shell upon a database in a volume: it looks at what there is, and puts rows in. */
export function live({cwd, volume, rows, kill}: LifeOptions): Promise<Life> {
  const program = path.join(repository, 'bin/kraft-ts.mjs');
  const words = ['run', '--no-build', '-v', volume, '--', '/data/t.db'];
  const child = spawn(process.execPath, [program, ...words], {cwd, stdio: ['pipe', 'pipe', 'ignore']});
  child.stdin.on('error', () => {}); // it is killed while there is more to read
  child.stdin.end(open + insert.repeat(rows));
  let said = '';
  let killing = kill === undefined;
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    said += piece;
    if (killing || kill === undefined || said.split('\nkept').length <= kill.after) return;
    killing = true;
    setTimeout(() => child.kill('SIGKILL'), kill.wait); // the guest dies with its tool
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(told(said)));
  });
}

function told(said: string): Life {
  const lines = said.replaceAll('\r', '').split('\n').slice(0, -1); // the last may be half a line
  const found = lines.find((line) => line.startsWith('found|'))?.split('|') ?? [];
  const kept = lines.findLast((line) => line.startsWith('kept|'))?.split('|') ?? [];
  const [, count, largest, wrong] = found.map(Number);
  return {
    integrity: lines[0] ?? said,
    count: count ?? -1,
    largest: largest ?? -1,
    wrong: wrong ?? -1,
    kept: Number(kept[1] ?? largest ?? -1),
  };
}
