// SPDX-License-Identifier: BSD-3-Clause

import {
  choice,
  derive,
  flag,
  interfaceRule,
  libRule,
  list,
  listOfDistinct,
  map,
  named,
  nothing,
  oneOrMore,
  optional,
  optionRule,
  optionValue,
  pathInside,
  range,
  record,
  required,
  size,
  text,
  versionRange,
  ways,
  word,
} from '../base/index.ts';
import {environment} from './environment.ts';
import {foreignKeys, foreignLibraryKeys} from './foreign-keys.ts';
import {command, versionOne} from './kraftfile-values.ts';
import {target} from './target.ts';
import {volumes} from './volume.ts';

const anyVersion = versionRange('*');

const library = ways(
  [
    derive(range(), (version) => ({version, options: []})),
    derive(
      record(
        {
          version: optional(range(), {means: 'Which versions will do.', example: '^1.2', otherwise: 'any'}),
          options: optional(map(optionRule, optionValue, 'a map of options'), {
            means: 'Settings of this lib; `kraft-ts list LIB` shows those that it has.',
            example: '{connections: 64}',
            otherwise: 'the defaults of the lib',
          }),
        },
        {expects: 'a map of version and options', foreign: foreignLibraryKeys},
      ),
      ({version, options}) => ({version: version?.value ?? anyVersion, options: options?.value ?? []}),
    ),
    nothing({version: anyVersion, options: []}),
  ],
  'a range of versions such as ^1.2, or a map of version and options',
);

const needs = ways(
  [
    derive(listOfDistinct(word(interfaceRule), 'a list of interfaces'), (names) =>
      names.map((name) => ({name, version: anyVersion})),
    ),
    derive(
      map(
        interfaceRule,
        ways([range(), nothing(anyVersion)], range().expects),
        'a map of interfaces and ranges of versions',
      ),
      (rows) => rows.map(({name, value}) => ({name, version: value.value})),
    ),
  ],
  'a list of interfaces, or a map of interfaces and ranges of versions',
);

const budget = record(
  {
    size: optional(size({least: 1}), {means: 'Bytes of the image.', example: '64 KiB', otherwise: 'any'}),
    memory: optional(size({least: 1}), {
      means: 'Bytes that the image takes in memory before it allocates any.',
      example: '1 MiB',
      otherwise: 'any',
    }),
  },
  {expects: 'a map of size and memory'},
);

const goals = ['size', 'boot', 'surface', 'memory'] as const;
const paths = list(pathInside, 'a list of paths');

/** An empty one would be the folder of the Kraftfile, with all that is built in it. */
const somePath = derive(text('a path'), (path, at, page) =>
  path === '' ? page.error(at, 'Expected a path, but was "".') : path,
);

