// SPDX-License-Identifier: BSD-3-Clause

const text = {type: 'string', minLength: 1} as const;
const id = {type: 'string', pattern: '^SPDXRef-[A-Za-z0-9.-]+$'} as const;
/** SPDX 2.3, annex D; the names of licences are another test's. */
const license = {
  type: 'string',
  pattern:
    '^(NOASSERTION|NONE|\\(*(LicenseRef-)?[A-Za-z0-9.+-]+\\)*( (AND|OR|WITH) \\(*(LicenseRef-)?[A-Za-z0-9.+-]+\\)*)*)$',
} as const;

const spdxPackage = {
  type: 'object',
  required: [
    'SPDXID',
    'name',
    'downloadLocation',
    'filesAnalyzed',
    'licenseConcluded',
    'licenseDeclared',
    'copyrightText',
  ],
  additionalProperties: false,
  properties: {
    SPDXID: id,
    name: text,
    versionInfo: text,
    summary: text,
    comment: text,
    downloadLocation: {type: 'string', pattern: '^(NOASSERTION|NONE|https?://\\S+)$'},
    filesAnalyzed: {const: false},
    licenseConcluded: license,
    licenseDeclared: license,
    copyrightText: text,
    primaryPackagePurpose: {
      enum: [
        'APPLICATION',
        'FRAMEWORK',
        'LIBRARY',
        'CONTAINER',
        'OPERATING-SYSTEM',
        'DEVICE',
        'FIRMWARE',
        'SOURCE',
        'ARCHIVE',
        'FILE',
        'INSTALL',
        'OTHER',
      ],
    },
    checksums: {
      type: 'array',
      items: {
        type: 'object',
        required: ['algorithm', 'checksumValue'],
        additionalProperties: false,
        properties: {algorithm: {const: 'SHA256'}, checksumValue: {type: 'string', pattern: '^[0-9a-f]{64}$'}},
      },
    },
    externalRefs: {
      type: 'array',
      items: {
        type: 'object',
        required: ['referenceCategory', 'referenceType', 'referenceLocator'],
        additionalProperties: false,
        properties: {
          referenceCategory: {const: 'PACKAGE-MANAGER'},
          referenceType: {const: 'purl'},
          referenceLocator: {type: 'string', pattern: '^pkg:[a-z]+/\\S+$'},
        },
      },
    },
  },
} as const;

/** What clauses 6, 7, 10 and 11 of SPDX 2.3 ask of a document in JSON, as far as ours goes; nothing else may stand in it. */
export const spdxSchema = {
  type: 'object',
  required: [
    'spdxVersion',
    'dataLicense',
    'SPDXID',
    'name',
    'documentNamespace',
    'creationInfo',
    'packages',
    'relationships',
  ],
  additionalProperties: false,
  properties: {
    spdxVersion: {const: 'SPDX-2.3'},
    dataLicense: {const: 'CC0-1.0'},
    SPDXID: {const: 'SPDXRef-DOCUMENT'},
    name: text,
    documentNamespace: {
      type: 'string',
      pattern: '^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
    },
    creationInfo: {
      type: 'object',
      required: ['created', 'creators'],
      additionalProperties: false,
      properties: {
        created: {type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$'},
        creators: {type: 'array', minItems: 1, items: {type: 'string', pattern: '^(Tool|Person|Organization): .+$'}},
      },
    },
    documentDescribes: {type: 'array', items: id},
    packages: {type: 'array', minItems: 1, items: spdxPackage},
    hasExtractedLicensingInfos: {
      type: 'array',
      items: {
        type: 'object',
        required: ['licenseId', 'extractedText'],
        additionalProperties: false,
        properties: {
          licenseId: {type: 'string', pattern: '^LicenseRef-[A-Za-z0-9.-]+$'},
          name: text,
          extractedText: text,
        },
      },
    },
    relationships: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['spdxElementId', 'relationshipType', 'relatedSpdxElement'],
        additionalProperties: false,
        properties: {
          spdxElementId: id,
          relationshipType: {enum: ['DESCRIBES', 'CONTAINS', 'DEPENDS_ON', 'GENERATED_FROM']},
          relatedSpdxElement: id,
        },
      },
    },
  },
} as const;
