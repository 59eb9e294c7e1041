// SPDX-License-Identifier: BSD-3-Clause

import {digestOfValue, type InterfaceName, type LibName} from '../base/index.ts';
import type {Catalog, Lib, Source} from '../catalog/index.ts';
import type {Plan} from '../plan/index.ts';
import type {ChosenLib, Solution} from '../solve/index.ts';
import type {Spec} from '../spec/index.ts';
import type {Bill, Part, Relation} from './bill.ts';

export interface BillInput {
  readonly spec: Spec;
  readonly catalog: Catalog;
  readonly solution: Solution;
  readonly plan: Plan;
  readonly tool: Bill['tool'];
}

/** What an image is made of: the app, each lib, each third-party source that a lib of it compiles. */
export function billOf(input: BillInput): Bill {
  const {spec, solution, tool} = input;
  const libs = solution.libs.map((chosen) => ({chosen, lib: manifestOf(chosen, input.catalog)}));
  const sources = libs.flatMap(({lib}) => compiled(lib, input.plan).map((source) => ({lib, source})));
  const app: Part = {id: 'app', kind: 'app', name: spec.name.value, properties: []};
  const parts = [
    imagePart(input),
    app,
    ...libs.map(({chosen, lib}) => libPart(lib, chosen, tool)),
    ...unique(sources.map(({lib, source}) => sourcePart(source, lib))),
  ];
  const relations: readonly Relation[] = [
    ...parts.filter(({kind}) => kind !== 'image' && kind !== 'source').map(({id}) => relation('image', 'contains', id)),
    ...needs(
      'app',
      spec.needs.map(({name}) => name),
      solution,
    ),
    ...libs.flatMap(({lib}) =>
      needs(
        libId(lib.name),
        lib.needs.map((need) => need.interface),
        solution,
      ),
    ),
    ...sources.map(({lib, source}) => relation(libId(lib.name), 'made of', sourceId(source))),
  ];
  const sorted = [...new Map(relations.map((one) => [JSON.stringify(one), one])).entries()]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, one]) => one);
  const target = `${solution.platform}/${solution.arch}`;
  const content = {name: spec.name.value, target, tool, parts, relations: sorted};
  return {...content, digest: digestOfValue(content)};
}

function relation(from: string, kind: Relation['kind'], to: string): Relation {
  return {from, kind, to};
}

function manifestOf({name, version}: ChosenLib, {libs}: Catalog): Lib {
  const lib = libs.find((one) => one.name === name && one.version === version);
  if (lib === undefined) throw new Error(`Internal error: the catalog lacks ${name} ${version}`);
  return lib;
}

/** Sources of which a file is compiled, or a header used. */
function compiled(lib: Lib, {actions}: Plan): readonly Source[] {
  const fetched = actions.flatMap((one) => (one.kind === 'fetch' && one.lib === lib.name ? [one.sha256] : []));
  return lib.sources.filter(({sha256}) => fetched.includes(sha256));
}

function imagePart({spec, solution, plan}: BillInput): Part {
  const properties = [
    ['platform', solution.platform],
    ['arch', solution.arch],
    ['compiler', plan.compiler],
  ] as const;
  return {id: 'image', kind: 'image', name: `${spec.name.value}.elf`, properties};
}

function libPart(lib: Lib, {options}: ChosenLib, tool: Bill['tool']): Part {
  const place = {
    bundled: `pkg:npm/${encoded(tool.name)}@${encoded(tool.version)}#libs/${encoded(lib.name)}`,
    package: `pkg:npm/${encoded(lib.name)}@${encoded(lib.version)}`,
    project: undefined,
  }[lib.origin];
  const provides = lib.provides.map((one) => ['provides', `${one.interface} ${one.version}`] as const);
  const settings = Object.entries(options).map(([name, value]) => [`option:${name}`, String(value)] as const);
  return {
    id: libId(lib.name),
    kind: lib.kind,
    name: lib.name,
    version: lib.version,
    summary: lib.summary,
    license: lib.license,
    ...(place !== undefined && {purl: place}),
    properties: [['origin', lib.origin], ...provides, ...settings],
  };
}

function sourcePart(source: Source, lib: Lib): Part {
  const {name, version, sha256, from} = source;
  return {
    id: sourceId(source),
    kind: 'source',
    name,
    version,
    license: source.license ?? lib.license,
    sha256,
    ...whereFrom(source),
    properties: [['archive', from.kind]],
  };
}

function whereFrom({name, version, from, sha256}: Source): Pick<Part, 'download' | 'purl'> {
  switch (from.kind) {
    case 'debian':
      return {
        download: `https://deb.debian.org/debian${from.path.startsWith('pool/updates/') ? '-security' : ''}/${from.path}`,
        purl: `pkg:deb/debian/${encoded(name)}@${encoded(version)}?arch=source`,
      };
    case 'npm':
      return {
        download: `https://registry.npmjs.org/${from.name}/-/${from.name.split('/').at(-1) ?? ''}-${from.version}.tgz`,
        purl: `pkg:npm/${encoded(from.name).replace('%2F', '/')}@${encoded(from.version)}`,
      };
    case 'local':
      return {purl: `pkg:generic/${encoded(name)}@${encoded(version)}?checksum=sha256:${sha256}`};
    case 'url':
      return {
        download: from.url,
        purl: `pkg:generic/${encoded(name)}@${encoded(version)}?checksum=sha256:${sha256}&download_url=${encoded(from.url)}`,
      };
  }
}

/** Who provides what somebody needs, in this image. */
function needs(from: string, names: readonly InterfaceName[], {providers}: Solution): readonly Relation[] {
  return names
    .flatMap((name) => providers.get(name) ?? [])
    .map(libId)
    .filter((id) => id !== from)
    .map((id) => relation(from, 'needs', id));
}

function libId(name: LibName): string {
  return `lib-${name}`;
}

/** The same archive in two libs is one part. */
function sourceId({name, sha256}: Source): string {
  return `source-${name}-${sha256.slice(0, 12)}`;
}

function unique(parts: readonly Part[]): readonly Part[] {
  return [...new Map(parts.map((part) => [part.id, part])).values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}

function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll('%3A', ':');
}
