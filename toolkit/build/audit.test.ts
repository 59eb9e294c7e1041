// SPDX-License-Identifier: BSD-3-Clause

import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {libName, printDiagnostics} from '../base/index.ts';
import {audit} from './audit.ts';
import {buildPaths} from './build-paths.ts';
import {fixtureFiles} from './fixture/files.ts';
import {type Change, type Fixture, makeFixture} from './fixture/fixture.ts';
import {fixtureInput} from './fixture/input.ts';

interface Case {
  readonly title: string;
  readonly change: Change;
  readonly message: string;
}

const main = (text: string): Change => ({files: {'project/main.c': `${text}\nint main(void) { return 0; }\n`}});
const green = (text: string): Change => ({
  files: {'kit/libs/lamp-green/src/green.c': `${fixtureFiles['kit/libs/lamp-green/src/green.c'] ?? ''}${text}`},
});

const cases: readonly Case[] = [
  {
    title: 'the app includes a header that it does not need',
    change: main('#include <kraft/base.h>\n#include <kraft/raw.h>'),
    message: `project/main.c:2:10: error: The app includes <kraft/raw.h>, but does not need the interface raw.
  2 | #include <kraft/raw.h>
    |          ~~~~~~~~~~~~~
  help: Declare raw under \`needs\` in project/Kraftfile.`,
  },
  {
    title: 'a lib includes a header that it does not need',
    change: green('#include <kraft/voice.h>\n'),
    message: `kit/libs/lamp-green/src/green.c:3:10: error: lamp-green includes <kraft/voice.h>, but does not need the interface voice.
  3 | #include <kraft/voice.h>
    |          ~~~~~~~~~~~~~~~
  help: Declare voice under \`needs\` in kit/libs/lamp-green/lib.yaml.`,
  },
  {
    title: 'an interface includes the header of one that it does not use',
    change: {
      files: {
        'kit/libs/interfaces/lamp/include/kraft/lamp.h': `#include <kraft/raw.h>\n${fixtureFiles['kit/libs/interfaces/lamp/include/kraft/lamp.h'] ?? ''}`,
        'project/main.c': 'int main(void) { return 0; }\n',
      },
    },
    message: `kit/libs/interfaces/lamp/include/kraft/lamp.h:1:10: error: The header <kraft/lamp.h> includes <kraft/raw.h>, but its interface lamp does not use raw.
  1 | #include <kraft/raw.h>
    |          ~~~~~~~~~~~~~
  help: Declare raw under \`uses\` in kit/libs/interfaces/lamp/interface.yaml.`,
  },
  {
    title: 'a lib without options includes options.h',
    change: green('#include "options.h"\n'),
    message: `kit/libs/lamp-green/src/green.c:3:10: error: lamp-green includes "options.h", but kit/libs/lamp-green/lib.yaml declares no options.
  3 | #include "options.h"
    |          ~~~~~~~~~~~`,
  },
  {
    title: 'a header is misspelt',
    change: main('#include <kraft/lmap.h>'),
    message: `project/main.c:1:10: error: No interface has a header <kraft/lmap.h>.
  1 | #include <kraft/lmap.h>
    |          ~~~~~~~~~~~~~~
  help: Did you mean <kraft/lamp.h>?`,
  },
  {
    title: 'a lib wants a symbol of an interface that it does not need',
    change: green('void kr_raw_write(const char *text);\nvoid shine(void);\nvoid shine(void) { kr_raw_write("*"); }\n'),
    message: `kit/libs/lamp-green/src/green.c:3:6: error: lamp-green wants kr_raw_write in kit/libs/lamp-green/src/green.c, but does not need the interface raw, which has it.
  3 | void kr_raw_write(const char *text);
    |      ~~~~~~~~~~~~
  help: Declare raw under \`needs\` in kit/libs/lamp-green/lib.yaml.`,
  },
  {
    title: 'the app wants a symbol that a lib has, but promises to nobody',
    change: main('const char *mark(void);\nconst char *text(void);\nconst char *text(void) { return mark(); }'),
    message: `project/main.c:1:13: error: The app wants mark in project/main.c, but no interface has it.
  1 | const char *mark(void);
    |             ~~~~
  note: voice-plain defines it, but promises it by no interface.`,
  },
  {
    title: 'the app wants a symbol that nobody has',
    change: main('int other(void);\n#define CALL ot ## her\nint some(void);\nint some(void) { return other(); }'),
    message: `project/main.c:1:5: error: The app wants other in project/main.c, but no interface has it.
  1 | int other(void);
    |     ~~~~~`,
  },
  {
    title: 'the app has no main',
    change: {files: {'project/main.c': 'int man(void);\nint man(void) { return 0; }\n'}},
    message: `error: The app does not define main.
  help: Write \`int main(int argc, char **argv)\`.`,
  },
  {
    title: 'a provider does not define what its interface promises',
    change: {
      files: {
        'kit/libs/voice-plain/src/voice.c': 'int voice_plain_start(void);\nint voice_plain_start(void) { return 0; }\n',
      },
    },
    message: 'error: voice-plain provides voice, but does not define kr_voice_say.',
  },
  {
    title: 'a driver is static',
    change: {
      files: {
        'kit/libs/lamp-green/src/green.c': `#include <kraft/lamp.h>
static const struct kr_lamp_driver lamp_green_lamp = {"green"};
const void *keep(void);
const void *keep(void) { return &lamp_green_lamp; }
`,
      },
    },
    message: `kit/libs/lamp-green/src/green.c:2:36: error: lamp-green provides lamp, but does not define lamp_green_lamp.
  2 | static const struct kr_lamp_driver lamp_green_lamp = {"green"};
    |                                    ~~~~~~~~~~~~~~~
  note: kit/libs/lamp-green/src/green.c has it, but static.`,
  },
  {
    title: 'a lib does not define the function that starts it',
    change: {
      files: {
        'kit/libs/lamp-red/src/red.c':
          '#include <kraft/lamp.h>\nconst struct kr_lamp_driver lamp_red_lamp = {"red"};\n',
      },
    },
    message: 'error: lamp-red is started at lamp_red_start, but does not define it.',
  },
  {
    title: 'a lib leaks a symbol of an interface that it does not provide',
    change: green('void kr_raw_write(const char *text);\nvoid kr_raw_write(const char *text) { (void)text; }\n'),
    message: `kit/libs/lamp-green/src/green.c:3:6: error: lamp-green defines kr_raw_write in kit/libs/lamp-green/src/green.c, which belongs to the interface raw, but does not provide it.
  3 | void kr_raw_write(const char *text);
    |      ~~~~~~~~~~~~
  help: Make it static, or declare raw under \`provides\` in kit/libs/lamp-green/lib.yaml.`,
  },
  {
    title: 'the app defines a symbol of an interface',
    change: main('void kr_voice_say(const char *text);\nvoid kr_voice_say(const char *text) { (void)text; }'),
    message: `project/main.c:1:6: error: The app defines kr_voice_say in project/main.c, which belongs to the interface voice.
  1 | void kr_voice_say(const char *text);
    |      ~~~~~~~~~~~~
  help: Rename it, or make it static.`,
  },
  {
    title: 'a lib registers a constructor',
    change: green('__attribute__((constructor)) static void early(void) { __asm__ volatile(""); }\n'),
    message: `error: lamp-green registers a constructor in kit/libs/lamp-green/src/green.c, but in an image nothing registers itself.
  help: Call the function from the one that kit/libs/lamp-green/lib.yaml names as \`starts\`.`,
  },
  {
    title: 'the app keeps data for each thread',
    change: main('_Thread_local int mine = 1;'),
    message:
      'error: The app keeps data for each thread in project/main.c, but does not need anybody to make room for it.\n  help: Declare thread-data under `needs` in project/Kraftfile.',
  },
  {
    title: 'a file is compiled for another arch',
    change: {...main(''), flags: ['-m32']},
    message: 'error: project/main.c is compiled for ELF machine 3, but tiny is ELF machine 62.',
  },
  {
    title: 'two files of a lib define the same symbol',
    change: {
      files: {
        'kit/libs/voice-plain/src/mark.c': `${fixtureFiles['kit/libs/voice-plain/src/mark.c'] ?? ''}int twin;\n`,
        'kit/libs/voice-plain/src/voice.c': `${fixtureFiles['kit/libs/voice-plain/src/voice.c'] ?? ''}int twin;\n`,
      },
    },
    message: `error: The objects of voice-plain do not join.
  note: kit/libs/voice-plain/src/mark.c and kit/libs/voice-plain/src/voice.c both define twin.`,
  },
];

