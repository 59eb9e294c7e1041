// SPDX-License-Identifier: BSD-3-Clause

import {
  type Checked,
  choice,
  derive,
  digest,
  integer,
  interfaceRule,
  libName,
  libRule,
  list,
  listOfDistinct,
  map,
  namePattern,
  optional,
  optionRule,
  optionValue,
  quote,
  readDocument,
  record,
  required,
  type Shape,
  type SourceText,
  text,
  versionShape,
  type WordRule,
  word,
} from '../base/index.ts';
import type {Lock, LockedLib, LockedPackage, LockedTarget} from './lock.ts';

/** The text of a `kraft.lock`, checked: a lock, or what is wrong with it. */
export function readLock(source: SourceText): Checked<Lock> {
  const checked = readDocument(source, lockShape);
  if (checked.ok) return {ok: true, value: checked.value.value, warnings: checked.warnings};
  const help = 'The lock is written by this tool. Take it from version control, or delete it to choose anew.';
  const [first, ...rest] = checked.error;
  if (first === undefined) throw new Error('Internal error: a lock refused without a reason');
  return {
    ok: false,
    error: [{...first, message: `The lock is damaged: ${first.message}`, help}, ...rest],
    warnings: [],
  };
}

const shaRule: WordRule<string> = {expects: 'a SHA-256 in hexadecimal', pattern: '^[0-9a-f]{64}$', make: String};
const targetRule: WordRule<string> = {
  expects: 'a target such as PLATFORM/ARCH',
  pattern: `^${namePattern}/${namePattern}$`,
  make: String,
};
const sourceRule: WordRule<string> = {expects: 'the name of a source', pattern: '^\\S+$', make: String};

const about = (means: string, example: string) => ({means, example});

const packageRule: WordRule<string> = {
  expects: 'the name of a package',
  pattern: '^(?:@[a-z0-9~][a-z0-9._~-]*/)?[a-z0-9~][a-z0-9._~-]*$',
  make: String,
};

const packageShape = record(
  {
    version: required(versionShape(), about('The version installed.', '1.0.0')),
    integrity: optional(text(), about('Of its tarball.', 'sha512-…')),
    content: optional(word(shaRule), about('Of its files.', '0a82…')),
  },
  {expects: 'a locked package'},
);

const sourceShape = record(
  {
    version: required(text(), about('Its version.', '2.1.3')),
    sha256: required(word(shaRule), about('Of the archive.', '0a82…')),
  },
  {expects: 'a source'},
);

const libShape = record(
  {
    version: required(versionShape(), about('The version chosen.', '1.0.0')),
    options: optional(
      map(optionRule, optionValue, 'options'),
      about('Those that are not at their defaults.', '{tcp: true}'),
    ),
    sources: optional(map(sourceRule, sourceShape, 'sources'), about('The archives that it is made from.', '{}')),
  },
  {expects: 'a locked lib'},
);

const targetShape = record(
  {
    prefer: required(listOfDistinct(word(libRule), 'a list of libs'), about('As the Kraftfile had it.', '[]')),
    minimize: required(
      listOfDistinct(choice(['size', 'boot', 'surface', 'memory']), 'a list of goals'),
      about('As the Kraftfile had it.', '[]'),
    ),
    libs: required(map(libRule, libShape, 'libs'), about('What is in the image.', '{}')),
    providers: required(
      map(interfaceRule, list(word(libRule), 'a list of libs'), 'interfaces'),
      about('Who provides what.', '{}'),
    ),
  },
  {expects: 'a locked target'},
);

const fileShape = record(
  {
    format: required(integer(), about('Of this file.', '1')),
    packages: optional(map(packageRule, packageShape, 'packages'), about('Where libs came from.', '{}')),
    targets: required(map(targetRule, targetShape, 'targets'), about('One solution for each target.', '{}')),
  },
  {expects: 'a lock'},
);

const lockShape: Shape<Lock> = derive(fileShape, (file, _at, page) => {
  if (file.format.value !== 1)
    return page.error(
      file.format.at,
      `Expected format 1, but was ${file.format.value}: this lock was written by another version of the tool.`,
    );
  const targets = file.targets.value.map(({name, value}): LockedTarget => {
    const [platform = '', arch = ''] = name.value.split('/');
    const {prefer, minimize, libs, providers} = value.value;
    const known = new Set(libs.value.map((row) => row.name.value));
    for (const row of providers.value) {
      for (const lib of row.value.value)
        if (!known.has(lib.value))
          page.error(lib.at, `${quote(lib.value)} is a provider of ${row.name.value}, but not among the libs.`);
    }
    return {
      platform: libName(platform),
      arch: libName(arch),
      objective: {prefer: prefer.value.map((lib) => lib.value), minimize: minimize.value.map((goal) => goal.value)},
      libs: libs.value.map(
        (row): LockedLib => ({
          name: row.name.value,
          version: row.value.value.version.value,
          options: Object.fromEntries(
            (row.value.value.options?.value ?? []).map((option) => [option.name.value, option.value.value]),
          ),
          sources: (row.value.value.sources?.value ?? []).map((source) => ({
            name: source.name.value,
            version: source.value.value.version.value,
            sha256: digest(source.value.value.sha256.value),
          })),
        }),
      ),
      providers: new Map(providers.value.map((row) => [row.name.value, row.value.value.map((lib) => lib.value)])),
    };
  });
  const packages = (file.packages?.value ?? []).map(({name, value: {value}}): [string, LockedPackage] => [
    name.value,
    {
      version: value.version.value,
      ...(value.integrity !== undefined && {integrity: value.integrity.value}),
      ...(value.content !== undefined && {content: digest(value.content.value)}),
    },
  ]);
  return {format: 1, ...(packages.length > 0 && {packages: new Map(packages)}), targets};
});
