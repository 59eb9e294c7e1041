// SPDX-License-Identifier: BSD-3-Clause

import {type Diagnostic, fail, ok, quote, type Result} from '../base/index.ts';
import type {Interface, Lib} from '../catalog/index.ts';
import {type Declaration, declarationsOf, membersOf} from './declarations.ts';
import {type Files, packageFiles} from './package-files.ts';
import {rustCrate} from './rust-files.ts';
import {staticStub, stubOf} from './stubs.ts';

export interface NewLib {
  readonly name: string;
  readonly license: string;
  /** What it is to provide, and the texts of that interface's headers. */
  readonly provides: {readonly interface: Interface; readonly headers: readonly string[]};
  /** Providers that there are: what they need is a hint. */
  readonly others: readonly Lib[];
  readonly language: NewLanguage;
  /** The toolkit's version. */
  readonly toolkit: string;
}

/** What a lib can be begun in. */
export type NewLanguage = 'c' | 'c++' | 'rust';

/** In the language of its rooms, or where rustc looks for it. */
function sourceFile({name, language}: NewLib): string {
  return {c: `src/${name}.c`, 'c++': `src/${name}.cpp`, rust: 'src/lib.rs'}[language];
}

/** The files of a lib that builds at once and does nothing yet. */
export function libFiles(lib: NewLib): Result<Files> {
  const {interface: of, headers} = lib.provides;
  const code = of.cardinality === 'one' ? symbolsCode(lib, headers.join('\n')) : driverCode(lib, headers.join('\n'));
  if (!code.ok) return code;
  const summary = `A provider of ${of.name}.`;
  const facts = {
    name: lib.name,
    version: '0.1.0',
    summary,
    license: lib.license,
    keywords: [of.name],
    files: ['lib.yaml', 'src', 'test'],
    toolkit: lib.toolkit,
  };
  return ok(
    new Map([
      ['lib.yaml', manifest(lib, summary)],
      [sourceFile(lib), code.value.source],
      ...code.value.test,
      ['README.md', readme(lib)],
      ...packageFiles(facts),
    ]),
  );
}

interface Code {
  readonly source: string;
  /** None where there is nothing that could be tested yet. */
  readonly test: Files;
}

function symbolsCode(lib: NewLib, header: string): Result<Code> {
  const {interface: of} = lib.provides;
  const declarations = declarationsOf(header, of.symbols);
  const lacking = of.symbols.filter((symbol) => declarations.every(({name}) => name !== symbol));
  if (lacking.length > 0) return fail([undeclared(of, lacking)]);
  const functions = declarations.filter((each) => each.kind === 'function');
  const idea = `What ${of.name}.h promises, function by function.`;
  const crate = lib.language === 'rust' ? rustCrate({license: lib.license, idea, declarations}) : undefined;
  if (crate !== undefined && 'unfit' in crate) return fail([notInRust(of, crate.unfit)]);
  return ok({
    source: crate?.source ?? [opening(lib, idea), ...declarations.map((each) => stubOf(each, lib.language))].join('\n'),
    test:
      functions.length === 0
        ? new Map()
        : test(lib, {
            before: [
              'static void (*const functions[])(void) = {',
              ...functions.map(({name}) => `    (void (*)(void))${name},`),
              '};',
              '',
            ],
            name: 'every_function_is_there',
            body: [
              '    for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++)',
              '        KR_CHECK(functions[i] != NULL);',
            ],
          }),
  });
}