let fixture: Fixture;
beforeAll(async () => {
  fixture = await makeFixture();
});
afterAll(() => fixture.host.remove(fixture.folder));

describe.each(['gcc', 'clang'] as const)('by %s', (compiler) => {
  test.each(cases)('$title', async ({change, message}) => {
    const {printed, output} = await fixture.build({...change, compiler});
    expect(printed).toBe(message);
    expect(output).toBe('');
  });
});

test('what an interface promises nobody but its provider keeps within its lib', async () => {
  const twins = 'int twin;\nint shared(void);\nint shared(void) { return twin; }\n';
  const {printed} = await fixture.build({
    ...green(twins),
    files: {...green(twins).files, 'project/main.c': `${fixtureFiles['project/main.c'] ?? ''}${twins}`},
  });
  expect(printed).toBe('');
});

test('a common symbol becomes the own of its lib', async () => {
  const common = '__asm__(".comm twin, 4");\n';
  const {printed} = await fixture.build({
    files: {...green(common).files, 'project/main.c': `${fixtureFiles['project/main.c'] ?? ''}${common}`},
  });
  expect(printed).toBe('');
});

test('two providers of what an image has one of are named, not their symbols', async () => {
  const {host, folder, buildFolder} = fixture;
  const {plan} = await fixture.build();
  const voice = plan.actions.find((one) => one.kind === 'audit' && one.owner === 'voice-plain');
  if (voice?.kind !== 'audit') throw new Error('no such audit');
  const rival = {...voice, owner: libName('voice-rival')};
  const {places} = fixtureInput({kit: `${folder}/kit`, project: `${folder}/project`, compiler: 'gcc'});
  const paths = buildPaths(places, {folder: buildFolder, toolchain: {include: '/usr/lib'}, cwd: folder});
  const found = await audit(host, {plan: {...plan, actions: [...plan.actions, rival]}, paths});
  expect(
    printDiagnostics(found),
  ).toBe(`error: voice-plain and voice-rival both provide voice, of which an image has one.
  note: Both define kr_voice_say.

error: voice-plain and voice-rival both are started at voice_plain_start.`);
});
