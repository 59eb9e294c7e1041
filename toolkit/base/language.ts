// SPDX-License-Identifier: BSD-3-Clause

/** What a file is written in, as far as images are made of it. */
export type Language = 'c' | 'c++' | 'assembly' | 'rust';

const endings: Readonly<Record<string, Language>> = {
  c: 'c',
  S: 'assembly',
  s: 'assembly',
  cc: 'c++',
  cpp: 'c++',
  cxx: 'c++',
  rs: 'rust',
};

/** The language of a file that a compiler is called with, by its ending; undefined for headers and everything else. */
export function languageOf(file: string): Language | undefined {
  const ending = /\.([^./]+)$/.exec(file)?.[1] ?? '';
  return Object.hasOwn(endings, ending) ? endings[ending] : undefined;
}

/** The file of a folder of Rust from which rustc finds the others. */
export const crateRoot = 'lib.rs';

/** Whether a file under `src/` of a lib is compiled by itself. */
export function isUnit(file: string): boolean {
  const language = languageOf(file);
  return language === 'rust' ? file === crateRoot : language !== undefined && !file.endsWith('.s');
}
