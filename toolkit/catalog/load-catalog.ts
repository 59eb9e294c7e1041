// SPDX-License-Identifier: BSD-3-Clause

import {basename, join} from 'node:path';
import {type Checked, type Diagnostic, fail, ok, quote} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import type {Catalog} from './catalog.ts';
import {checkCatalog} from './check-catalog.ts';
import {type CatalogRoot, findManifests, type Manifest} from './find-manifests.ts';
import {type OpenInterface, type OpenLib, readInterface, readLib} from './read-manifest.ts';
import {takenNames, withoutReplaced} from './taken-names.ts';

/** Every lib, platform, arch and interface under the roots, or every mistake in their manifests. */
export async function loadCatalog(host: Host, roots: readonly CatalogRoot[]): Promise<Checked<Catalog>> {
  const found = await Promise.all(roots.map((root) => findManifests(host, root)));
  const replaced = new Set(roots.flatMap(({replaces}) => replaces ?? []));
  const loaded = readCatalog(found.flat(), replaced);
  if (!loaded.ok) return loaded;
  const missing = await missingScripts(host, loaded.value);
  return missing.length === 0 ? loaded : {...fail(missing), warnings: loaded.warnings};
}

async function missingScripts(host: Host, {libs}: Catalog): Promise<readonly Diagnostic[]> {
  const checked = await Promise.all(
    libs.map(async ({name, boot, folder, at}): Promise<readonly Diagnostic[]> => {
      if (boot?.script === undefined || (await host.facts(join(folder, boot.script))) !== undefined) return [];
      return [
        {
          severity: 'error',
          message: `The platform ${quote(name)} names a script that is not there: ${boot.script}.`,
          at,
        },
      ];
    }),
  );
  return checked.flat();
}

function readCatalog(manifests: readonly Manifest[], replaced: ReadonlySet<string>): Checked<Catalog> {
  const interfaces: OpenInterface[] = [];
  const libs: {readonly lib: OpenLib; readonly manifest: Manifest}[] = [];
  const found: Diagnostic[] = [];
  /** Of manifests with mistakes: what others say about these is not a mistake of theirs. */
  const unread = new Set<string>();
  for (const manifest of manifests) {
    if (manifest.source === undefined) {
      found.push(noManifest(manifest));
      unread.add(basename(manifest.folder));
      continue;
    }
    const checked =
      manifest.kind === 'interface' ? readInterface(manifest.source, manifest) : readLib(manifest.source, manifest);
    found.push(...checked.warnings);
    if (!checked.ok) {
      found.push(...checked.error);
      unread.add(basename(manifest.folder));
    } else if ('cardinality' in checked.value) interfaces.push(checked.value);
    else libs.push({lib: checked.value, manifest});
  }
  found.push(...takenNames({interfaces, libs: libs.map(({lib}) => lib)}, replaced));
  const {catalog, diagnostics} = checkCatalog(withoutReplaced({interfaces, libs, unread}, replaced));
  found.push(...diagnostics);
  const errors = found.filter((each) => each.severity === 'error');
  const warnings = found.filter((each) => each.severity === 'warning');
  return errors.length > 0 ? {...fail(errors), warnings} : {...ok(catalog), warnings};
}

function noManifest({kind, shown}: Manifest): Diagnostic {
  const file = kind === 'interface' ? 'interface.yaml' : 'lib.yaml';
  return {
    severity: 'warning',
    message: `The folder ${shown.slice(0, -file.length - 1)} has no ${file}, so nothing in it counts.`,
  };
}
