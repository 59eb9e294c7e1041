// SPDX-License-Identifier: BSD-3-Clause

import {
  counted,
  type Diagnostic,
  type Engine,
  type Imported,
  importLib,
  listing,
  printRoundSize,
  shown,
} from '../../toolkit/engine.ts';
import {compilerFlags} from '../common-flags.ts';
import {exitStatus} from '../exit-status.ts';
import {verb} from '../verb.ts';

export const libImport = verb({
  name: 'lib import',
  summary: 'Make a lib and an interface of a C library.',
  about: `Fetches the library, pins its archive, finds out which of its files make the library and how they are compiled, which headers are for others, what it defines, and what it wants of whom. Then it writes libs/NAME/lib.yaml and libs/interfaces/NAME/interface.yaml, and builds an image that has all of it. Nothing of the library is run on your machine.

Files that are tests, examples, programs, for other systems, or want what no interface has are left out, and named. What stays unresolved is named too, with what would resolve it.`,
  positionals: [
    {
      name: 'FROM',
      means:
        'A folder; deb:NAME, a Debian source package; npm:NAME or npm:NAME@VERSION; or the Web address of an archive.',
      required: true,
      completes: 'folder',
    },
  ],
  flags: {
    name: {value: 'NAME', means: 'What the lib and its interface are called. Default: as the library is.'},
    exclude: {value: 'GLOB', repeatable: true, means: 'Leave out these files of the archive.'},
    flag: {
      value: 'FLAG',
      repeatable: true,
      mayBeginWithDash: true,
      means: 'Compile the library with this flag, such as -DNDEBUG.',
    },
    ...compilerFlags,
  },
  examples: [
    {command: 'kraft-ts lib import deb:zlib', means: "Debian's source of it."},
    {command: "kraft-ts lib import ../parser --exclude 'src/legacy/*.c'", means: 'A folder, but for some files.'},
    {command: 'kraft-ts lib import npm:better-sqlite3@13.2.0 --name sqlite', means: 'C code in an npm package.'},
  ],
  async act({flags, positionals: [from = ''], reporter, engine, signal}) {
    const imported = await importLib(engine, {
      from,
      name: flags.name,
      exclude: flags.exclude,
      flags: flags.flag,
      compiler: flags.compiler === 'clang' ? 'clang' : 'gcc',
      signal,
    });
    reporter.settle();
    if (signal.aborted) return exitStatus.interrupted;
    if (!imported.ok) {
      reporter.diagnostics(imported.error);
      return exitStatus.diagnostics;
    }
    const {unresolved, build} = imported.value;
    const wrong = [...unresolved.map(unresolvedMessage), ...('diagnostics' in build ? build.diagnostics : [])];
    if (reporter.format === 'json') reporter.json(imported.value);
    else {
      reporter.print(reportLines(imported.value, engine).join('\n'));
      reporter.diagnostics(wrong);
    }
    return wrong.length === 0 ? exitStatus.ok : exitStatus.diagnostics;
  },
});

function reportLines(imported: Imported, engine: Engine): readonly string[] {
  const {name, version, license, source, compiled, exports, headers, needs, written, build} = imported;
  return [
    `${name} ${version}, ${license}: ${source.from.key} ${source.from.value}`,
    `  ${counted(compiled.length, 'file')} compiled; ${counted(exports.length, 'symbol')} in ${listing(some(headers))}`,
    ...leftOutLines(imported),
    ...needs.map((need) => `  needs ${need.interface} ${need.range}: ${need.because}`),
    ...lackingLines(imported),
    ...written.map((path) => `Wrote ${shown(engine, path)}`),
    ...('loaded' in build
      ? [`Built an image for ${build.target} with all of it: ${printRoundSize(build.loaded)}`]
      : []),
    ...(license === 'NOASSERTION' ? ['Nobody says its licence: write it into the manifest.'] : []),
  ];
}

/** By reason, since an archive has many tests. */
function leftOutLines({leftOut}: Imported): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const {file, because} of leftOut) groups.set(because, [...(groups.get(because) ?? []), file]);
  return [...groups].map(([because, files]) => {
    if (files.length === 1) return `  left out: ${files[0] ?? ''} ${because}`;
    return `  left out: ${listing(some(files))} – each ${because}`;
  });
}

function lackingLines({lacking}: Imported): readonly string[] {
  return lacking.map(
    ({lib, interface: name, symbols}) => `  not with ${lib} for ${name}, which lacks ${listing(some(symbols))}`,
  );
}

function unresolvedMessage({symbol, files, advice}: Imported['unresolved'][number]): Diagnostic {
  return {
    severity: 'error',
    message: `${listing(some(files))} ${files.length === 1 ? 'wants' : 'want'} ${symbol}, but no interface has it.`,
    help: `${advice.charAt(0).toUpperCase()}${advice.slice(1)}.`,
  };
}

function some(words: readonly string[]): readonly string[] {
  return words.length <= 4 ? words : [...words.slice(0, 3), `${words.length - 3} more`];
}
