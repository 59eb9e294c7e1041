// SPDX-License-Identifier: BSD-3-Clause

/** Symbols of the built-in script that tell the platform where the image lies. All are page-aligned. */
export const layoutSymbols = [
  'kr_bss_end',
  'kr_bss_start',
  'kr_data_end',
  'kr_data_start',
  'kr_image_end',
  'kr_image_start',
  'kr_rodata_end',
  'kr_rodata_start',
  'kr_text_end',
  'kr_text_start',
] as const;

/**
 * The linker script: four page-aligned parts, none of them both writable and executable.
 *
 *     base ┌───────────────┐
 *          │ notes, text   │ r-x
 *          │ rodata        │ r--
 *          │ data          │ rw-
 *          │ bss           │ rw-  (no bytes in the file)
 *          └───────────────┘
 *
 * A section that has no place here is an error of the link: constructors or thread-local data would otherwise be
 * dropped in silence.
 */
export function linkerScript({entry, base}: {entry: string; base: number}, template: string = builtIn): string {
  return template.replaceAll('@ENTRY@', entry).replaceAll('@BASE@', `0x${base.toString(16)}`);
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
    .text : { *(.text.entry) *(.text.hot .text.hot.*) *(.text .text.*) } :text
    . = ALIGN(4096);
    kr_text_end = .;

    kr_rodata_start = .;
    .rodata : { *(.rodata .rodata.*) *(.data.rel.ro .data.rel.ro.*) } :rodata
    . = ALIGN(4096);
    kr_rodata_end = .;

    kr_data_start = .;
    .data : { *(.data .data.*) } :data
    . = ALIGN(4096);
    kr_data_end = .;

    kr_bss_start = .;
    .bss (NOLOAD) : { *(.bss .bss.*) *(COMMON) } :bss
    . = ALIGN(4096);
    kr_bss_end = .;
    kr_image_end = .;

${debugSections.map((name) => `    .${name} 0 : { *(.${name}) }`).join('\n')}
    .symtab 0 : { *(.symtab) }
    .strtab 0 : { *(.strtab) }
    .shstrtab 0 : { *(.shstrtab) }
}
`;
