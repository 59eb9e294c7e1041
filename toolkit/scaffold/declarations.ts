// SPDX-License-Identifier: BSD-3-Clause

/** What a header declares under a name, as far as a stub of it has to know. */
export type Declaration =
  | {
      readonly kind: 'function';
      readonly name: string;
      /** As written, without attributes: `void *`, `KR_NORETURN void`. */
      readonly returns: string;
      /** As written, each with a name. */
      readonly parameters: readonly Parameter[];
    }
  | {readonly kind: 'variable'; readonly name: string; readonly type: string};

export interface Parameter {
  /** With the name in it: `void *(*entry)(void *)`. */
  readonly text: string;
  /** Absent: `...`. */
  readonly name?: string;
}

/** The functions and variables of these names, in the order of the names; those that the header lacks are left out. */
export function declarationsOf(header: string, names: readonly string[]): readonly Declaration[] {
  const statements = topLevel(withoutComments(header));
  return names.flatMap((name) => {
    const found = statements.find((text) => new RegExp(`\\b${name}\\b`).test(text) && !text.startsWith('typedef'));
    return found === undefined ? [] : [declarationOf(found, name)];
  });
}

/** The members of a struct: functions behind pointers, and the rest by their texts. */
export function membersOf(
  header: string,
  struct: string,
): readonly (Declaration | {readonly kind: 'member'; readonly text: string; readonly name: string})[] {
  const text = withoutComments(header);
  const begin = new RegExp(`struct\\s+${struct}\\s*\\{`).exec(text);
  if (begin === null) return [];
  const body = inside(text, begin.index + begin[0].length - 1);
  return statementsOf(body).map((member) => {
    const [, returns, name, rest] = /^(.*?)\(\s*\*\s*(\w+)\s*\)\s*(\(.*)$/s.exec(member) ?? [];
    if (name === undefined || rest === undefined) return {kind: 'member', text: member, name: lastName(member)};
    return {kind: 'function', name, returns: tidy(returns ?? ''), parameters: parametersOf(inside(rest, 0))};
  });
}

function declarationOf(text: string, name: string): Declaration {
  const at = new RegExp(`\\b${name}\\s*\\(`).exec(text);
  if (at === null) {
    const type = text.replace(/^extern\s+/, '').replace(new RegExp(`\\b${name}\\b.*$`, 's'), '');
    return {kind: 'variable', name, type: tidy(type)};
  }
  const returns = text.slice(0, at.index).replace(/^extern\s+|\bKR_MUST_USE\s+/g, '');
  const parameters = parametersOf(inside(text, at.index + at[0].length - 1));
  return {kind: 'function', name, returns: tidy(returns), parameters};
}

function parametersOf(list: string): readonly Parameter[] {
  return splitOutside(list, ',')
    .map(tidy)
    .filter((text) => text !== '' && text !== 'void')
    .map((text, index) => {
      if (text === '...') return {text};
      const pointer = /\(\s*\*\s*(?:const\s+)?(\w+)/.exec(text)?.[1];
      if (pointer !== undefined) return {text, name: pointer};
      const name = lastName(text);
      const isType = /^(?:int|char|void|bool|long|short|unsigned|signed|\w+_t)$/.test(name) || text === name;
      if (!isType && !/\*\s*$/.test(text) && !/^struct \w+$/.test(text)) return {text, name};
      return {text: `${text}${text.endsWith('*') ? '' : ' '}argument${index + 1}`, name: `argument${index + 1}`};
    });
}

function lastName(text: string): string {
  return /(\w+)\s*(?:\[[^\]]*\]\s*)*$/.exec(text)?.[1] ?? '';
}

function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/\/\/.*$/gm, ' ')
    .replace(/^[ \t]*#(?:.*\\\n)*.*$/gm, '');
}

/** Declarations outside braces, without their semicolons. */
function topLevel(text: string): readonly string[] {
  return statementsOf(text).filter((statement) => !statement.includes('{'));
}

/** What stands between semicolons, braces counted as one. */
function statementsOf(text: string): readonly string[] {
  return splitOutside(text, ';')
    .map(tidy)
    .filter((statement) => statement !== '');
}

function splitOutside(text: string, separator: ',' | ';'): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const letter of text) {
    if (letter === '(' || letter === '{' || letter === '[') depth++;
    if (letter === ')' || letter === '}' || letter === ']') depth--;
    if (letter === separator && depth === 0) parts.push('');
    else parts[parts.length - 1] += letter;
    // A function with a body ends without a semicolon.
    if (letter === '}' && depth === 0 && separator === ';' && /\)\s*\{[\s\S]*$/.test(parts.at(-1) ?? ''))
      parts.push('');
  }
  return parts;
}

/** What stands between the bracket at `from` and its counterpart. */
function inside(text: string, from: number): string {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(' || text[at] === '{') depth++;
    if (text[at] === ')' || text[at] === '}') depth--;
    if (depth === 0) return text.slice(from + 1, at);
  }
  return text.slice(from + 1);
}

function tidy(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
