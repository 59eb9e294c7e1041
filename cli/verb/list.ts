// SPDX-License-Identifier: BSD-3-Clause

import {
  type Catalog,
  didYouMean,
  type Engine,
  type Lib,
  listPackages,
  openCatalog,
  printSize,
  projectFolder,
} from '../../toolkit/engine.ts';
import {exitStatus} from '../exit-status.ts';
import type {Reporter} from '../report/reporter.ts';
import {table, wrap} from '../report/table.ts';
import {verb} from '../verb.ts';

export const list = verb({
  name: 'list',
  summary: 'List the libs there are, or all about one of them.',
  about: `Shows the catalog: the toolkit's libs and the project's own, grouped by the interfaces that they provide, then platforms and arches. With NAME, all about one lib or interface.`,
  positionals: [{name: 'NAME', means: 'A lib, platform, arch or interface.'}],
  flags: {
    all: {short: 'a', means: 'Also libs that are never chosen unless named, such as fakes for tests.'},
    installed: {means: "The project's packages, and whether they are as kraft.lock pins them."},
  },
  examples: [
    {command: 'kraft-ts list', means: 'Interfaces and their providers.'},
    {command: 'kraft-ts list {lib}', means: 'A lib: what it provides and needs, and its options.'},
    {command: 'kraft-ts list --installed', means: 'What kraft-ts add has installed.'},
    {command: 'kraft-ts list --json', means: 'The whole catalog, for a program.'},
  ],
  async act({flags, positionals: [name], reporter, engine}) {
    if (flags.installed) return listInstalled(engine, reporter);
    const catalog = await openCatalog(engine, await projectFolder(engine));
    if (!catalog.ok) {
      reporter.diagnostics(catalog.error);
      return exitStatus.diagnostics;
    }
    const {interfaces, libs} = catalog.value;
    const found = name === undefined ? catalog.value : oneOf(catalog.value, name);
    if (found === undefined) {
      const near = didYouMean(
        name ?? '',
        [...libs, ...interfaces].map((each) => each.name),
      );
      const help = near === undefined ? 'kraft-ts list shows what there is.' : `Did you mean "${near}"?`;
      reporter.diagnostics([{severity: 'error', message: `The catalog has no "${name}".`, help}]);
      return exitStatus.diagnostics;
    }
    if (reporter.format === 'json') reporter.json(found);
    else if ('interfaces' in found) reporter.print(overview(found, flags.all).join('\n'));
    else if ('cardinality' in found) reporter.print(interfaceText(found, catalog.value).join('\n'));
    else reporter.print(libText(found).join('\n'));
    return exitStatus.ok;
  },
});

async function listInstalled(engine: Engine, reporter: Reporter): Promise<number> {
  const listed = await listPackages(engine);
  if (!listed.ok) {
    reporter.diagnostics(listed.error);
    return exitStatus.diagnostics;
  }
  const rows = listed.value.map((each) => [
    each.name,
    each.version,
    each.provides.join(' ') || each.brings,
    each.state,
  ]);
  if (reporter.format === 'json') reporter.json(listed.value);
  else if (rows.length === 0) reporter.print('No package is installed.');
  else reporter.print(table([['PACKAGE', 'VERSION', 'PROVIDES', ''], ...rows]).join('\n'));
  return exitStatus.ok;
}

type Interface = Catalog['interfaces'][number];

function oneOf({interfaces, libs}: Catalog, name: string): Lib | Interface | undefined {
  return libs.find((lib) => lib.name === name) ?? interfaces.find((each) => each.name === name);
}

function overview({interfaces, libs}: Catalog, all: boolean): readonly string[] {
  const shown = libs.filter((lib) => all || !lib.onlyByName);
  const providers = interfaces.flatMap(({name, summary}) => {
    const rows = shown
      .filter((lib) => lib.kind === 'lib' && lib.provides.some((each) => each.interface === name))
      .map((lib) => [`  ${lib.name}`, lib.version, lib.summary]);
    return rows.length === 0 ? [] : [[name, '', summary], ...rows];
  });
  const others = shown.filter((lib) => lib.kind === 'lib' && lib.provides.length === 0);
  const group = (title: string, group: readonly Lib[]) =>
    group.length === 0 ? [] : [[title, '', ''], ...group.map((lib) => [`  ${lib.name}`, lib.version, lib.summary])];
  return table([
    ...providers,
    ...group('libs without an interface', others),
    ...group(
      'platforms',
      shown.filter(({kind}) => kind === 'platform'),
    ),
    ...group(
      'arches',
      shown.filter(({kind}) => kind === 'arch'),
    ),
  ]);
}

function interfaceText({name, version, summary, cardinality}: Interface, {libs}: Catalog): readonly string[] {
  const providers = libs.filter((lib) => lib.provides.some((each) => each.interface === name));
  const users = libs.filter((lib) => lib.needs.some((need) => need.interface === name));
  return [
    `${name} ${version}: ${summary}`,
    cardinality === 'one'
      ? 'An image has exactly one provider, if anything needs it.'
      : 'An image may have any number of providers.',
    '',
    'Provided by:',
    ...table(providers.map((lib) => [`  ${lib.name}`, lib.version, lib.summary])),
    ...(users.length === 0 ? [] : ['', wrap(`Needed by: ${users.map((lib) => lib.name).join(', ')}`, 96)]),
  ];
}

function libText(lib: Lib): readonly string[] {
  const provides = lib.provides.map((each) => `${each.interface} ${each.version}`).join(', ');
  const needs = lib.needs.map((need) => [`  ${need.interface}`, need.version, need.because ?? '']);
  const options = lib.options.map((option) => [
    `  ${option.name}`,
    `${option.type}, ${defaultOf(option)}`,
    option.means,
  ]);
  const excludes = lib.excludes.map((each) => [`  ${each.lib}`, each.version, each.because ?? '']);
  return [
    `${lib.name} ${lib.version}: ${lib.summary}`,
    `${lib.kind}, ${lib.license}, ${lib.origin}; ${lib.folder}`,
    ...(provides === '' ? [] : [`Provides: ${provides}`]),
    ...section('Needs:', needs),
    ...section('Excludes:', excludes),
    ...section('Options:', options),
    ...section(
      'Machines:',
      (lib.boot?.machines ?? []).map(({name, means}) => [`  ${name}`, means]),
    ),
  ];
}

function section(title: string, rows: readonly (readonly string[])[]): readonly string[] {
  return rows.length === 0 ? [] : ['', title, ...table(rows, 110)];
}

function defaultOf(option: Lib['options'][number]): string {
  if (option.type === 'size') return `default ${printSize(option.default)}`;
  return `default ${option.default === '' ? 'empty' : option.default}`;
}
