// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {temporaryProject} from '../rig/project.ts';
import {runTool} from '../rig/tool.ts';

/** A contract and its provider, each a package, of one major version: the second gives a number to start from. */
function packages(major: 1 | 2): Readonly<Record<string, string>> {
  const declared = `int kr_counter_next(${major === 1 ? 'void' : 'int from'});`;
  const facts = {version: `${major}.0.0`, license: 'MIT', engines: {'kraft-ts': '>=0.1.0'}};
  const common = `version: ${major}.0.0\nsummary: It.\n`;
  return {
    [`contract${major}/package.json`]: JSON.stringify({name: `@v${major}/counter`, ...facts}),
    [`contract${major}/interface.yaml`]: `name: counter\n${common}cardinality: one\nsymbols: [kr_counter_next]\n`,
    [`contract${major}/include/kraft/counter.h`]: `${declared}\n`,
    [`lib${major}/package.json`]: JSON.stringify({name: `counter-v${major}`, ...facts}),
    [`lib${major}/lib.yaml`]: `name: counter-v${major}\n${common}license: MIT\nprovides: {counter: ${major}.0.0}\n`,
    [`lib${major}/src/counter.c`]: `#include <kraft/counter.h>\n${declared.replace(';', '')}\n{\n    return ${major === 1 ? '5' : 'from + 1'};\n}\n`,
  };
}

test('several major versions of a contract live in a catalog, and an image has one', {timeout: 300_000}, async () => {
  const kraftfile = (range: string): string =>
    `spec: v1\nname: shop\nneeds: {counter: ${range}}\ntargets: [linuxu/x86_64]\n`;
  const project = temporaryProject({
    ...packages(1),
    ...packages(2),
    Kraftfile: 'spec: v1\nname: shop\ntargets: [linuxu/x86_64]\n',
    'main.c': 'int main(void)\n{\n    return 0;\n}\n',
  });
  const {folder, write} = project;
  for (const one of ['contract1', 'contract2', 'lib1', 'lib2']) {
    write('Kraftfile', 'spec: v1\nname: shop\ntargets: [linuxu/x86_64]\n'); // installed, and not yet asked for
    expect(await runTool(['add', `./${one}`], folder)).toMatchObject({status: 0});
  }
  for (const [range, call, status] of [
    ['^1', 'kr_counter_next()', 5],
    ['^2', 'kr_counter_next(6)', 7],
  ] as const) {
    write('Kraftfile', kraftfile(range));
    write('main.c', `#include <kraft/counter.h>\nint main(void)\n{\n    return ${call};\n}\n`);
    expect(await runTool(['run'], folder)).toMatchObject({status});
  }
  write('Kraftfile', `${kraftfile('^1')}libraries: {counter-v2: '*'}\n`);
  const clash = await runTool(['build'], folder);
  expect(clash.status).toBe(1);
  expect(
    clash.error.replaceAll(`${folder}/`, ''),
  ).toBe(`Kraftfile:3:9: error: There is no image for linuxu/x86_64: these do not go together.
  3 | needs: {counter: ^1}
    |         ~~~~~~~
  note: The app needs counter ^1, which only counter-v1 provides. (Kraftfile:3:9)
  3 | needs: {counter: ^1}
    |         ~~~~~~~
  note: But the Kraftfile asks for counter-v2. (Kraftfile:5:13)
  5 | libraries: {counter-v2: '*'}
    |             ~~~~~~~~~~
  help: Let the app take any version of counter instead of ^1.
`);
});
