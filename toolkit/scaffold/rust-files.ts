// SPDX-License-Identifier: BSD-3-Clause

import type {Declaration} from './declarations.ts';

type FunctionDeclaration = Extract<Declaration, {kind: 'function'}>;

/** What is said of C's types in Rust, those with more words first. */
const types: Readonly<Record<string, string>> = {
  void: 'core::ffi::c_void',
  bool: 'bool',
  char: 'u8',
  int: 'i32',
  unsigned: 'u32',
  'unsigned int': 'u32',
  long: 'i64',
  'unsigned long': 'u64',
  size_t: 'usize',
  ssize_t: 'isize',
  ptrdiff_t: 'isize',
  uintptr_t: 'usize',
  ...Object.fromEntries(
    [8, 16, 32, 64].flatMap((bits) => [
      [`uint${bits}_t`, `u${bits}`],
      [`int${bits}_t`, `i${bits}`],
    ]),
  ),
};

/** A crate in which each of these functions is there and does nothing yet; or the first that cannot be said in Rust. */
export function rustCrate({
  license,
  idea,
  declarations,
}: {
  readonly license: string;
  readonly idea: string;
  readonly declarations: readonly Declaration[];
}): {readonly source: string} | {readonly unfit: string} {
  const structs = new Set<string>();
  const functions: string[] = [];
  for (const declaration of declarations) {
    const stub = declaration.kind === 'function' ? functionStub(declaration, structs) : undefined;
    if (stub === undefined) return {unfit: declaration.name};
    functions.push(stub);
  }
  return {
    source: [
      `// SPDX-License-Identifier: ${license}`,
      `//! ${idea}`,
      '//! Say here how it does that, what its limits are, and when to use it.',
      '#![no_std]',
      '#![allow(non_camel_case_types)]',
      '',
      'extern "C" {',
      '    fn kr_panic(format: *const u8, ...) -> !;',
      '}',
      '',
      '#[panic_handler]',
      'fn panicked(info: &core::panic::PanicInfo) -> ! {',
      '    let line = info.location().map_or(0, |at| at.line());',
      '    unsafe { kr_panic(b"lib.rs: panicked at line %u\\0".as_ptr(), line) }',
      '}',
      ...[...structs]
        .sort()
        .flatMap((name) => [
          '',
          '/// Its fields are those of the header, in their order. Yet to be written.',
          '#[repr(C)]',
          `pub struct ${name} {`,
          '    _none: u8,',
          '}',
        ]),
      ...functions.flatMap((text) => ['', text]),
      '',
    ].join('\n'),
  };
}

function functionStub({name, returns, parameters}: FunctionDeclaration, structs: Set<string>): string | undefined {
  const never = /\bKR_NORETURN\b|\b_Noreturn\b/.test(returns);
  const result = never ? 'void' : returns.replace(/\b(?:extern|static|inline)\b/g, '').trim();
  const given = parameters.map((parameter) => {
    const {name: called, text} = parameter;
    const type =
      called === undefined
        ? undefined
        : rustType(
            text.replace(new RegExp(`\\b${called}\\b(\\[\\])?$`), (_, array: string | undefined) =>
              array === undefined ? '' : '*',
            ),
            structs,
          );
    return type === undefined ? undefined : `_${called ?? ''}: ${type}`;
  });
  const type = result === 'void' ? '' : rustType(result, structs);
  if (type === undefined || given.includes(undefined)) return undefined;
  const back = never ? ' -> !' : type === '' ? '' : ` -> ${type}`;
  const body = never ? 'loop {} // Yet to be written.' : `${emptyValue(type)}// Yet to be written.`;
  return `/// # Safety\n/// As its header says.\n#[no_mangle]\npub unsafe extern "C" fn ${name}(${given.join(', ')})${back} {\n    ${body}\n}`;
}

function rustType(text: string, structs: Set<string>): string | undefined {
  const [, base = '', stars = ''] = /^([^*]*?)\s*((?:\*\s*(?:const\s*|restrict\s*)?)*)$/.exec(text.trim()) ?? [];
  if (/[()[\]]/.test(text) || base === '') return undefined;
  const isConst = /\bconst\b/.test(base);
  const plain = base
    .replace(/\bconst\b/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const depth = stars.replaceAll(/[^*]/g, '').length;
  const [, struct] = /^(?:struct|union) (\w+)$/.exec(plain) ?? [];
  if (struct !== undefined && depth === 0) return undefined;
  if (struct !== undefined) structs.add(struct);
  const said = struct ?? types[plain];
  if (said === undefined || (plain === 'void' && depth === 0)) return undefined;
  const pointers = Array.from({length: depth}, (_, index) => (isConst && index === depth - 1 ? '*const ' : '*mut '));
  return `${pointers.join('')}${said}`;
}

function emptyValue(type: string): string {
  if (type === '') return '';
  if (type.startsWith('*const')) return 'core::ptr::null() ';
  if (type.startsWith('*')) return 'core::ptr::null_mut() ';
  if (type === 'bool') return 'false ';
  return /^i(?:32|64|size)$/.test(type) ? '-38 ' : '0 ';
}
