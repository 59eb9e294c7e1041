// SPDX-License-Identifier: BSD-3-Clause

/** Rows in columns two blanks apart; the last column is wrapped at `width`. */
export function table(rows: readonly (readonly string[])[], width = Number.POSITIVE_INFINITY): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({length: columns}, (_, column) =>
    Math.max(
      ...rows.map((row) => (column === row.length - 1 && column < columns - 1 ? 0 : (row[column] ?? '').length)),
    ),
  );
  return rows.map((row) => {
    const start = row
      .slice(0, -1)
      .map((cell, column) => cell.padEnd((widths[column] ?? 0) + 2))
      .join('');
    const room = Math.max(24, width - start.length);
    return `${start}${wrap(row.at(-1) ?? '', room).replaceAll('\n', `\n${' '.repeat(start.length)}`)}`.trimEnd();
  });
}

/** As table, with the columns named in `right` flush right. */
export function figures(rows: readonly (readonly string[])[], right: readonly number[]): readonly string[] {
  const width = (column: number) => Math.max(...rows.map((row) => (row[column] ?? '').length));
  return table(
    rows.map((row) => row.map((cell, column) => (right.includes(column) ? cell.padStart(width(column)) : cell))),
  );
}

/** Text in lines of at most `width` characters, broken at blanks. */
export function wrap(text: string, width: number): string {
  if (text.length <= width) return text;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
      continue;
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}
