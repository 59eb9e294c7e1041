// SPDX-License-Identifier: BSD-3-Clause

/**
 * The app's arguments as one command line: separated by blanks, and `%XX` for each byte that would not get through as
 * it is. An argument of no bytes is `%00`: the string that ends before it begins.
 */
export function encodeArguments(args: readonly string[]): string {
  return args.map(encode).join(' ');
}

function encode(arg: string): string {
  if (arg === '') return '%00';
  const escaped = arg.replace(/[\u0000-\u0020\u007f%"']/g, percent);
  // Parameters of the machine follow; an argument that begins like one must not be taken for it.
  return /^(?:virtio_mmio|kraft)\./.test(escaped) ? percent(escaped.charAt(0)) + escaped.slice(1) : escaped;
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`;
}
