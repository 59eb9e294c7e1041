// SPDX-License-Identifier: BSD-3-Clause

import {unreachable} from '../base/index.ts';
import type {Bill, Part} from './bill.ts';
import {isLicenseExpression} from './license-expression.ts';
import {uuidOf} from './uuid-of.ts';

/** A bill as a document of CycloneDX 1.5 in JSON. `created` as in `spdxDocument`. */
export function cycloneDxDocument(bill: Bill, created: string): object {
  const [image, ...others] = bill.parts;
  if (image === undefined) throw new Error('Internal error: a bill begins with its image');
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${uuidOf(bill.digest)}`,
    version: 1,
    metadata: {
      timestamp: created,
      tools: {components: [{type: 'application', name: bill.tool.name, version: bill.tool.version}]},
      component: componentOf(image),
    },
    components: others.map(componentOf),
    dependencies: bill.parts.map(({id}) => ({
      ref: id,
      dependsOn: [...new Set(bill.relations.filter(({from}) => from === id).map(({to}) => to))].sort(),
    })),
  };
}

function componentOf(part: Part): object {
  const {id, name, version, summary, license, sha256, download, purl, properties} = part;
  return {
    type: typeOf(part.kind),
    'bom-ref': id,
    name,
    ...(version !== undefined && {version}),
    ...(summary !== undefined && {description: summary}),
    ...(sha256 !== undefined && {hashes: [{alg: 'SHA-256', content: sha256}]}),
    ...(license !== undefined && {licenses: [licenseOf(license)]}),
    ...(purl !== undefined && {purl}),
    ...(download !== undefined && {externalReferences: [{type: 'distribution', url: download}]}),
    ...(properties.length > 0 && {properties: properties.map(([key, value]) => ({name: `kraft-ts:${key}`, value}))}),
  };
}

function typeOf(kind: Part['kind']): string {
  switch (kind) {
    case 'image':
      return 'operating-system';
    case 'app':
      return 'application';
    case 'platform':
      return 'platform';
    case 'lib':
    case 'arch':
    case 'source':
      return 'library';
    default:
      return unreachable(kind);
  }
}

/** What SPDX does not know is a licence with a name. */
function licenseOf(license: string): object {
  return isLicenseExpression(license) ? {expression: license} : {license: {name: license}};
}
