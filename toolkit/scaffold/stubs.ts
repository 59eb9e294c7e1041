// SPDX-License-Identifier: BSD-3-Clause

import type {Declaration} from './declarations.ts';

type FunctionDeclaration = Extract<Declaration, {kind: 'function'}>;

/** A definition that compiles and does nothing. What can say that it does nothing, does. */
export function stubOf(declaration: Declaration): string {
  if (declaration.kind === 'variable') return `${joined(declaration.type, declaration.name)};\n`;
  return functionStub(declaration, '');
}

/** As stubOf, for a function that only its own file sees. */
export function staticStub(declaration: FunctionDeclaration): string {
  return functionStub(declaration, 'static ');
}

function functionStub({name, returns, parameters}: FunctionDeclaration, before: string): string {
  const list = parameters.length === 0 ? 'void' : parameters.map(({text}) => text).join(', ');
  const head = wrapped(`${before}${joined(returns, name)}(`, list);
  const unused = parameters.flatMap((parameter) =>
    parameter.name === undefined ? [] : [`    (void)${parameter.name};`],
  );
  return [head, '{', ...unused, `    ${ending(returns)}`, '}', ''].join('\n');
}

/** The last statement: what a caller takes for failure, where the type has such a value. */
function ending(returns: string): string {
  const type = returns.replace(/\b(?:static|inline|extern|const)\b/g, '').trim();
  if (/\bKR_NORETURN\b|\b_Noreturn\b/.test(type)) return 'for (;;) /* Yet to be written. */\n        continue;';
  if (type === 'void') return '/* Yet to be written. */';
  return `return ${emptyValue(type)}; /* Yet to be written. */`;
}

function emptyValue(type: string): string {
  if (type.endsWith('*')) return 'NULL';
  if (type === 'bool') return 'false';
  if (/^(?:int|long|long long|int\d+_t|ssize_t|ptrdiff_t)$/.test(type)) return '-KR_ENOSYS';
  return type.startsWith('struct ') || type.startsWith('union ') ? `(${type}){0}` : '0';
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