/** The table of keys of a Kraftfile: the checker, the reference and the JSON Schema come from it. */
export const kraftfileTable = record(
  {
    spec: required(versionOne, {
      means: 'The version of this format. `v1` is the only one.',
      example: 'v1',
      aliases: ['specification'],
    }),
    name: optional(
      word({
        expects: 'a name of letters, digits, dots, dashes and underscores',
        pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$',
        make: String,
        help: (written) => {
          const better = written.trim().replaceAll(/[^A-Za-z0-9._-]+/g, '-');
          return /^[A-Za-z0-9]/.test(better) ? `Write ${better}.` : undefined;
        },
      }),
      {
        means: 'What the app is called; the image is named after it.',
        example: 'shop',
        otherwise: 'the name of the folder',
      },
    ),
    sources: optional(named(oneOrMore(pathInside, paths), 'a path or a list of paths'), {
      means: 'The C and assembly files of the app, as globs relative to this folder.',
      example: '[src/**/*.c]',
      otherwise: 'every `.c` and `.S` file in this folder and, at any depth, in `src/`',
    }),
    include: optional(named(oneOrMore(pathInside, paths), 'a path or a list of paths'), {
      means: 'Folders in which the app looks for its own headers.',
      example: '[include]',
      otherwise: 'none',
    }),
    flags: optional(list(flag, 'a list of compiler flags'), {
      means: 'More compiler flags for the files of the app.',
      example: '[-DSHOP_PORT=80]',
      otherwise: 'none',
    }),
    cmd: optional(command, {
      means:
        'The arguments of the app after its own name, as a list or as one text in which quotes hold words together. `kraft-ts run -- …` replaces them.',
      example: '[--verbose, "8080"]',
      otherwise: 'none',
    }),
    env: optional(environment, {
      means: 'Environment variables of the app: a map, or a list of `NAME=value`.',
      example: '{GREETING: hello}',
      otherwise: 'none',
    }),
    labels: optional(map({expects: 'a label', pattern: '^.+$', make: String}, text(), 'a map of labels'), {
      means: 'Facts about the image for other tools. They are recorded and otherwise left alone.',
      example: '{org.example.team: web}',
      otherwise: 'none',
    }),
    needs: optional(needs, {
      means: 'The interfaces whose headers the app includes: a list, or a map to ranges of versions.',
      example: '[netstack, clock]',
      otherwise: 'none',
    }),
    libraries: optional(map(libRule, library, 'a map of libs'), {
      means:
        'Libs that must be in the image, each with a range of versions or a map of `version` and `options`. The platform or arch of a target may be named too; what is said of it counts for the targets that have it.',
      example: '{shop-cache: {version: ^1.2, options: {entries: 64}}}',
      otherwise: 'none; what is needed is found',
    }),
    choose: optional(map(interfaceRule, word(libRule), 'a map of interfaces and libs'), {
      means: 'Which lib provides an interface, where several could. The lib is then in the image.',
      example: '{alloc: shop-alloc}',
      otherwise: 'what `prefer` and `minimize` say',
    }),
    prefer: optional(listOfDistinct(word(libRule), 'a list of libs'), {
      means: 'Libs to take where there is a choice, the most wanted first. Unlike `choose`, this may give way.',
      example: '[shop-alloc]',
      otherwise: 'none',
    }),
    minimize: optional(oneOrMore(choice(goals), listOfDistinct(choice(goals), 'a list of goals')), {
      means:
        'What to keep small, the most important first: `size` of the image, `boot` instructions, `surface` (symbols that libs offer each other), `memory` at rest.',
      example: '[memory, size]',
      otherwise: 'nothing in particular; the recommended and the newest libs are taken',
    }),
    budget: optional(budget, {
      means:
        'What the image may come to at most: its `size`, and the `memory` that it takes at rest. The solver goes by what the libs measured or promise, and the build by what came out.',
      example: '{size: 64 KiB, memory: 1 MiB}',
      otherwise: 'none',
    }),
    rootfs: optional(somePath, {
      means:
        'A folder, or an archive (tar or cpio, compressed or not), whose content the app finds as its root file system. All in it belongs to user 0; of permission it keeps whether a file can be executed, and of names of one file a file each. Pipes, sockets and devices cannot be in it, and the build folder never is.',
      example: './rootfs',
      otherwise: 'none',
    }),
    volumes: optional(volumes, {
      means:
        'Folders of the host, or disk images (`.img`), that the app sees when it runs, as `HOST:GUEST`, or `HOST:GUEST:ro` to read only. `kraft-ts run -v` adds to them.',
      example: '[./data:/data]',
      otherwise: 'none',
    }),
    machine: optional(word({expects: 'the name of a machine', pattern: '^[a-z0-9][a-z0-9-]*$', make: String}), {
      means:
        'Which machine of its platform the image boots on; targets whose platform has no such machine boot on the one that it prefers. `kraft-ts run --machine` replaces it.',
      example: 'desk',
      otherwise: 'the one that the platform prefers',
    }),
    memory: optional(size({least: 64 * 1024}), {
      means: 'How much memory the machine has. `kraft-ts run -m` replaces it.',
      example: '64 MiB',
      otherwise: 'what the machine has by itself',
    }),
    targets: optional(listOfDistinct(target, 'a list of targets', {key: ({platform, arch}) => `${platform}/${arch}`}), {
      means:
        'What to build for, as `PLATFORM/ARCH` or as a map of `platform` and `architecture`. The first is built unless another is asked for.',
      example: '[PLATFORM/ARCH]',
      otherwise: 'the only platform and arch that there are, or what `--plat` and `--arch` say',
    }),
  },
  {expects: 'a map of keys, such as spec: v1', foreign: foreignKeys, free: 'x-'},
);
