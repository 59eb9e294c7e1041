// SPDX-License-Identifier: BSD-3-Clause

import {join, posix} from 'node:path';
import {languageOf} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import {type Choice, chooseFiles, type LeftOut} from './choose-files.ts';
import {findDefines, type Surroundings} from './find-defines.ts';
import {isBuildFile, type PublicHeaders, publicHeaders} from './find-headers.ts';
import {findLicense} from './find-license.ts';
import {type Settled, settle} from './settle.ts';
import {type TrialRequest, tryFiles} from './trial.ts';

/** An unpacked archive, and the place that its code is to live in. */
export interface Examination {
  readonly name: string;
  readonly folder: string;
  readonly files: readonly string[];
  readonly surroundings: Surroundings;
  /** The compiler for a file, with more flags. */
  readonly command: (file: string, flags: readonly string[]) => ReturnType<TrialRequest['command']>;
  /** Flags that the user adds, and globs of files that the user leaves out. */
  readonly flags: readonly string[];
  readonly isExcluded: (file: string) => boolean;
  readonly onProgress: TrialRequest['onProgress'];
  readonly signal?: AbortSignal;
}

/** What a library turns out to be. */
export interface Findings extends Settled {
  /** Every code file that is not compiled. */
  readonly others: readonly string[];
  readonly include: readonly string[];
  readonly flags: readonly string[];
  readonly headers: PublicHeaders;
  readonly license?: string;
}

const largest = 4 * 1024 * 1024;

/** Reads, compiles on trial, and sorts out what belongs to a library; nothing of it is ever run. */
export async function examineLibrary(host: Host, examination: Examination): Promise<Findings> {
  const {name, folder, files, surroundings, isExcluded} = examination;
  const texts = await readTexts(host, folder, files);
  const chosen = withoutExcluded(chooseFiles(files, texts), isExcluded);
  const near = [...texts].filter(([file]) => !chosen.leftOut.some((one) => one.file === file));
  const flags = [...findDefines(near, surroundings), ...examination.flags];
  const trial = await tryFiles(host, {
    folder,
    files,
    candidates: [...chosen.candidates, ...chosen.included.map(({file}) => file)],
    command: (file) => examination.command(file, flags),
    onProgress: examination.onProgress,
    ...(examination.signal !== undefined && {signal: examination.signal}),
  });
  const settled = settle(trial.compiled, {
    included: new Map(chosen.included.map(({file, because}) => [file, because])),
    isKnown: (symbol) => surroundings.symbols.has(symbol),
  });
  const unfit = trial.failed.filter(({file}) => !chosen.included.some((one) => one.file === file));
  const failed = unfit.map(({file, says, lacks}): LeftOut => {
    const isCxx = languageOf(file) === 'c++';
    const reason = lacks === undefined ? `does not compile: ${says}` : `includes <${lacks}>, which nobody has`;
    const because = isCxx ? `is C++ and does not do without its library: ${says}` : reason;
    return {file, because};
  });
  const license = findLicense(texts, settled.files);
  const compiled = new Set(settled.files);
  return {
    ...settled,
    leftOut: [
      ...chosen.leftOut,
      ...failed,
      ...chosen.included.filter(({file}) => trial.failed.some((one) => one.file === file)),
      ...settled.leftOut,
    ],
    others: [...chosen.candidates, ...[...chosen.included, ...chosen.leftOut].map(({file}) => file)].filter(
      (file) => !compiled.has(file),
    ),
    include: trial.include,
    flags,
    headers: publicHeaders(name, {files, texts, compiled: settled.files}),
    ...(license !== undefined && {license}),
  };
}

function withoutExcluded({candidates, included, leftOut}: Choice, isExcluded: (file: string) => boolean): Choice {
  const excluded = candidates.filter(isExcluded);
  return {
    candidates: candidates.filter((file) => !isExcluded(file)),
    included: included.filter(({file}) => !isExcluded(file)),
    leftOut: [...leftOut, ...excluded.map((file) => ({file, because: 'is left out by --exclude'}))],
  };
}

async function readTexts(host: Host, folder: string, files: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const wanted = files.filter((file) => {
    const base = posix.basename(file);
    return (
      /\.(?:[chS]|cc|cpp|cxx|hpp|hh)$/.test(base) ||
      (!file.includes('/') && /^[A-Z]+(?:\.\w+)?$/.test(base)) ||
      isBuildFile(file)
    );
  });
  const texts = new Map<string, string>();
  for (let at = 0; at < wanted.length; at += 64) {
    const some = wanted.slice(at, at + 64);
    const read = await Promise.all(some.map((file) => host.readFile(join(folder, file))));
    for (const [index, file] of some.entries()) {
      const text = read[index];
      if (text !== undefined && text.length <= largest) texts.set(file, text);
    }
  }
  return texts;
}
