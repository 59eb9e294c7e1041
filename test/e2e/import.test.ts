// SPDX-License-Identifier: BSD-3-Clause
// C libraries of others become libs, and an app that uses them boots.

import {existsSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {temporaryProject} from '../rig/project.ts';
import {runTool} from '../rig/tool.ts';

const program = `#include <cJSON.h>
#include <mbedtls/aes.h>
#include <mbedtls/sha256.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

static int compresses(void)
{
    static unsigned char text[4096], packed[4096], back[4096];
    uLongf size = sizeof packed, length = sizeof back;
    for (size_t at = 0; at < sizeof text; at++)
        text[at] = (unsigned char)(at % 7);
    if (compress2(packed, &size, text, sizeof text, 9) != Z_OK || size >= 200)
        return 0;
    if (uncompress(back, &length, packed, size) != Z_OK || length != sizeof text)
        return 0;
    return memcmp(text, back, sizeof text) == 0;
}

static int parses(void)
{
    cJSON *json = cJSON_Parse("{\\"shop\\": {\\"items\\": [1, 2.5, \\"three\\"]}}");
    cJSON *items = cJSON_GetObjectItem(cJSON_GetObjectItem(json, "shop"), "items");
    int right = cJSON_GetArraySize(items) == 3 && cJSON_GetArrayItem(items, 1)->valuedouble == 2.5;
    cJSON_Delete(json);
    return right;
}

int main(void)
{
    printf("zlib %d cjson %d\\n", compresses(), parses());
    printf("sha256 %d aes %d\\n", mbedtls_sha256_self_test(0), mbedtls_aes_self_test(0));
    return 0;
}
`;

test('zlib, cJSON and mbedTLS are imported from Debian, and an app that uses all three boots', {
  timeout: 900_000,
}, async () => {
  const {folder, write} = temporaryProject();
  // Debian's compilers bring the 128-bit division that a kernel has nobody for.
  const flags: Readonly<Record<string, readonly string[]>> = {mbedtls: ['--flag', '-DMBEDTLS_NO_UDBL_DIVISION']};
  const reports: Readonly<Record<string, RegExp>> = {
    zlib: /^zlib 1\.2\.\d+, Zlib: debian pool\/main\/z\/zlib\/zlib_\S+\n {2}15 files compiled; 81 symbols in zconf\.h and zlib\.h\n/,
    cjson: /^cjson 1\.7\.\d+, MIT: debian \S+\n {2}2 files compiled; \d+ symbols in cJSON\.h and cJSON_Utils\.h\n/,
    mbedtls: /^mbedtls 2\.28\.\d+, Apache-2\.0: debian \S+\n {2}\d+ files compiled; \d{3,} symbols in mbedtls\//,
  };
  for (const [name, report] of Object.entries(reports)) {
    const {status, out, error} = await runTool(['lib', 'import', `deb:${name}`, ...(flags[name] ?? [])], folder);
    expect({name, status, error: error.replaceAll(/^(?:\[|Fetch).*\n/gm, '')}).toEqual({name, status: 0, error: ''});
    expect(out).toMatch(report);
    expect(out).toMatch(/^Built an image for kvm\/x86_64 with all of it: [\d.]+ [KM]iB$/m);
  }
  write('main.c', program);
  write(
    'Kraftfile',
    'spec: v1\nname: shop\nneeds: [libc, zlib, cjson, mbedtls]\nchoose: {libc: libc-musl}\ntargets: [kvm/x86_64]\n',
  );
  const run = await runTool(['run', '--timeout', '120'], folder);
  expect(run).toMatchObject({status: 0, out: 'zlib 1 cjson 1\nsha256 0 aes 0\n'});
});

const parser = {
  'parser-2.1/parser.h': 'int parser_read(const char *text);\nint parser_never(void);\n',
  'parser-2.1/parser.c':
    '#include "parser.h"\nint parser_hidden(void) { return 1; }\nint parser_read(const char *text) { return text[0] + parser_hidden(); }\n',
  'parser-2.1/main.c': '#include "parser.h"\nint main(void) { return parser_read("x"); }\n',
  'parser-2.1/broken.c': '#include <nowhere.h>\n',
  'parser-2.1/radio.c': 'int radio_send(void);\nint parser_radio(void) { return radio_send(); }\n',
  'parser-2.1/LICENSE': 'Permission is hereby granted, free of charge, to any person obtaining a copy\n',
};

test('a folder is imported with an archive of its own; what does not belong is named', {timeout: 300_000}, async () => {
  const {folder, read} = temporaryProject(parser);
  const {status, out} = await runTool(['lib', 'import', 'parser-2.1'], folder);
  expect(out.replaceAll(`${folder}/`, '')).toBe(`parser 2.1.0, MIT: local parser-2.1.tar
  1 file compiled; 1 symbol in parser.h
  left out: broken.c includes <nowhere.h>, which nobody has
  left out: main.c is a program
  left out: radio.c wants radio_send, which no interface has
  needs libc ^1: it includes its headers
Wrote libs/interfaces/parser/interface.yaml
Wrote libs/parser/lib.yaml
Wrote libs/parser/parser-2.1.tar
Built an image for kvm/x86_64 with all of it: ${/: ([\d.]+ KiB)\n$/.exec(out)?.[1] ?? ''}
`);
  expect(status).toBe(0);
  expect(read('libs/parser/lib.yaml')).toContain('exports:\n  [parser_read]\n');
});

const cxx = {
  'dice-1.0/dice.h':
    '#ifdef __cplusplus\nextern "C" {\n#endif\nint dice_throw(int sides);\n#ifdef __cplusplus\n}\n#endif\n',
  'dice-1.0/dice.cpp':
    '#include "dice.h"\n#include <type_traits>\nstruct die { int sides; explicit die(int of) : sides(of) {} };\nint dice_throw(int sides) { static die *one = new die(sides); return one->sides; }\n',
  'dice-1.0/names.cc': '#include <string>\nstd::string name() { return "dice"; }\n',
  'dice-1.0/LICENSE': parser['parser-2.1/LICENSE'],
};

test('a library in C++ is imported where its headers are C, and without what needs the C++ library', {
  timeout: 300_000,
}, async () => {
  const {folder} = temporaryProject(cxx);
  const {status, out} = await runTool(['lib', 'import', 'dice-1.0'], folder);
  expect(out).toContain('dice 1.0.0, MIT: local dice-1.0.tar\n  1 file compiled; 1 symbol in dice.h\n');
  expect(out).toContain('  left out: names.cc is C++ and does not do without its library: ');
  expect(out).toContain('Built an image for kvm/x86_64 with all of it: ');
  expect(status).toBe(0);
});

test('a library that offers C++ is refused with a sentence, and nothing is written', {timeout: 300_000}, async () => {
  const {folder} = temporaryProject({
    ...cxx,
    'dice-1.0/dice.h': 'class dice {\n  public:\n    int thrown();\n};\n',
    'dice-1.0/dice.cpp': '#include "dice.h"\nint dice::thrown() { return 6; }\n',
  });
  const {status, error} = await runTool(['lib', 'import', 'dice-1.0'], folder);
  expect(
    error,
  ).toContain(`error: A compiler of C does not read dice.h: what crosses from one lib to another is C, and this library offers C++.
  help: Write a header of C, and a file of C++ behind it that calls the library; or compile the library with an app of C++.
`);
  expect(status).toBe(1);
  expect(existsSync(path.join(folder, 'libs'))).toBe(false);
});

test('tinyxml2, which is C++ that stands on its library, is refused, and why is said', {timeout: 300_000}, async () => {
  const {folder} = temporaryProject();
  const {status, error} = await runTool(['lib', 'import', 'deb:tinyxml2'], folder);
  expect(error).toMatch(
    /^error: tinyxml2 9\.\S+ has no file that makes a library\.\n {2}note: tinyxml2\.cpp is C\+\+ and does not do without its library: /m,
  );
  expect(status).toBe(1);
});

test('what stays unresolved is told, with what would resolve it', {timeout: 300_000}, async () => {
  const {folder} = temporaryProject({
    ...parser,
    'parser-2.1/parser.c':
      'int radio_send(void);\nint parser_read(const char *text) { return text[0] + radio_send(); }\n',
    'parser-2.1/main.c': '',
    'parser-2.1/broken.c': '',
    'parser-2.1/radio.c': '',
  });
  const {status, error} = await runTool(['lib', 'import', 'parser-2.1', '--exclude', '{main,broken,radio}.c'], folder);
  expect(status).toBe(1);
  expect(error).toContain(`error: parser.c wants radio_send, but no interface has it.
  help: Write it in libs/parser/src/stubs.c, need an interface that has it, or leave out who wants it with --exclude.
`);
});

test.each([
  [
    'a folder that is not there',
    ['nowhere'],
    'error: There is no folder nowhere.\n  help: From elsewhere: deb:NAME, npm:NAME or an address of the Web.\n',
  ],
  ['a folder without code', ['empty'], 'error: empty 0.1.0 has no file that makes a library.\n'],
  ['a name that is taken', ['parser-2.1', '--name', 'libc'], 'error: There is an interface "libc" already.\n'],
  [
    'a name that is none',
    ['parser-2.1', '--name', 'A B'],
    'error: A lib cannot be called "A B": it begins with a small letter, and has small letters, digits and dashes.\n  help: Give another with --name.\n',
  ],
])('%s', async (_, words, message) => {
  const {folder} = temporaryProject({...parser, 'empty/README.md': 'Nothing.\n'});
  const {status, error} = await runTool(['lib', 'import', ...words], folder);
  expect(status).toBe(1);
  const plain = error
    .replaceAll(`${folder}${path.sep}`, '')
    .replace(/\n {2}note:[\s\S]*$/, '\n')
    .replace(/^(?:\[.*\n)+/, '');
  expect(plain).toBe(message);
});
