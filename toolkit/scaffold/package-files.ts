// SPDX-License-Identifier: BSD-3-Clause

/** What makes a folder an npm package that the toolkit knows, and has it tested wherever it is pushed. */
export interface PackageFacts {
  readonly name: string;
  readonly version: string;
  readonly summary: string;
  readonly license: string;
  readonly keywords: readonly string[];
  /** What belongs into the tarball beside README.md, LICENSE and package.json, which npm always takes. */
  readonly files: readonly string[];
  /** Of the toolkit that wrote it. */
  readonly toolkit: string;
}

/** By path. */
export type Files = ReadonlyMap<string, string>;

export function packageFiles(facts: PackageFacts): Files {
  const {name, version, summary, license, keywords, files, toolkit} = facts;
  const manifest = {
    name,
    version,
    description: summary,
    license,
    keywords: ['kraft-ts', ...keywords],
    // This key says that the package brings a lib or an interface, and for which toolkit.
    engines: {'kraft-ts': `>=${toolkit}`},
    files,
    scripts: {test: 'kraft-ts lib test'},
  };
  return new Map([
    ['package.json', `${JSON.stringify(manifest, undefined, 2)}\n`],
    ['.github/workflows/test.yml', workflow],
    ['.gitignore', '/.kraft/\n/node_modules/\n*.tgz\n'],
  ]);
}

const workflow = `name: test
on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with: {node-version: 20}
      - run: sudo apt-get update && sudo apt-get install -y --no-install-recommends gcc clang libclang-rt-dev ninja-build qemu-system-x86 xz-utils
      - run: npx --yes kraft-ts lib check
      - run: npx --yes kraft-ts lib test --tap
`;
