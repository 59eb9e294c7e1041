// SPDX-License-Identifier: BSD-3-Clause

import {posix} from 'node:path';
import type {PublicHeaders} from './find-headers.ts';

/** Everything that the two manifests of an imported library say. */
export interface Library {
  readonly name: string;
  /** As semver has it. */
  readonly version: string;
  readonly summary: string;
  readonly license: string;
  readonly needs: readonly {readonly interface: string; readonly range: string; readonly because: string}[];
  readonly exports: readonly string[];
  readonly source: {
    readonly name: string;
    readonly version: string;
    readonly sha256: string;
    readonly from: {readonly key: 'debian' | 'npm' | 'url' | 'local'; readonly value: string};
  };
  /** Compiled files, and every other code file of the archive. */
  readonly files: readonly string[];
  readonly others: readonly string[];
  readonly include: readonly string[];
  readonly headers: PublicHeaders;
  readonly flags: readonly string[];
}

/** libs/NAME/lib.yaml. */
export function libYaml(library: Library): string {
  const {name, version, summary, license, needs, exports, source, include, flags, headers} = library;
  const {compile, exclude} = globsOf(library.files, library.others);
  const offered =
    headers.kind === 'folder'
      ? [`    offer: [${scalar(headers.folder)}]`]
      : [
          '    headers:',
          ...headers.headers.map((one) => `      - {name: ${scalar(one.name)}, from: [${scalar(one.from)}]}`),
        ];
  return [
    `name: ${scalar(name)}`,
    `version: ${version}`,
    `summary: ${scalar(summary)}`,
    `license: ${scalar(license)}`,
    `provides: {${scalar(name)}: ${version}}`,
    ...(needs.length === 0 ? [] : ['needs:']),
    ...needs.map((need) => `  ${need.interface}: {version: ${scalar(need.range)}, because: ${scalar(need.because)}}`),
    'exports:',
    ...wrapped(exports),
    'sources:',
    `  - name: ${scalar(source.name)}`,
    `    version: ${quoted(source.version)}`,
    `    sha256: ${/[a-f]/.test(source.sha256) ? source.sha256 : quoted(source.sha256)}`,
    `    ${source.from.key}: ${scalar(source.from.value)}`,
    '    compile:',
    ...compile.map((glob) => `      - ${scalar(glob)}`),
    ...(exclude.length === 0 ? [] : ['    exclude:', ...exclude.map((glob) => `      - ${scalar(glob)}`)]),
    ...(include.length === 0 ? [] : [`    include: [${include.map(scalar).join(', ')}]`]),
    ...offered,
    ...(flags.length === 0 ? [] : ['    flags:', ...flags.map((flag) => `      - ${scalar(flag)}`)]),
    '',
  ].join('\n');
}

/** libs/interfaces/NAME/interface.yaml. */
export function interfaceYaml({name, version, summary}: Library): string {
  return [
    `name: ${scalar(name)}`,
    `version: ${version}`,
    `summary: ${scalar(summary)}`,
    'cardinality: one',
    'contract: open',
    '',
  ].join('\n');
}

/** A folder of which most files are compiled is a glob, and the rest excluded; of another, each file is named. */
function globsOf(
  files: readonly string[],
  others: readonly string[],
): {readonly compile: readonly string[]; readonly exclude: readonly string[]} {
  const compile: string[] = [];
  const exclude: string[] = [];
  const groups = new Map<string, string[]>();
  for (const file of files) {
    const key = `${posix.dirname(file)}/*${posix.extname(file)}`.replace(/^\.\//, '');
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  for (const [glob, list] of [...groups].sort()) {
    const rest = others.filter(
      (file) => `${posix.dirname(file)}/*${posix.extname(file)}`.replace(/^\.\//, '') === glob,
    );
    if (list.length > 1 && rest.length <= list.length / 2) {
      compile.push(glob);
      exclude.push(...rest);
    } else compile.push(...list);
  }
  return {compile, exclude: exclude.sort()};
}

/** A list in brackets, in lines of a readable length. */
function wrapped(words: readonly string[]): readonly string[] {
  if (words.length === 0) return ['  []'];
  const lines: string[] = [];
  let line = '  [';
  for (const [index, word] of words.entries()) {
    const next = `${word}${index === words.length - 1 ? ']' : ', '}`;
    if ((line + next).trimEnd().length > 120) {
      lines.push(line.trimEnd());
      line = '   ';
    }
    line += next;
  }
  return [...lines, line];
}

/** Plain where YAML reads the text as the text it is. */
function scalar(text: string): string {
  const plain =
    /^[A-Za-z_./][\w./+@-]*(?: [\w./+@()-]+)*$/.test(text) && !/^(?:true|false|yes|no|on|off|null|~)$/i.test(text);
  return plain || /^-[\w=-]+$/.test(text) ? text : quoted(text);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
