// SPDX-License-Identifier: BSD-3-Clause
// What an image is made of, in two formats, judged by what each format asks for.

import {Ajv, type AnySchema} from 'ajv';
import {expect, test} from 'vitest';
import {appFiles, kraftfile, libManifest} from '../rig/files.ts';
import {temporaryProject} from '../rig/project.ts';
import {readRepositoryFile} from '../rig/repository.ts';
import {spdxSchema} from '../rig/spdx-schema.ts';
import {runTool} from '../rig/tool.ts';

const pin = /name: lwip\n +version: (\S+)\n +sha256: (\S+)/.exec(readRepositoryFile('libs/netstack-lwip/lib.yaml'));
const [, version = '', lwip = ''] = pin ?? [];
const files = appFiles({
  Kraftfile: kraftfile(
    'choose: {libc: libc-mini}\nlibraries: {mine: {options: {colour: red}}}\ntargets: [kvm/x86_64]\n',
  ).replace('[libc]', '[libc, netstack]'),
  'libs/mine/lib.yaml': libManifest(
    'mine',
    'options: {colour: {type: string, default: blue, means: A colour.}}\n',
  ).replace('license: BSD-3-Clause', 'license: Shop Licence 1'),
});

async function sbom(...words: readonly string[]): Promise<{readonly text: string; readonly document: Document}> {
  const {status, out, error} = await runTool(['sbom', ...words], temporaryProject(files).folder);
  expect({status, error: error.replaceAll(/^Fetch.*\n/gm, '')}).toEqual({status: 0, error: ''});
  return {text: out, document: JSON.parse(out)};
}

interface Document {
  readonly packages: readonly {readonly SPDXID: string; readonly name: string; readonly licenseDeclared: string}[];
  readonly relationships: readonly object[];
  readonly components: readonly {readonly name: string; readonly 'bom-ref': string}[];
  readonly dependencies: readonly {readonly ref: string; readonly dependsOn: readonly string[]}[];
}

const cycloneSchema = (file: string): AnySchema =>
  JSON.parse(readRepositoryFile(`node_modules/@cyclonedx/cyclonedx-library/res/schema/${file}`));

test('CycloneDX 1.5: the document fits its schema, and names libs, sources, licences and digests', async () => {
  const {document} = await sbom('--format', 'cyclonedx');
  const ajv = new Ajv({strict: false, validateFormats: false, allErrors: true});
  ajv.addSchema(cycloneSchema('spdx.SNAPSHOT.schema.json'), 'http://cyclonedx.org/schema/spdx.SNAPSHOT.schema.json');
  ajv.addSchema(
    cycloneSchema('jsf-0.82.SNAPSHOT.schema.json'),
    'http://cyclonedx.org/schema/jsf-0.82.SNAPSHOT.schema.json',
  );
  const validate = ajv.compile(cycloneSchema('bom-1.5.SNAPSHOT.schema.json'));
  expect(validate(document) ? [] : validate.errors).toEqual([]);
  const {components, dependencies} = document;
  expect(components.find(({name}) => name === 'lwip')).toMatchObject({
    type: 'library',
    version,
    hashes: [{alg: 'SHA-256', content: lwip}],
    licenses: [{expression: 'BSD-3-Clause'}],
    purl: `pkg:deb/debian/lwip@${encodeURIComponent(version)}?arch=source`,
  });
  expect(components.find(({name}) => name === 'mine')).toMatchObject({
    licenses: [{license: {name: 'Shop Licence 1'}}],
    properties: [
      {name: 'kraft-ts:origin', value: 'project'},
      {name: 'kraft-ts:option:colour', value: 'red'},
    ],
  });
  const refs = new Set(['image', ...components.map((one) => one['bom-ref'])]);
  expect(new Set(dependencies.map(({ref}) => ref))).toEqual(refs);
  expect(dependencies.flatMap(({dependsOn}) => dependsOn).filter((ref) => !refs.has(ref))).toEqual([]);
  expect(dependencies.find(({ref}) => ref === 'app')?.dependsOn).toEqual(['lib-libc-mini', 'lib-netstack-lwip']);
});

test('SPDX 2.3: the document has what the specification asks for, and says the same', async () => {
  const {document} = await sbom();
  const validate = new Ajv({allErrors: true}).compile(spdxSchema);
  expect(validate(document) ? [] : validate.errors).toEqual([]);
  const ids = new Set(['SPDXRef-DOCUMENT', ...document.packages.map(({SPDXID}) => SPDXID)]);
  expect(ids.size).toBe(document.packages.length + 1);
  for (const relationship of document.relationships) {
    const ends = Object.entries(relationship).filter(([key]) => key !== 'relationshipType');
    expect(ends.map(([, id]) => ids.has(String(id)))).toEqual([true, true]);
  }
  expect(document.packages.find(({name}) => name === 'mine')?.licenseDeclared).toBe('LicenseRef-Shop-Licence-1');
  expect(document).toMatchObject({
    hasExtractedLicensingInfos: [{licenseId: 'LicenseRef-Shop-Licence-1', name: 'Shop Licence 1'}],
    relationships: expect.arrayContaining([
      {
        spdxElementId: 'SPDXRef-lib-netstack-lwip',
        relationshipType: 'GENERATED_FROM',
        relatedSpdxElement: `SPDXRef-source-lwip-${lwip.slice(0, 12)}`,
      },
      {spdxElementId: 'SPDXRef-image', relationshipType: 'CONTAINS', relatedSpdxElement: 'SPDXRef-lib-mine'},
      {spdxElementId: 'SPDXRef-app', relationshipType: 'DEPENDS_ON', relatedSpdxElement: 'SPDXRef-lib-libc-mini'},
    ]),
  });
});

test('a document is the same wherever it is made, and has the time that it is told', async () => {
  const [one, other] = [await sbom(), await sbom()];
  expect(one.text).toBe(other.text);
  expect(one.document).toMatchObject({creationInfo: {created: '1970-01-01T00:00:00Z'}});
});

test('every lib of the kit has a licence that SPDX knows', async () => {
  const {isLicenseExpression} = await import('../../toolkit/sbom/index.ts');
  const {out} = await runTool(['list', '--json'], temporaryProject().folder);
  const {libs}: {readonly libs: readonly {readonly name: string; readonly license: string}[]} = JSON.parse(out);
  expect(libs.filter(({license}) => !isLicenseExpression(license)).map(({name}) => name)).toEqual([]);
});
