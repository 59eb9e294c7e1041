// SPDX-License-Identifier: BSD-3-Clause

import {type Diagnostic, isUnit, languageOf, matchesGlob, quote} from '../base/index.ts';
import type {Source} from '../catalog/index.ts';
import type {Spec} from '../spec/index.ts';

/** Where an app's files are looked for when its Kraftfile does not say. */
const defaultSources = ['*.{c,cc,cpp,cxx,S}', 'src/**/*.{c,cc,cpp,cxx,S}'];

/** Files, or why there are none. */
export interface Found {
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The app's C, C++ and assembly files, sorted. */
export function appFiles(spec: Spec, files: readonly string[]): Found {
  const code = files.filter((file) => isUnit(file) && languageOf(file) !== 'rust').sort();
  const written = spec.sources
    .filter(({at}) => at.length > 0)
    .map(({value, at}) => ({value, at, glob: value.replace(/^(?:\.\/)+/, '')}));
  if (written.length === 0) {
    const found = code.filter((file) => defaultSources.some((glob) => matchesGlob(file, glob)));
    return {files: found, diagnostics: found.length === 0 ? [noFiles(spec)] : []};
  }
  const idle = written.filter(({glob}) => !code.some((file) => matchesGlob(file, glob)));
  return {
    files: code.filter((file) => written.some(({glob}) => matchesGlob(file, glob))),
    diagnostics: idle.map(({value, at}) => ({
      severity: 'error',
      message: `No C, C++ or assembly file fits ${quote(value)}.`,
      at,
    })),
  };
}

function noFiles(spec: Spec): Diagnostic {
  return {
    severity: 'error',
    message: `The app ${quote(spec.name.value)} has no C or C++ file.`,
    at: spec.name.at,
    help: 'Write main.c beside the Kraftfile, or say under `sources` where the files are.',
  };
}

/** The files of a third-party source that its lib compiles, sorted. */
export function sourceFiles(source: Source, files: readonly string[]): Found {
  const {compile, exclude} = source;
  const idle = compile.filter((glob) => !files.some((file) => matchesGlob(file, glob)));
  const found = files.filter(
    (file) => compile.some((glob) => matchesGlob(file, glob)) && !exclude.some((glob) => matchesGlob(file, glob)),
  );
  return {
    files: [...found].sort(),
    diagnostics: idle.map((glob) => ({
      severity: 'error',
      message: `No file of ${source.name} ${source.version} fits ${quote(glob)}.`,
      at: source.at,
    })),
  };
}
