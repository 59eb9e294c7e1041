// SPDX-License-Identifier: BSD-3-Clause

/** A name as a C identifier: `console-uart` is `console_uart`. */
export function cName(name: string): string {
  return name.replaceAll('-', '_');
}

/** A text as a C string literal. */
export function cString(text: string): string {
  const bytes = [...new TextEncoder().encode(text)];
  return `"${bytes.map(cByte).join('')}"`;
}

function cByte(byte: number): string {
  if (byte === 0x22) return '\\"';
  if (byte === 0x5c) return '\\\\';
  if (byte >= 0x20 && byte < 0x7f) return String.fromCharCode(byte);
  return `\\${byte.toString(8).padStart(3, '0')}`;
}
