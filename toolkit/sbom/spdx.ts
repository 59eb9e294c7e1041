// SPDX-License-Identifier: BSD-3-Clause

import {unreachable} from '../base/index.ts';
import type {Bill, Part, Relation} from './bill.ts';
import {isLicenseExpression} from './license-expression.ts';
import {uuidOf} from './uuid-of.ts';

/** A bill as a document of SPDX 2.3 in JSON. `created` is a time as ISO 8601 has it, in whole seconds and UTC. */
export function spdxDocument(bill: Bill, created: string): object {
  const own = bill.parts.filter(({license}) => license !== undefined && !isLicenseExpression(license));
  return {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: `${bill.name} for ${bill.target}`,
    documentNamespace: `urn:uuid:${uuidOf(bill.digest)}`,
    creationInfo: {created, creators: [`Tool: ${bill.tool.name}-${bill.tool.version}`]},
    documentDescribes: ['SPDXRef-image'],
    packages: bill.parts.map(packageOf),
    ...(own.length > 0 && {hasExtractedLicensingInfos: extracted(own)}),
    relationships: [
      {spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: 'SPDXRef-image'},
      ...bill.relations.map(relationshipOf),
    ],
  };
}

function packageOf(part: Part): object {
  const {name, version, summary, sha256, download, purl, properties} = part;
  return {
    SPDXID: idOf(part.id),
    name,
    ...(version !== undefined && {versionInfo: version}),
    ...(summary !== undefined && {summary}),
    downloadLocation: download ?? 'NOASSERTION',
    filesAnalyzed: false,
    licenseConcluded: 'NOASSERTION',
    licenseDeclared: licenseOf(part),
    copyrightText: 'NOASSERTION',
    primaryPackagePurpose: purpose(part.kind),
    ...(sha256 !== undefined && {checksums: [{algorithm: 'SHA256', checksumValue: sha256}]}),
    ...(purl !== undefined && {
      externalRefs: [{referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl}],
    }),
    ...(properties.length > 0 && {comment: properties.map(([key, value]) => `${key}: ${value}`).join('\n')}),
  };
}

function purpose(kind: Part['kind']): string {
  switch (kind) {
    case 'image':
      return 'OPERATING-SYSTEM';
    case 'app':
      return 'APPLICATION';
    case 'source':
      return 'SOURCE';
    case 'lib':
    case 'platform':
    case 'arch':
      return 'LIBRARY';
    default:
      return unreachable(kind);
  }
}

function relationshipOf({from, kind, to}: Relation): object {
  const type = {contains: 'CONTAINS', needs: 'DEPENDS_ON', 'made of': 'GENERATED_FROM'}[kind];
  return {spdxElementId: idOf(from), relationshipType: type, relatedSpdxElement: idOf(to)};
}

/** Letters, digits, dots and dashes are all that an identifier may have; no name has two dots in a row. */
function idOf(id: string): string {
  return `SPDXRef-${plain(id.replaceAll('_', '..'))}`;
}

function licenseOf({license}: Part): string {
  if (license === undefined) return 'NOASSERTION';
  return isLicenseExpression(license) ? license : `LicenseRef-${plain(license)}`;
}

/** A licence that SPDX does not know has to be explained. */
function extracted(parts: readonly Part[]): readonly object[] {
  const licenses = [...new Set(parts.flatMap(({license}) => license ?? []))].sort();
  return licenses.map((license) => ({
    licenseId: `LicenseRef-${plain(license)}`,
    name: license,
    extractedText: `The manifest says: ${license}`,
  }));
}

function plain(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9.-]+/g, '-');
}
