#!/usr/bin/env node
// SPDX-License-Identifier: BSD-3-Clause
// Answers --version by itself, before anything else is loaded; the rest is in the bundle.

if (process.argv.length === 3 && (process.argv[2] === '--version' || process.argv[2] === '-V')) {
  const {readFileSync} = await import('node:fs');
  const {version} = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  process.stdout.write(`${version}\n`);
} else {
  await import('../dist/main.js').catch((error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || !String(error.message).includes('dist/main.js')) throw error;
    process.stderr.write('kraft-ts is not bundled yet. Run scripts/setup.sh in its checkout, once.\n');
    process.exitCode = 1;
  });
}
