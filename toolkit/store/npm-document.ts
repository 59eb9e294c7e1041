// SPDX-License-Identifier: BSD-3-Clause

import {maxSatisfying, validRange} from 'semver';
import {fail, ok, quote, type Result} from '../base/index.ts';

/** A version of an npm package, as the registry has it. */
export interface NpmSource {
  readonly name: string;
  readonly version: string;
  /** Subresource integrity of the tarball, `sha512-…`; old packages have none. */
  readonly integrity?: string;
}

/** The version that is meant, in the registry's document about a package (registry API: GET /NAME). */
export function npmSource(name: string, wanted: string | undefined, document: string): Result<NpmSource> {
  const parsed = parse(document);
  if (parsed === undefined)
    return fail([{severity: 'error', message: `The registry's answer about ${name} is not what npm says it is.`}]);
  const {tags, versions} = parsed;
  const range = wanted ?? 'latest';
  const version = tags.get(range) ?? (validRange(range) === null ? null : maxSatisfying([...versions.keys()], range));
  if (version === null || !versions.has(version)) {
    const newest = [...versions.keys()].slice(-5).join(', ');
    const message = `The npm package ${quote(name)} has no version ${quote(range)}.`;
    return fail([{severity: 'error', message, help: `The last ones are ${newest}.`}]);
  }
  const integrity = versions.get(version);
  return ok({name, version, ...(integrity !== undefined && {integrity})});
}

interface Document {
  readonly tags: ReadonlyMap<string, string>;
  /** Version → integrity, in the order of publication. */
  readonly versions: ReadonlyMap<string, string | undefined>;
}

function parse(text: string): Document | undefined {
  const document = fromJson(text);
  if (!isRecord(document) || !isRecord(document['dist-tags']) || !isRecord(document.versions)) return undefined;
  const tags = Object.entries(document['dist-tags']).flatMap(([tag, version]) =>
    typeof version === 'string' ? [[tag, version] as const] : [],
  );
  const versions = Object.entries(document.versions).map(([version, manifest]) => {
    const dist = isRecord(manifest) ? manifest.dist : undefined;
    const integrity = isRecord(dist) && typeof dist.integrity === 'string' ? dist.integrity : undefined;
    return [version, integrity] as const;
  });
  return {tags: new Map(tags), versions: new Map(versions)};
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
