// SPDX-License-Identifier: BSD-3-Clause

/**
 * Whether a path with forward slashes fits a glob: `*` and `?` within one name, `**` for any folders, `{a,b}` for
 * either. Names that begin with a dot are matched only by a dot.
 */
export function matchesGlob(path: string, glob: string): boolean {
  return globPattern(glob).test(path);
}

const patterns = new Map<string, RegExp>();

function globPattern(glob: string): RegExp {
  const known = patterns.get(glob);
  if (known !== undefined) return known;
  const pattern = new RegExp(`^(?:${translate(glob)})$`, 'u');
  patterns.set(glob, pattern);
  return pattern;
}

const tokens = /\*\*\/|\*\*|\*|\?|\{[^{}]*\}|[^*?{]+|\{/gu;

function translate(glob: string): string {
  let result = '';
  let atStart = true;
  for (const [token] of glob.matchAll(tokens)) {
    result += translateToken(token, atStart);
    atStart = token.endsWith('/');
  }
  return result;
}

function translateToken(token: string, atStart: boolean): string {
  const noDot = atStart ? '(?!\\.)' : '';
  if (token === '**/') return '(?:(?!\\.)[^/]+/)*';
  if (token === '**') return `${noDot}(?:[^/]|/(?!\\.))*`;
  if (token === '*') return `${noDot}[^/]*`;
  if (token === '?') return `${noDot}[^/]`;
  if (token.startsWith('{') && token.endsWith('}')) {
    const ways = token.slice(1, -1).split(',').map(translate);
    return `(?:${ways.join('|')})`;
  }
  return token.replace(/[\\^$.*+?()[\]{}|/]/gu, (character) => `\\${character}`);
}
