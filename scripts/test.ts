// SPDX-License-Identifier: BSD-3-Clause
// Runs every test, and ends with a line that says how many passed and failed.

import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly unknown[];
  }[];
}

const root = path.resolve(import.meta.dirname, '..');
const folder = mkdtempSync(path.join(tmpdir(), 'kraft-ts-test-'));
const report = path.join(folder, 'report.json');
const started = Date.now();
const vitest = spawnSync(
  path.join(root, 'node_modules/.bin/vitest'),
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)],
  {cwd: root, stdio: 'inherit'},
);
const {passed, failed} = count(readReport(report), vitest.status);
rmSync(folder, {recursive: true, force: true});

process.stdout.write(`\n${Math.round((Date.now() - started) / 1000)} s\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

function readReport(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A file that fails before its first test counts as one, and so does a run that fails for another reason. */
function count(report: Report | undefined, status: number | null): {passed: number; failed: number} {
  if (report === undefined) return {passed: 0, failed: 1};
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const failed = report.numFailedTests + broken.length;
  return {passed: report.numPassedTests, failed: failed === 0 && status !== 0 ? 1 : failed};
}
