// SPDX-License-Identifier: BSD-3-Clause

import {
  choice,
  derive,
  digest,
  flag,
  list,
  listing,
  optional,
  pathInside,
  quote,
  record,
  required,
  type Shape,
  text,
  word,
} from '../base/index.ts';
import type {Source} from './source.ts';

const globs = list(pathInside, 'a list of globs');
const places = ['debian', 'npm', 'url', 'local'] as const;
const npmPattern = '^(?:@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*@[0-9]+\\.[0-9]+\\.[0-9]+[0-9A-Za-z.+-]*$';

const pattern: Shape<string> = derive(text('a regular expression'), (value, at, page): string | undefined => {
  try {
    return new RegExp(value, 'gmu').source;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return page.error(at, `Expected a regular expression, but was ${quote(value)}.`);
  }
});

const header = record(
  {
    name: required(pathInside, {means: 'What `#include` calls it.', example: 'bits/types.h'}),
    from: required(globs, {means: 'The files of the archive that it is made of, in order.', example: '[types.h.in]'}),
    replace: optional(
      list(
        record(
          {
            pattern: required(pattern, {
              means:
                'What is replaced, wherever it is found: a regular expression of JavaScript; ^ and $ are those of a line.',
              example: '^TYPE (\\S+) (\\S+)$',
            }),
            with: required(text(), {
              means: 'What stands there instead; $1 is the first group.',
              example: 'typedef $1 $2;',
            }),
          },
          {expects: 'a map of pattern and with'},
        ),
        'a list of replacements',
      ),
      {
        means: 'What is changed in them, one after another.',
        example: "[{pattern: '@VERSION@', with: '1.2'}]",
        otherwise: 'nothing',
      },
    ),
  },
  {expects: 'a map of name, from and replace'},
);

const written = record(
  {
    name: required(word({expects: 'a name', pattern: '^[A-Za-z0-9][A-Za-z0-9._+-]*$', make: String}), {
      means: 'What the source is called.',
      example: 'lwip',
    }),
    version: required(text('a version'), {means: 'Its version, as its authors write it.', example: '2.1.3'}),
    sha256: required(word({expects: 'a SHA-256 of 64 digits', pattern: '^[0-9a-f]{64}$', make: digest}), {
      means: 'The SHA-256 of the archive. Another archive is refused.',
      example: '0a82…',
    }),
    debian: optional(
      word({
        expects: 'a path in a Debian pool such as pool/main/l/lwip/lwip_2.1.3.orig.tar.xz',
        pattern: '^pool/[^\\s\\\\]+$',
        make: String,
      }),
      {
        means: 'Where from: a path in the pool of a Debian mirror.',
        example: 'pool/main/l/lwip/lwip_2.1.3+dfsg1.orig.tar.xz',
      },
    ),
    npm: optional(word({expects: 'an npm package such as name@1.2.3', pattern: npmPattern, make: String}), {
      means: 'Where from: the tarball of an npm package.',
      example: 'name@1.2.3',
    }),
    url: optional(word({expects: 'an https address', pattern: '^https?://[^\\s]+$', make: String}), {
      means: 'Where from: an address of the Web.',
      example: 'https://example.org/lwip.tar.gz',
    }),
    inner: optional(pathInside, {
      means:
        'Where the archive lies in the one that comes from there, whose outermost folder counts for nothing. `sha256` is then that of the inner one.',
      example: 'deps/lib.tar.gz',
      otherwise: 'what comes from there is the archive',
    }),
    local: optional(pathInside, {
      means: 'Where from: an archive in the folder of the manifest, of code that is published nowhere else.',
      example: 'parser-1.0.0.tar',
    }),
    compile: optional(globs, {
      means: 'Which files are compiled: globs in the archive, without its outermost folder.',
      example: '[src/core/*.c]',
      otherwise: 'none',
    }),
    exclude: optional(globs, {means: 'Which of those are left out.', example: '[src/core/init.c]', otherwise: 'none'}),
    take: optional(choice(['all', 'reached']), {
      means:
        'With `reached`, of the files in C and assembly only those that the image wants by a name that they define, as a linker takes members of a library. For a library of many small files; the others are not even compiled.',
      example: 'reached',
      otherwise: '`all`',
    }),
    include: optional(globs, {
      means: 'Folders of headers in the archive that the lib sees.',
      example: '[src/include]',
      otherwise: 'none',
    }),
    offer: optional(globs, {
      means: "Folders of headers in the archive that whoever needs the lib's open interface sees, and the lib too.",
      example: '[include]',
      otherwise: 'none',
    }),
    headers: optional(list(header, 'a list of headers'), {
      means:
        'Headers that are made of files of the archive, as its own build would; seen by whoever sees what it offers.',
      example: '[{name: bits/types.h, from: [types.h.in]}]',
      otherwise: 'none',
    }),
    license: optional(text('a licence such as BSD-3-Clause'), {
      means: 'Its licence, as SPDX writes it.',
      example: 'MIT',
      otherwise: "the lib's",
    }),
    flags: optional(list(flag, 'a list of flags'), {
      means: 'More compiler flags for these files only.',
      example: '[-Wno-unused-parameter]',
      otherwise: 'none',
    }),
  },
  {expects: 'a map of name, version and sha256'},
);

/** The table of one third-party source of a lib. */
export const sourceTable: Shape<Source> = derive(
  written,
  (values, _at, page): Source | undefined => {
    const given = places.filter((place) => values[place] !== undefined);
    if (given.length === 0) {
      return page.error(values.name.at, `The source ${quote(values.name.value)} does not say where it comes from.`, {
        help: `Add one of ${listing(places, 'or')}.`,
      });
    }
    if (given.length > 1) {
      const second = values[given[1] ?? 'url'] ?? values.name;
      return page.error(
        second.at,
        `The source ${quote(values.name.value)} comes from several places: ${listing(given)}.`,
        {help: 'Keep one of them.'},
      );
    }
    return {
      name: values.name.value,
      version: values.version.value,
      sha256: values.sha256.value,
      from: placeOf({
        debian: values.debian?.value,
        npm: values.npm?.value,
        url: values.url?.value,
        local: values.local?.value,
      }),
      ...(values.inner !== undefined && {inner: values.inner.value}),
      compile: (values.compile?.value ?? []).map((each) => each.value),
      exclude: (values.exclude?.value ?? []).map((each) => each.value),
      ...(values.take?.value === 'reached' && {take: 'reached'}),
      include: (values.include?.value ?? []).map((each) => each.value),
      offer: (values.offer?.value ?? []).map((each) => each.value),
      headers: (values.headers?.value ?? []).map(({value}) => ({
        name: value.name.value,
        from: value.from.value.map((each) => each.value),
        replace: (value.replace?.value ?? []).map((each) => ({
          pattern: each.value.pattern.value,
          with: each.value.with.value,
        })),
      })),
      ...(values.license !== undefined && {license: values.license.value}),
      flags: (values.flags?.value ?? []).map((each) => each.value),
      at: values.name.at,
    };
  },
  {...written.schema, oneOf: places.map((place) => ({required: [place]}))},
);

function placeOf({
  debian,
  npm,
  url,
  local,
}: Readonly<Record<(typeof places)[number], string | undefined>>): Source['from'] {
  if (debian !== undefined) return {kind: 'debian', path: debian};
  if (npm !== undefined)
    return {kind: 'npm', name: npm.slice(0, npm.lastIndexOf('@')), version: npm.slice(npm.lastIndexOf('@') + 1)};
  if (local !== undefined) return {kind: 'local', path: local};
  return {kind: 'url', url: url ?? ''};
}
