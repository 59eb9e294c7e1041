// SPDX-License-Identifier: BSD-3-Clause

/**
 * The linker script from a platform's own template or the built-in one, which has four page-aligned parts, none of
 * them both writable and executable:
 *
 *     base ┌───────────────┐
 *          │ notes, text   │ r-x
 *          │ rodata        │ r--
 *          │ data          │ rw-
 *          │ bss           │ rw-  (no bytes in the file)
 *          └───────────────┘
 *
 * What each thread has a copy of begins with bytes in rodata. Constructors have no place here: the audit refuses a
 * lib that has any.
 */
export function linkerScript({entry, base}: {entry: string; base: number}, template: string = builtIn): string {
  return template.replaceAll('@ENTRY@', entry).replaceAll('@BASE@', `0x${base.toString(16)}`);
}

/** Symbols that a script defines to tell the platform where the image lies. */
export function layoutSymbols(template: string = builtIn): readonly string[] {
  return [...template.matchAll(/^ *(kr_\w+) = /gm)].map(([, symbol = '']) => symbol).sort();
}

const debugSections = [
  'debug_abbrev',
  'debug_addr',
  'debug_aranges',
  'debug_frame',
  'debug_info',
  'debug_line',
  'debug_line_str',
  'debug_loc',
  'debug_loclists',
  'debug_macro',
  'debug_names',
  'debug_ranges',
  'debug_rnglists',
  'debug_str',
  'debug_str_offsets',
];

const builtIn = `ENTRY(@ENTRY@)

PHDRS
{
    text PT_LOAD FLAGS(5);
    rodata PT_LOAD FLAGS(4);
    data PT_LOAD FLAGS(6);
    bss PT_LOAD FLAGS(6);
    note PT_NOTE FLAGS(4);
    threads PT_TLS FLAGS(4);
    stack PT_GNU_STACK FLAGS(6);
}

SECTIONS
{
    /DISCARD/ : {
        *(.note.GNU-stack .note.gnu.*) *(.comment) *(.eh_frame) *(.llvm_addrsig)
    }

    . = @BASE@;
    kr_image_start = .;

    kr_text_start = .;
    .note : { KEEP(*(.note .note.*)) } :text :note
    .text : {
        *(.text.entry)
        kr_app_start = .;
        *lib/app.o(.text .text.*)
        kr_app_end = .;
        *(.text.hot .text.hot.*) *(.text .text.*)
    } :text
    . = ALIGN(4096);
    kr_text_end = .;

    kr_rodata_start = .;
    .rodata : { *(.rodata .rodata.*) *(.data.rel.ro .data.rel.ro.*) QUAD(0) } :rodata
    /* What each thread has a copy of: aligned as boot.h says, in both parts. */
    . = ALIGN(64);
    kr_thread_data_start = .;
    .tdata : ALIGN(64) { *(.tdata .tdata.*) } :rodata :threads
    kr_thread_data_filled = .;
    .tbss : ALIGN(64) { *(.tbss .tbss.*) } :rodata :threads
    kr_thread_data_end = ALIGN(kr_thread_data_filled, 64) + SIZEOF(.tbss);
    . = ALIGN(4096);
    kr_rodata_end = .;

    kr_data_start = .;
    .data : { *(.data .data.*) QUAD(0) } :data /* an empty segment would lie at address 0 */
    . = ALIGN(4096);
    kr_data_end = .;

    kr_bss_start = .;
    .bss (NOLOAD) : { *(.bss .bss.*) *(COMMON) . = . + 8; } :bss
    . = ALIGN(4096);
    kr_bss_end = .;
    kr_image_end = .;

${debugSections.map((name) => `    .${name} 0 : { *(.${name}) }`).join('\n')}
    .symtab 0 : { *(.symtab) }
    .strtab 0 : { *(.strtab) }
    .shstrtab 0 : { *(.shstrtab) }
}
`;
