// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {aLib, arch, place, planInput, platform} from './fixture.ts';
import {imageLibs} from './image-libs.ts';
import {optionsHeader} from './options-header.ts';

test('options become constants', () => {
  const at = place('lib.yaml');
  const lib = aLib('net', {
    options: [
      {name: 'tcp-connections', type: 'integer', default: 16, range: [1, 64], means: 'Connections at once.', at},
      {name: 'buffer', type: 'size', default: 65536, range: [1, 1 << 20], means: 'Bytes held.', at},
      {name: 'fast', type: 'boolean', default: true, means: 'Whether to hurry */ or not.', at},
      {name: 'slow', type: 'boolean', default: false, means: 'Whether not to.', at},
      {name: 'mode', type: 'enumeration', default: 'very-odd', values: ['even', 'very-odd'], means: 'How.', at},
      {name: 'name', type: 'string', default: 'a "b" \\ ü\n', means: 'What it is called.', at},
    ],
  });
  const {solution, catalog} = planInput({libs: [platform(), arch(), lib]});
  const one = imageLibs(solution, catalog).libs.find((each) => each.lib.name === 'net');
  expect(one && optionsHeader(one)).toBe(`/* Options of net, generated. */
#ifndef OPTIONS_H
#define OPTIONS_H
/* Connections at once. */
#define OPT_TCP_CONNECTIONS 16
/* Bytes held. */
#define OPT_BUFFER 65536
/* Whether to hurry * / or not. */
#define OPT_FAST 1
/* Whether not to. */
#define OPT_SLOW 0
/* How. */
#define OPT_MODE_EVEN 0
#define OPT_MODE_VERY_ODD 1
#define OPT_MODE OPT_MODE_VERY_ODD
/* What it is called. */
#define OPT_NAME "a \\"b\\" \\\\ \\303\\274\\012"
#endif
`);
});