function driverCode(lib: NewLib, header: string): Result<Code> {
  const {interface: of} = lib.provides;
  if (lib.language === 'rust') return fail([notInRust(of, of.driver ?? of.name)]);
  const members = membersOf(header, of.driver ?? '');
  if (of.driver === undefined || members.length === 0) return fail([undeclared(of, [of.driver ?? 'a driver struct'])]);
  const functions = members.filter(
    (each): each is Extract<Declaration, {kind: 'function'}> => each.kind === 'function',
  );
  const symbol = `${cName(lib.name)}_${cName(of.name)}`;
  const own = ({name}: {readonly name: string}): string => `${cName(lib.name)}_${name}`;
  const fields = members.map((member) => {
    if (member.kind === 'function') return `    .${member.name} = ${own(member)},`;
    const text = member.kind === 'member' ? member.text : '';
    if (text.endsWith(']')) return `    .${member.name} = {0},`;
    return `    .${member.name} = ${/\bchar \*/.test(text) ? `"${lib.name}"` : '0'},`;
  });
  const declared = `extern const struct ${of.driver} ${symbol};`;
  return ok({
    source: [
      opening(lib, `One const struct, from which the build makes the table of drivers.`),
      ...functions.map((each) => staticStub({...each, name: own(each)}, lib.language)),
      `${declared}\nconst struct ${of.driver} ${symbol} = {\n${fields.join('\n')}\n};\n`,
    ].join('\n'),
    test: test(lib, {
      before: [declared, ''],
      name: 'it_has_a_name',
      body: [`    KR_CHECK(${symbol}.name != NULL && ${symbol}.name[0] != '\\0');`],
    }),
  });
}

function opening({license, provides}: NewLib, idea: string): string {
  return [
    `/* SPDX-License-Identifier: ${license} */`,
    '/*',
    ` * ${idea}`,
    ' * Say here how it does that, what its limits are, and when to use it.',
    ' */',
    ...includes(provides),
    '',
  ].join('\n');
}

function includes({interface: of, headers}: NewLib['provides']): readonly string[] {
  const names = of.headers.filter((header) => header.endsWith('.h'));
  const base = headers.some((text) => text.includes('<kraft/base.h>')) ? [] : ['kraft/base.h'];
  return [...base, ...names].map((header) => `#include <${header}>`);
}

function test(
  {license, name: lib, provides}: NewLib,
  {before, name, body}: {readonly before: readonly string[]; readonly name: string; readonly body: readonly string[]},
): Files {
  const lines = [
    `/* SPDX-License-Identifier: ${license} */`,
    `/* What is tested of ${lib} beside the contract, which the suites of ${provides.interface.name} are for. */`,
    '#include <kraft/conformance.h>',
    ...includes(provides),
    '',
    ...before,
    `KR_TEST(${name})`,
    '{',
    ...body,
    '}',
    '',
    `KR_SUITE(&test_${name})`,
    '',
  ];
  return new Map([[`test/${lib}.c`, lines.join('\n')]]);
}

function manifest({name, license, language, provides, others}: NewLib, summary: string): string {
  const needed = new Map(others.flatMap((lib) => lib.needs.map((need) => [need.interface, need.version] as const)));
  const hint = [...needed].sort().map(([need]) => need);
  return [
    `# SPDX-License-Identifier: ${license}`,
    `name: ${name}`,
    'version: 0.1.0',
    `summary: ${summary}`,
    `license: ${license}`,
    `provides: {${provides.interface.name}: ${provides.interface.version}}`,
    ...(hint.length === 0
      ? []
      : [`# Other providers need ${hint.join(', ')}: what you call has to be here, each with the reason.`]),
    language === 'rust' ? 'needs: {panic: {version: ^1, because: a panic of Rust is one of the image}}' : 'needs: {}',
    '',
  ].join('\n');
}

function readme({name, provides: {interface: of}}: NewLib): string {
  return `# ${name}

A provider of \`${of.name}\` for [kraft-ts](https://www.npmjs.com/package/kraft-ts). Say here how it works, what it costs, and
when to choose it.

\`\`\`sh
npx kraft-ts lib test     # the suites of ${of.name}, on this machine under sanitizers and booted, and the tests in test/
npx kraft-ts lib check    # manifest, symbols, budget, package
npx kraft-ts lib publish  # both, then npm
\`\`\`
`;
}

function notInRust({name, at}: Interface, symbol: string): Diagnostic {
  return {
    severity: 'error',
    message: `There are no stubs in Rust for ${quote(name)}: ${symbol} is more than a function of numbers and pointers.`,
    at,
    help: 'Begin in C or C++.',
  };
}

function undeclared({name, headers, at}: Interface, symbols: readonly string[]): Diagnostic {
  return {
    severity: 'error',
    message: `The headers of ${quote(name)} do not declare ${symbols.join(', ')}: ${headers.join(', ') || 'there are none'}.`,
    at,
  };
}

function cName(name: string): string {
  return name.replaceAll(/[-.]/g, '_');
}
