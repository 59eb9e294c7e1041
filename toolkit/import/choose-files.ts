// SPDX-License-Identifier: BSD-3-Clause

import {posix} from 'node:path';

/** Files of an archive that may be compiled, and why the others are not. */
export interface Choice {
  readonly candidates: readonly string[];
  /** Files that others include: compiled by themselves only where others want what they define. */
  readonly included: readonly LeftOut[];
  /** Only code: what else an archive holds goes without saying. */
  readonly leftOut: readonly LeftOut[];
}

export interface LeftOut {
  readonly file: string;
  /** The end of a sentence that begins with the file. */
  readonly because: string;
}

const code = /\.(?:c|S|cc|cpp|cxx)$/;

const folders: readonly (readonly [RegExp, string])[] = [
  [/^(?:tests?|testing|test[-_].*|unittests?|.*[-_]tests?|fuzz|fuzzing|ossfuzz)$/i, 'is a test'],
  [/^(?:examples?|samples?|demos?|tutorials?)$/i, 'is an example'],
  [/^(?:bench|benchmarks?|perf)$/i, 'is a benchmark'],
  [/^(?:contrib|old|obsolete|attic|deprecated|legacy)$/i, 'is not maintained by the authors'],
  [
    /^(?:programs?|tools?|utils?|utilities|cmd|cli|apps?|scripts|configs?|build|cmake|m4|docs?|library_config)$/i,
    'is not the library',
  ],
  [
    /^(?:win(?:dows)?|win32|win64|wince|visualc|vs\d+|msvc|msdos|dos|nt|os2|os400|amiga|atari|vms|mac|macos|macosx|darwin|ios|android|symbian|watcom|nintendods|qnx|beos|riscos)$/i,
    'is for another system',
  ],
  [
    /^(?:java|python|perl|ruby|swift|go|rust|lua|tcl|php|delphi|pascal|ada|dotnet|csharp|bindings?)$/i,
    'is for another language',
  ],
];

const names: readonly (readonly [RegExp, string])[] = [
  [/^(?:tests?|test[-_].*|.*[-_]tests?|unittest.*|t_.*)\.\w+$/i, 'is a test'],
  [/^(?:examples?|example[-_].*|demo|demo[-_].*)\.\w+$/i, 'is an example'],
  [/^(?:bench.*|.*[-_]bench(?:mark)?)\.\w+$/i, 'is a benchmark'],
  [/^(?:fuzz.*|.*[-_]fuzz(?:er)?)\.\w+$/i, 'is a test'],
  [/(?:^|[-_])(?:win32|win64|windows|wince|vms|os2|amiga|msdos|macos|darwin)(?:[-_.])/i, 'is for another system'],
];

/**
 * Sorts the code of an archive by where it lies and what it is called; what that cannot tell, a trial compilation does.
 * `texts` has the text of each code file.
 */
export function chooseFiles(files: readonly string[], texts: ReadonlyMap<string, string>): Choice {
  const candidates: string[] = [];
  const leftOut: LeftOut[] = [];
  const all = files.filter((file) => code.test(file));
  const included: LeftOut[] = [];
  const by = includedCode(all, texts);
  for (const file of all) {
    const because = reason(file);
    const other = by.get(file);
    if (because !== undefined) leftOut.push({file, because});
    else if (other !== undefined) included.push({file, because: `is included by ${other}`});
    else candidates.push(file);
  }
  return {candidates, included, leftOut};
}

function reason(file: string): string | undefined {
  const parts = file.split('/');
  const base = parts.pop() ?? '';
  for (const part of parts) {
    const found = folders.find(([pattern]) => pattern.test(part));
    if (found !== undefined) return found[1];
  }
  return names.find(([pattern]) => pattern.test(base))?.[1];
}

/** Code that other code includes as a header: file → who includes it. */
function includedCode(files: readonly string[], texts: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const file of files) {
    for (const [, name = ''] of (texts.get(file) ?? '').matchAll(/^\s*#\s*include\s*"([^"]+\.(?:c|cc|cpp|cxx))"/gm)) {
      const beside = posix.join(posix.dirname(file), name);
      const target = files.find((one) => one === beside) ?? files.find((one) => one.endsWith(`/${name}`));
      if (target !== undefined && target !== file && reason(file) === undefined) found.set(target, file);
    }
  }
  return found;
}
