// SPDX-License-Identifier: BSD-3-Clause

import {basename, join} from 'node:path';
import {satisfies} from 'semver';
import {type Diagnostic, fail, type Location, ok, quote, type Result, type SourceText} from '../base/index.ts';
import type {Shelved} from '../catalog/index.ts';
import type {PackageFacts} from '../packages/index.ts';
import {twoManifests} from './author.ts';
import type {Engine} from './engine.ts';
import {toolkitVersion} from './lib-new.ts';
import {openCatalog, shown} from './project.ts';

/** A folder that is a package, and what it brings. */
export interface CheckedPackage {
  readonly facts: PackageFacts;
  readonly brings: Shelved;
}

/** What the manifest of a package is called. */
export function manifestOf({kind}: Shelved): string {
  return kind === 'lib' ? 'lib.yaml' : 'interface.yaml';
}

/** Whether a folder is a package as the toolkit wants it: one manifest, and a package.json that agrees with it. */
export async function checkPackage(engine: Engine, folder: string): Promise<Result<CheckedPackage>> {
  const {host} = engine;
  const {readPackageJson} = await import('../packages/index.ts');
  const path = shown(engine, join(folder, 'package.json'));
  const text = await host.readFile(join(folder, 'package.json'));
  if (text === undefined)
    return fail([problem(`There is no ${path}.`, 'kraft-ts lib new writes one that you can copy.')]);
  const facts = readPackageJson(text);
  if (facts === undefined) return fail([notJson({path, text})]);
  const names = (await host.list(folder)) ?? [];
  const manifests = ['lib.yaml', 'interface.yaml'].filter((name) => names.includes(name));
  if (manifests.length > 1) return fail([twoManifests(shown(engine, folder))]);
  if (manifests.length === 0) return fail([noManifest(facts, shown(engine, folder))]);
  if (facts.toolkit === undefined) return fail([notForUs(facts, await toolkitVersion(engine))]);
  const catalog = await openCatalog({...engine, packages: [], emit: () => undefined}, engine.kit);
  if (!catalog.ok) return catalog;
  const {loadFolder} = await import('../catalog/index.ts');
  const loaded = await loadFolder(host, folder, catalog.value);
  if (!loaded.ok) return loaded;
  const wrong = [...disagreements(facts, {brings: loaded.value, path}), ...(await unfitToolkit(engine, facts, path))];
  return wrong.length > 0 ? fail(wrong) : ok({facts, brings: loaded.value});
}

/** Where a text stops being JSON, as far as the parser says. */
function notJson(source: SourceText): Diagnostic {
  let offset = 0;
  try {
    JSON.parse(source.text);
  } catch (error) {
    const [, position] = /at position (\d+)/.exec(String(error)) ?? [];
    offset = position === undefined ? source.text.trimEnd().length : Number(position);
  }
  const at = {source, offset, length: 0};
  return {severity: 'error', message: `${source.path} is no JSON object.`, at};
}

function disagreements(
  facts: PackageFacts,
  {brings, path}: {readonly brings: Shelved; readonly path: string},
): readonly Diagnostic[] {
  const one = brings.kind === 'lib' ? brings.lib : brings.interface;
  const name = facts.name.replace(/^@[^/]+\//, '');
  const license = brings.kind === 'lib' ? brings.lib.license : undefined;
  return [
    ...(name === one.name
      ? []
      : [disagree('name', {here: one.name, there: facts.name, path, at: valueAt(one.at, 'name')})]),
    ...(facts.version === one.version
      ? []
      : [disagree('version', {here: one.version, there: facts.version, path, at: valueAt(one.at, 'version')})]),
    ...(license === undefined || facts.license === license
      ? []
      : [disagree('license', {here: license, there: facts.license, path, at: valueAt(one.at, 'license')})]),
  ];
}

/** Where a manifest says the value of one of its own keys; where it does not, the place that is given. */
function valueAt(at: Location, key: string): Location {
  const [whole = '', value = ''] = new RegExp(`^${key}:[ \\t]*(\\S+)`, 'm').exec(at.source.text) ?? [];
  if (value === '') return at;
  return {source: at.source, offset: at.source.text.indexOf(whole) + whole.length - value.length, length: value.length};
}

interface Both {
  readonly here: string;
  readonly there: string;
  readonly path: string;
  readonly at: Location;
}

function disagree(key: string, {here, there, path, at}: Both): Diagnostic {
  return {
    severity: 'error',
    message: `The ${key} is ${quote(here)} in the manifest, but ${there === '' ? 'missing' : quote(there)} in ${path}.`,
    at,
    help: 'Make both say the same.',
  };
}

async function unfitToolkit(
  engine: Engine,
  {name, toolkit}: PackageFacts,
  path: string,
): Promise<readonly Diagnostic[]> {
  const version = await toolkitVersion(engine);
  if (toolkit === undefined || satisfies(version, toolkit, {includePrerelease: true})) return [];
  return [
    problem(
      `The package ${quote(name)} is for kraft-ts ${toolkit}, but this is ${version}.`,
      `${path} says so under engines.`,
    ),
  ];
}

function noManifest({name}: PackageFacts, folder: string): Diagnostic {
  return problem(
    `The package ${quote(name === '' ? basename(folder) : name)} has neither a lib.yaml nor an interface.yaml: it brings nothing.`,
    'If it is yours: one of them stands beside package.json, and in its "files".',
  );
}

function notForUs({name}: PackageFacts, version: string): Diagnostic {
  return problem(
    `The package ${quote(name)} does not say that it is for kraft-ts.`,
    `If it is yours: its package.json wants "engines": {"kraft-ts": ">=${version}"}.`,
  );
}

function problem(message: string, help?: string): Diagnostic {
  return {severity: 'error', message, ...(help !== undefined && {help})};
}
