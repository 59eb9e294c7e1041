// SPDX-License-Identifier: BSD-3-Clause

import type {Declaration} from './declarations.ts';
import type {NewLanguage} from './lib-files.ts';

type FunctionDeclaration = Extract<Declaration, {kind: 'function'}>;

/** A definition that compiles and does nothing. What can say that it does nothing, does. */
export function stubOf(declaration: Declaration, language: NewLanguage): string {
  if (declaration.kind === 'variable') return `${joined(declaration.type, declaration.name)};\n`;
  return functionStub(declaration, {before: '', language});
}

/** As stubOf, for a function that only its own file sees. */
export function staticStub(declaration: FunctionDeclaration, language: NewLanguage): string {
  return functionStub(declaration, {before: 'static ', language});
}

function functionStub(
  {name, returns, parameters}: FunctionDeclaration,
  {before, language}: {readonly before: string; readonly language: NewLanguage},
): string {
  const texts = parameters.map(({text}) => (language === 'c' ? text : text.replaceAll(/\brestrict\b ?/g, '')));
  const list = parameters.length === 0 ? 'void' : texts.join(', ');
  const head = wrapped(`${before}${joined(returns, name)}(`, list);
  const unused = parameters.flatMap((parameter) =>
    parameter.name === undefined ? [] : [`    (void)${parameter.name};`],
  );
  return [head, '{', ...unused, `    ${ending(returns, language)}`, '}', ''].join('\n');
}

/** The last statement: what a caller takes for failure, where the type has such a value. */
function ending(returns: string, language: NewLanguage): string {
  const type = returns.replace(/\b(?:static|inline|extern|const)\b/g, '').trim();
  if (/\bKR_NORETURN\b|\b_Noreturn\b/.test(type)) return 'for (;;) /* Yet to be written. */\n        continue;';
  if (type === 'void') return '/* Yet to be written. */';
  return `return ${emptyValue(type, language)}; /* Yet to be written. */`;
}

function emptyValue(type: string, language: NewLanguage): string {
  if (type.endsWith('*')) return language === 'c' ? 'NULL' : 'nullptr';
  if (type === 'bool') return 'false';
  if (/^(?:int|long|long long|int\d+_t|ssize_t|ptrdiff_t)$/.test(type)) return '-KR_ENOSYS';
  const isRecord = type.startsWith('struct ') || type.startsWith('union ');
  if (isRecord) return language === 'c' ? `(${type}){0}` : `${type.replace(/^(?:struct|union) /, '')}{}`;
  return '0';
}

/** A type and a name: `void *memory`, `int count`. */
function joined(type: string, name: string): string {
  return type.endsWith('*') ? `${type}${name}` : `${type} ${name}`;
}

const width = 96;

/** Parameters after an opening bracket, aligned where they need more than a line. */
function wrapped(head: string, list: string): string {
  if (head.length + list.length < width) return `${head}${list})`;
  const lines: string[] = [];
  let line = head;
  const parts = list.split(/(?<=,) (?![^(]*\))/);
  parts.forEach((part, index) => {
    const end = index === parts.length - 1 ? ')' : '';
    if (line !== head && line.trim() !== '' && line.length + part.length + 1 > width) {
      lines.push(line.trimEnd());
      line = ' '.repeat(head.length);
    }
    line += `${line === head || line.trim() === '' ? '' : ' '}${part}${end}`;
  });
  return [...lines, line].join('\n');
}
