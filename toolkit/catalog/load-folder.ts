// SPDX-License-Identifier: BSD-3-Clause

import {basename, isAbsolute, join, relative} from 'node:path';
import {type Checked, fail, ok, quote} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import type {Catalog} from './catalog.ts';
import {closeInterface, closeNeed} from './check-catalog.ts';
import {filesIn} from './find-manifests.ts';
import type {Interface} from './interface.ts';
import type {Lib} from './lib.ts';
import {readInterface, readLib} from './read-manifest.ts';

/** What one folder holds. */
export type Shelved =
  | {readonly kind: 'lib'; readonly lib: Lib}
  | {readonly kind: 'interface'; readonly interface: Interface};

/** The lib or interface of one folder, wherever it lies and whatever its name: an older version, a package that is not installed. */
export async function loadFolder(host: Host, folder: string, {interfaces}: Catalog): Promise<Checked<Shelved>> {
  const shown = (file: string): string => shownPath(host, join(folder, file));
  const [lib, contract, headers, sources] = await Promise.all([
    host.readFile(join(folder, 'lib.yaml')),
    host.readFile(join(folder, 'interface.yaml')),
    filesIn(host, join(folder, 'include')),
    filesIn(host, join(folder, 'src')),
  ]);
  if (lib !== undefined && contract !== undefined) {
    const message = `The folder ${shown('.')} has a lib.yaml and an interface.yaml.`;
    return {...fail([{severity: 'error', message, help: 'Give each a folder of its own.'}]), warnings: []};
  }
  const beside = {folder, headers, files: sources.map((file) => `src/${file}`), origin: 'package', shown: ''} as const;
  if (lib !== undefined) {
    const read = readLib({path: shown('lib.yaml'), text: lib}, {...beside, kind: 'lib', place: 'libs'});
    if (!read.ok) return {...fail(read.error), warnings: read.warnings};
    const needs = read.value.needs.map((need) => closeNeed(need, interfaces));
    return {...ok({kind: 'lib', lib: {...read.value, needs}}), warnings: read.warnings};
  }
  if (contract !== undefined) {
    const read = readInterface(
      {path: shown('interface.yaml'), text: contract},
      {...beside, kind: 'interface', place: 'interfaces'},
    );
    if (!read.ok) return {...fail(read.error), warnings: read.warnings};
    return {...ok({kind: 'interface', interface: closeInterface(read.value)}), warnings: read.warnings};
  }
  const nothing = (await host.list(folder)) === undefined;
  const message = nothing
    ? `There is no folder ${shown('.')}.`
    : `The folder ${quote(basename(folder))} has neither a lib.yaml nor an interface.yaml.`;
  return {...fail([{severity: 'error', message}]), warnings: []};
}

function shownPath(host: Host, path: string): string {
  const shown = relative(host.cwd, path);
  if (shown === '') return '.';
  return shown.startsWith('..') || isAbsolute(shown) ? path : shown;
}
