// SPDX-License-Identifier: BSD-3-Clause

import {basename, join, resolve} from 'node:path';
import {didYouMean, fail, listing, ok, quote, type Result} from '../base/index.ts';
import type {Engine} from './engine.ts';
import {shown} from './project.ts';

/** A project to begin with. */
export interface Template {
  readonly name: string;
  /** The first comment of its Kraftfile. */
  readonly means: string;
}

export interface InitRequest {
  /** Where to, relative to the engine's folder; absent: there. */
  readonly folder?: string | undefined;
  readonly template: string;
  /** The app's name; absent: the folder's. */
  readonly name?: string | undefined;
}

export interface Initialised {
  readonly folder: string;
  readonly name: string;
  readonly files: readonly string[];
}

/** The templates that there are, sorted. */
export async function listTemplates(engine: Engine): Promise<readonly Template[]> {
  const names = (await engine.host.list(templatesFolder(engine))) ?? [];
  const templates = names.map(async (name) => {
    const kraftfile = (await engine.host.readFile(join(templatesFolder(engine), name, 'Kraftfile'))) ?? '';
    return {name, means: /^# (.*)/m.exec(kraftfile)?.[1] ?? ''};
  });
  return Promise.all(templates);
}

/** Copies a template into an empty folder. */
export async function initProject(engine: Engine, request: InitRequest): Promise<Result<Initialised>> {
  const {host} = engine;
  const folder = resolve(engine.folder, request.folder ?? '.');
  const templates = (await listTemplates(engine)).map(({name}) => name);
  if (!templates.includes(request.template)) return fail([unknownTemplate(request.template, templates)]);
  const name = request.name ?? basename(folder);
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) {
    const message = `An app cannot be called ${quote(name)}: letters, digits, dots, dashes and underscores make a name.`;
    return fail([{severity: 'error', message, help: 'Give another with --name.'}]);
  }
  const present = (await host.list(folder)) ?? ((await host.facts(folder)) === undefined ? [] : ['a file']);
  if (present.length > 0) {
    const message = `${shown(engine, folder)} is not empty: it has ${listing(some(present))}.`;
    return fail([{severity: 'error', message, help: 'Name a folder that is empty, or that is not there yet.'}]);
  }
  const files = await copyTemplate(engine, {template: request.template, to: folder, name});
  return ok({folder, name, files});
}

/** A template is a Kraftfile and what belongs beside it; its program is the example of the same name. */
async function copyTemplate(
  {host, kit}: Engine,
  {template, to, name}: {readonly template: string; readonly to: string; readonly name: string},
): Promise<readonly string[]> {
  const from = join(kit, 'cli', 'templates', template);
  const program = await host.readFile(join(kit, 'apps', template, `${template}.c`));
  if (program === undefined) throw new Error(`Internal error: the template ${template} has no program`);
  const texts = await Promise.all(
    ((await host.list(from)) ?? []).map(async (file): Promise<[string, string]> => {
      const text = (await host.readFile(join(from, file))) ?? '';
      // npm leaves files named .gitignore out of a package.
      if (file === 'gitignore') return ['.gitignore', text];
      return [file, file === 'Kraftfile' ? text.replace(/^name: .*$/m, `name: ${name}`) : text];
    }),
  );
  const files = new Map([...texts, ['main.c', program]]);
  for (const [file, text] of files) await host.writeFile(join(to, file), text);
  return [...files.keys()];
}

function templatesFolder({kit}: Engine): string {
  return join(kit, 'cli', 'templates');
}

function unknownTemplate(name: string, templates: readonly string[]) {
  const near = didYouMean(name, templates);
  return {
    severity: 'error' as const,
    message: `There is no template ${quote(name)}.`,
    help: near === undefined ? `There are ${listing(templates)}.` : `Did you mean ${quote(near)}?`,
  };
}

function some(names: readonly string[]): readonly string[] {
  return names.length <= 3 ? names : [...names.slice(0, 3), `${names.length - 3} more`];
}
