// SPDX-License-Identifier: BSD-3-Clause

import {ansiCodesToString, diffAnsiCodes, type StyledChar} from '@alcalzone/ansi-tokenize';

/**
 * The characters, and between them the sequences that change the style from one to the next. As the package has it, which
 * compares each cell of a frame to the one before with three sets and as many lists, though nearly all are styled alike.
 * The bundle gives this to Ink.
 */
export function styledCharsToString(chars: readonly StyledChar[]): string {
  let text = '';
  let styles: StyledChar['styles'] = [];
  for (const char of chars) {
    if (!areAlike(styles, char.styles)) text += ansiCodesToString(diffAnsiCodes(styles, char.styles));
    text += char.value;
    styles = char.styles;
  }
  return styles.length === 0 ? text : text + ansiCodesToString(diffAnsiCodes(styles, []));
}

function areAlike(one: StyledChar['styles'], other: StyledChar['styles']): boolean {
  return one.length === other.length && one.every((style, index) => style.code === other[index]?.code);
}
