// SPDX-License-Identifier: BSD-3-Clause

import {
  type Diagnostic,
  didYouMean,
  fail,
  type LibName,
  libName,
  listing,
  ok,
  quote,
  type Result,
} from '../base/index.ts';
import type {Catalog} from '../catalog/index.ts';
import type {Spec, Target} from '../spec/index.ts';

/** What the command line says of the target. */
export interface TargetRequest {
  readonly plat?: string | undefined;
  readonly arch?: string | undefined;
}

/** The one of the Kraftfile's targets that is meant: the first, unless the request says more. */
export function chooseTarget(spec: Spec, catalog: Catalog, {plat, arch}: TargetRequest): Result<Target> {
  const unknown = [
    plat === undefined ? undefined : unknownName(plat, 'platform', catalog),
    arch === undefined ? undefined : unknownName(arch, 'arch', catalog),
  ].filter((diagnostic) => diagnostic !== undefined);
  if (unknown.length > 0) return fail(unknown);
  const fitting = spec.targets.filter(
    (target) => (plat === undefined || target.platform === plat) && (arch === undefined || target.arch === arch),
  );
  const [first] = fitting;
  if (first !== undefined) return ok(first);
  if (spec.targets.length > 0) return fail([noSuchTarget(spec, {plat, arch})]);
  return defaultTarget(spec, catalog, {plat, arch});
}

/** A Kraftfile without targets is for whatever there is one of. */
function defaultTarget(spec: Spec, catalog: Catalog, {plat, arch}: TargetRequest): Result<Target> {
  const names = (kind: 'platform' | 'arch'): readonly LibName[] =>
    catalog.libs.filter((lib) => lib.kind === kind && !lib.onlyByName).map((lib) => lib.name);
  const platforms = plat === undefined ? names('platform') : [libName(plat)];
  const arches = arch === undefined ? names('arch') : [libName(arch)];
  const [platform, ...otherPlatforms] = platforms;
  const [only, ...otherArches] = arches;
  if (platform !== undefined && only !== undefined && otherPlatforms.length + otherArches.length === 0) {
    return ok({platform, arch: only, at: spec.name.at});
  }
  return fail([
    {
      severity: 'error',
      message: 'The Kraftfile names no targets.',
      at: spec.name.at,
      help: `Add targets: [${platforms[0] ?? 'PLATFORM'}/${arches[0] ?? 'ARCH'}]`,
    },
  ]);
}

function unknownName(name: string, kind: 'platform' | 'arch', catalog: Catalog): Diagnostic | undefined {
  const names = [...new Set(catalog.libs.filter((lib) => lib.kind === kind).map((lib) => lib.name))];
  if (names.some((known) => known === name)) return undefined;
  const near = didYouMean(name, names);
  const help =
    near === undefined
      ? `There ${names.length === 1 ? 'is' : 'are'} ${listing(names)}.`
      : `Did you mean ${quote(near)}?`;
  return {severity: 'error', message: `There is no ${kind} ${quote(name)}.`, help};
}

function noSuchTarget(spec: Spec, {plat, arch}: TargetRequest): Diagnostic {
  const wanted = [
    ...(plat === undefined ? [] : [`platform ${quote(plat)}`]),
    ...(arch === undefined ? [] : [`arch ${quote(arch)}`]),
  ];
  const targets = spec.targets.map((target) => `${target.platform}/${target.arch}`);
  const at = spec.targets[0]?.at ?? spec.name.at;
  return {
    severity: 'error',
    message: `No target of the Kraftfile is for ${wanted.join(' and ')}.`,
    at,
    notes: [{message: `Its targets: ${listing(targets)}.`}],
    help: `Add ${plat ?? spec.targets[0]?.platform ?? ''}/${arch ?? spec.targets[0]?.arch ?? ''} under targets, or leave the flag out.`,
  };
}
