// SPDX-License-Identifier: BSD-3-Clause

import {defineConfig} from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{toolkit,cli,tui,test,bench}/**/*.test.{ts,tsx}'],
    // A build folder has links to all that it is made from.
    exclude: ['**/node_modules/**', '**/.kraft/**', 'dist/**'],
    globalSetup: 'test/rig/set-up.ts',
    testTimeout: 180_000,
    hookTimeout: 900_000,
    // Boots and builds share the machine's cores with the tests of other files.
    maxWorkers: 2,
    // Libs of the toolkit are compiled once, not for each project that a test makes.
    env: {NO_COLOR: '1', KRAFT_TS_KEEP: 'all'},
  },
});
