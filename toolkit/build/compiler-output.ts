// SPDX-License-Identifier: BSD-3-Clause

/** What a compiler says about one place: how it came there, the complaint, and the excerpt and notes that follow. */
interface Complaint {
  readonly context: string[];
  readonly lines: string[];
}

/**
 * Lets each complaint of many compilers' outputs through once: a mistake in a header is one mistake, however many
 * files include it. Returns what of a text is new.
 */
export function onceEach(): (text: string) => string {
  const seen = new Set<string>();
  return (text) =>
    complaints(text)
      .filter(({lines}) => isNew(lines.join('\n'), seen))
      .flatMap(({context, lines}) => [...context, ...lines])
      .map((line) => `${line}\n`)
      .join('');
}

function isNew(gist: string, seen: Set<string>): boolean {
  if (gist === '' || seen.has(gist)) return false;
  seen.add(gist);
  return true;
}

function complaints(text: string): readonly Complaint[] {
  const found: Complaint[] = [];
  let context: string[] = [];
  for (const line of text.split('\n')) {
    if (line === '' || farewell.test(line)) continue;
    if (way.test(line)) {
      context.push(line);
    } else if (begin.test(line) || context.length > 0 || found.length === 0) {
      found.push({context, lines: [line]});
      context = [];
    } else {
      found.at(-1)?.lines.push(line);
    }
  }
  return found;
}

const begin = /^\S.*?: (?:fatal error|error|warning): /;
/** How the compiler got to the place: included from, in function. */
const way = /^In file included from |^ +from \S+:\d+|^\S.*?: (?:In function|At top level)/;
const farewell = /^compilation terminated\.$|^\d+ (?:errors?|warnings?)(?: and \d+ errors?)? generated\.$/;
