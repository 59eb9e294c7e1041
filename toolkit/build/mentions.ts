// SPDX-License-Identifier: BSD-3-Clause

/** What a file of C or assembly says, before anybody compiles it, of the names that it may define. */
export interface Mentions {
  /** Identifiers outside braces. */
  readonly names: ReadonlySet<string>;
  /** Macro → identifiers in its text. */
  readonly macros: ReadonlyMap<string, readonly string[]>;
  readonly includes: readonly Include[];
}

export interface Include {
  readonly file: string;
  /** `next`: not the first of this name (GCC, "Wrapper Headers"). In quotes, the folder of the file that includes it comes first. */
  readonly from: 'quotes' | 'folders' | 'next';
}

/**
 * Every identifier that stands outside braces. Too many on purpose, for parameters and types are among them; of names
 * that `##` puts together it knows nothing.
 */
export function mentions(text: string, language: 'c' | 'assembly'): Mentions {
  if (language === 'assembly') return {names: new Set(text.match(identifiers)), macros: new Map(), includes: []};
  const names = new Set<string>();
  const macros = new Map<string, readonly string[]>();
  const includes: Include[] = [];
  const depths: number[] = [];
  let depth = 0;
  for (const [token, directive, word] of text.matchAll(tokens)) {
    if (word !== undefined) {
      if (depth === 0) names.add(word);
    } else if (directive === 'include' || directive === 'include_next') {
      const [, mark, file] = /(["<])([^">]+)[">]/.exec(token) ?? [];
      const first = mark === '"' ? 'quotes' : 'folders';
      if (file !== undefined) includes.push({file, from: directive === 'include' ? first : 'next'});
    } else if (directive === 'define') {
      const [name, ...body] = token.replace(/^[ \t]*#[ \t]*define/, '').match(identifiers) ?? [];
      if (name !== undefined) macros.set(name, [...(macros.get(name) ?? []), ...body]);
    } else if (directive !== undefined) {
      // Each branch of a condition has the braces that the others have.
      if (directive.startsWith('if')) depths.push(depth);
      else if (directive.startsWith('el')) depth = depths.at(-1) ?? depth;
      else if (directive === 'endif') depths.pop();
    } else if (token === '{') {
      depth += 1;
    } else if (token === '}') {
      depth = Math.max(0, depth - 1);
    } else if (depth === 0 && token.startsWith('"')) {
      for (const name of token.replace(/\\[\s\S]/g, ' ').match(identifiers) ?? []) names.add(name);
    }
  }
  return {names, macros, includes};
}

const identifiers = /[A-Za-z_]\w*/g;

/** Comments, strings (assembly in a string has names, too), directives with the lines that continue them, names, braces. */
const tokens =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|^[ \t]*#[ \t]*(\w+)(?:\/\*[\s\S]*?\*\/|\\\n|[^\n\\]|\\(?!\n))*|([A-Za-z_]\w*)|[{}]/gm;
