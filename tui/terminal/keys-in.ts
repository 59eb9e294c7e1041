// SPDX-License-Identifier: BSD-3-Clause

/** Names of keys that a terminal sends as more than a character, in the ways that terminals do (xterm, VT220, rxvt, Linux). */
const sequences: Readonly<Record<string, string>> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  OA: 'up',
  OB: 'down',
  OC: 'right',
  OD: 'left',
  '[H': 'home',
  '[F': 'end',
  OH: 'home',
  OF: 'end',
  '[1~': 'home',
  '[4~': 'end',
  '[7~': 'home',
  '[8~': 'end',
  '[3~': 'delete',
  '[5~': 'pageup',
  '[6~': 'pagedown',
};

const controls: Readonly<Record<string, string>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  ' ': 'space',
  '\u007f': 'backspace',
  '\b': 'backspace',
};

const segmenter = new Intl.Segmenter('en', {granularity: 'grapheme'});

/**
 * The keys in what a terminal sent. A character is its own name; others are named `up`, `enter`, `ctrl-r` and so on;
 * turns of the mouse wheel are keys too (SGR mouse reports, xterm's private mode 1006). Sequences that are not known
 * are left out. `rest` is the beginning of one that is not over.
 */
export function keysIn(
  text: string,
  more: 'may follow' | 'does not follow',
): {readonly keys: readonly string[]; readonly rest: string} {
  const isOver = more === 'does not follow';
  const keys: string[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === '\u001b') {
      const match = /^(?:\[<(\d+);\d+;\d+([Mm])|\[[0-9;?]*[ -/]*[@-~]|O[@-~])/.exec(text.slice(at + 1));
      if (match !== null) {
        const [sequence, button, pressed] = match;
        const key = button === undefined ? sequences[plain(sequence)] : pressed === 'M' ? wheel(button) : undefined;
        if (key !== undefined) keys.push(key);
        at += 1 + sequence.length;
        continue;
      }
      // A sequence may have only begun; if nothing follows, it was the Escape key.
      if (/^(?:\[[0-9;<?]*|O)?$/.test(text.slice(at + 1)) && !isOver) return {keys, rest: text.slice(at)};
      keys.push('esc');
      at += 1;
      continue;
    }
    const {segment} = [...segmenter.segment(text.slice(at, at + 16))][0] ?? {segment: text[at] ?? ''};
    at += segment.length;
    const code = segment.charCodeAt(0);
    const named = controls[segment];
    if (named !== undefined) keys.push(named);
    else if (code >= 0x20) keys.push(segment);
    else if (code >= 1 && code <= 26) keys.push(`ctrl-${String.fromCharCode(96 + code)}`);
  }
  return {keys, rest: ''};
}

/** Without what was held beside the key: `[1;5A` is `[A`. */
function plain(sequence: string): string {
  return sequence.replace(/^\[1;\d+(?=[A-Z]$)/, '[').replace(/;\d+(?=~$)/, '');
}

function wheel(button: string): string | undefined {
  if (button === '64') return 'wheel-up';
  return button === '65' ? 'wheel-down' : undefined;
}
