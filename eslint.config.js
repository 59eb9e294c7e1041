// SPDX-License-Identifier: BSD-3-Clause
// Only the rules that need types; biome has the rest.

import tseslint from 'typescript-eslint';

export default tseslint.config(
  {ignores: ['node_modules/', 'dist/', '**/*.js', '**/*.mjs', '**/*.cjs', '**/.kraft/']},
  {
    files: ['**/*.{ts,tsx}'],
    plugins: {'@typescript-eslint': tseslint.plugin},
    linterOptions: {reportUnusedDisableDirectives: 'off'},
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: {projectService: {allowDefaultProject: ['*.ts']}, tsconfigRootDir: import.meta.dirname},
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', {checksVoidReturn: false}],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', {considerDefaultExhaustiveForUnions: true}],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  {files: ['{toolkit,cli,tui}/**/*.{ts,tsx}'], rules: {'no-restricted-globals': ['error', 'console']}},
  {
    files: ['**/*.test.{ts,tsx}', 'test/**/*.ts', 'bench/**/*.ts'],
    rules: {'@typescript-eslint/no-non-null-assertion': 'off'},
  },
);
