// SPDX-License-Identifier: BSD-3-Clause

import type {Content, KeyFacts, Shape} from './shape.ts';

/** One key of a document, wherever it is, as a reference describes it. */
export interface KeyEntry {
  /** As in `options.*.default`: a star stands for a name that the user chooses, `[]` for each item of a list. */
  readonly path: string;
  readonly expects: string;
  readonly facts: KeyFacts;
}

/** Every key that a document may have, outer ones before those within. */
export function keysOf(shape: Shape<unknown>): readonly KeyEntry[] {
  const entries = new Map<string, KeyEntry>();
  for (const entry of walk(shape.content, '')) {
    const before = entries.get(entry.path);
    const also = before !== undefined && !before.expects.split(' or ').includes(entry.expects);
    entries.set(entry.path, also ? {...before, expects: `${before.expects} or ${entry.expects}`} : (before ?? entry));
  }
  return [...entries.values()];
}

/** The keys of the outermost map, one line each, for a terminal. */
export function printKeys(shape: Shape<unknown>): string {
  const entries = keysOf(shape).filter((entry) => !/[.[]/.test(entry.path));
  const width = Math.max(...entries.map((entry) => entry.path.length));
  return entries.map(({path, facts}) => `  ${path.padEnd(width)}  ${firstSentence(facts.means)}`).join('\n');
}

/** The reference in Markdown: a table of the outermost keys, then a section for each. */
export function markdownReference(shape: Shape<unknown>): string {
  const entries = keysOf(shape);
  const outer = entries.filter((entry) => !/[.[]/.test(entry.path));
  const rows = outer.map(
    ({path, facts}) =>
      `| [\`${path}\`](#${path}) | ${facts.required ? 'required' : ''} | ${cell(firstSentence(facts.means))} |`,
  );
  const sections = outer.map((entry) =>
    section(
      entry,
      entries.filter((each) => isInside(each.path, entry.path)),
    ),
  );
  return ['| Key | | Means |', '|---|---|---|', ...rows, '', sections.join('\n\n')].join('\n');
}

function walk(content: Content, path: string): readonly KeyEntry[] {
  switch (content.kind) {
    case 'scalar':
      return [];
    case 'list':
      return walk(content.item.content, `${path}[]`);
    case 'map':
      return walk(content.value.content, `${path}.*`);
    case 'ways':
      return content.ways.flatMap((way) => walk(way.shape.content, path));
    case 'record':
      return Object.entries(content.keys).flatMap(([name, facts]) => {
        const inner = path === '' ? name : `${path}.${name}`;
        return [{path: inner, expects: facts.shape.expects, facts}, ...walk(facts.shape.content, inner)];
      });
  }
}

function isInside(path: string, outer: string): boolean {
  return path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}

function section({path, expects, facts}: KeyEntry, inner: readonly KeyEntry[]): string {
  const lines = [`## ${path}`, '', facts.means, '', `- **Value**: ${expects}.`];
  if (facts.required) lines.push('- **Required**.');
  else if (facts.otherwise !== undefined) lines.push(`- **When absent**: ${facts.otherwise}.`);
  for (const alias of facts.aliases ?? []) lines.push(`- **Also written**: \`${alias}\`.`);
  if (facts.deprecated !== undefined) lines.push(`- **Old**: ${facts.deprecated}`);
  lines.push('', '```yaml', `${path}: ${facts.example}`, '```');
  if (inner.length === 0) return lines.join('\n');
  lines.push('', '| Key | Value | Means |', '|---|---|---|');
  for (const each of inner) {
    const absent = each.facts.required
      ? ' Required.'
      : each.facts.otherwise === undefined
        ? ''
        : ` When absent: ${each.facts.otherwise}.`;
    const also = (each.facts.aliases ?? []).map((alias) => ` Also written \`${alias}\`.`).join('');
    lines.push(`| \`${each.path}\` | ${cell(each.expects)} | ${cell(`${each.facts.means}${absent}${also}`)} |`);
  }
  return lines.join('\n');
}

function firstSentence(text: string): string {
  return /^.*?[.](?= |$)/.exec(text)?.[0] ?? text;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
