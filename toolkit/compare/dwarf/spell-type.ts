// SPDX-License-Identifier: BSD-3-Clause

import {attribute, tag} from './constants.ts';
import {type Entry, numberOf, referredBy, textOf} from './read-dwarf.ts';

/** `written`: typedefs by their names. `resolved`: as what they stand for, with no qualifier where C gives it no meaning. */
export type Spelling = 'written' | 'resolved';

/** A type around a declarator, as C writes it: `char *(*f)(int)`. An absent type is void. */
export function spellType(type: Entry | undefined, declarator: string, spelling: Spelling): string {
  if (type === undefined) return joined('void', declarator);
  const inner = referredBy(type, attribute.type);
  switch (type.tag) {
    case tag.base:
      return joined(baseName(textOf(type, attribute.name) ?? ''), declarator);
    case tag.typedef:
      if (spelling === 'resolved' && !namesItself(inner)) return spellType(inner, declarator, spelling);
      return joined(textOf(type, attribute.name) ?? '', declarator);
    case tag.structure:
    case tag.union:
    case tag.enumeration:
      return joined(recordName(type) ?? anonymous(type, spelling), declarator);
    case tag.pointer:
      return spellType(inner, `*${declarator}`, spelling);
    case tag.const:
      return qualified('const', {inner, declarator, spelling});
    case tag.volatile:
      return qualified('volatile', {inner, declarator, spelling});
    case tag.restrict:
      return qualified('restrict', {inner, declarator, spelling});
    case tag.atomic:
      return joined(`_Atomic(${spellType(inner, '', spelling)})`, declarator);
    case tag.array:
      return spellType(inner, `${grouped(declarator)}${bounds(type)}`, spelling);
    case tag.subroutine:
      return spellType(inner, `${grouped(declarator)}(${parameters(type, spelling)})`, spelling);
    default:
      return joined(textOf(type, attribute.name) ?? `type ${type.tag}`, declarator);
  }
}

/** `struct x`; undefined where it has no name. */
export function recordName(type: Entry): string | undefined {
  const name = textOf(type, attribute.name);
  const word = type.tag === tag.enumeration ? 'enum' : type.tag === tag.union ? 'union' : 'struct';
  return name === undefined ? undefined : `${word} ${name}`;
}

/** Whether a typedef is the only name that a type has. */
export function namesItself(type: Entry | undefined): boolean {
  const kinds: readonly number[] = [tag.structure, tag.union, tag.enumeration];
  return type !== undefined && kinds.includes(type.tag) && recordName(type) === undefined;
}

function joined(type: string, declarator: string): string {
  return declarator === '' ? type : `${type} ${declarator}`.replace(/ (?=\[)/, '');
}

/** A pointer to an array or a function needs brackets. */
function grouped(declarator: string): string {
  return declarator.startsWith('*') ? `(${declarator})` : declarator;
}

/** A qualified pointer has the word after its star; everything else before its name. */
function qualified(
  word: string,
  {inner, declarator, spelling}: {inner: Entry | undefined; declarator: string; spelling: Spelling},
): string {
  if (inner?.tag === tag.pointer) return spellType(inner, `${word} ${declarator}`.trimEnd(), spelling);
  return `${word} ${spellType(inner, declarator, spelling)}`;
}

function bounds(array: Entry): string {
  return array.children
    .filter((child) => child.tag === tag.subrange)
    .map((child) => {
      const upper = numberOf(child, attribute.upperBound);
      const count = numberOf(child, attribute.count) ?? (upper === undefined ? undefined : upper + 1);
      return `[${count === undefined || count >= 2 ** 63 ? '' : count}]`;
    })
    .join('');
}

function parameters(routine: Entry, spelling: Spelling): string {
  const list = routine.children.flatMap((child) => {
    if (child.tag === tag.unspecifiedParameters) return ['...'];
    if (child.tag !== tag.parameter) return [];
    const type = referredBy(child, attribute.type);
    return [spellType(spelling === 'resolved' ? unqualified(type) : type, '', spelling)];
  });
  if (list.length > 0) return list.join(', ');
  return numberOf(routine, attribute.prototyped) === 1 ? 'void' : '';
}

/** What a parameter is itself, rather than what it points to, is nobody's business but the function's. */
function unqualified(type: Entry | undefined): Entry | undefined {
  const qualifiers: readonly number[] = [tag.const, tag.volatile, tag.restrict];
  if (type === undefined || !qualifiers.includes(type.tag)) return type;
  return unqualified(referredBy(type, attribute.type));
}

/** A record without any name is what its members are. */
function anonymous(type: Entry, spelling: Spelling): string {
  const word = type.tag === tag.enumeration ? 'enum' : type.tag === tag.union ? 'union' : 'struct';
  const members = type.children.flatMap((child) => {
    const name = textOf(child, attribute.name) ?? '';
    if (child.tag === tag.enumerator) return [`${name} = ${numberOf(child, attribute.constValue) ?? ''},`];
    return child.tag === tag.member ? [`${spellType(referredBy(child, attribute.type), name, spelling)};`] : [];
  });
  return `${word} {${members.join(' ')}}`;
}

/** gcc says `long unsigned int` where clang, and people, say `unsigned long`. */
function baseName(name: string): string {
  const words = name.split(' ');
  if (name === '_Bool') return 'bool';
  const sign = words.includes('unsigned') ? ['unsigned'] : [];
  const rest = words.filter((word) => word !== 'unsigned' && (word !== 'int' || words.length === 1));
  if (rest.length === 0) return [...sign, 'int'].join(' ');
  return [...sign, ...rest].join(' ');
}
