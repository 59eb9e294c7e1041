// SPDX-License-Identifier: BSD-3-Clause

import {readAnyYaml} from './any-yaml.ts';
import type {Node} from './node.ts';
import {readPlainYaml} from './plain-yaml.ts';
import type {Page} from './shape.ts';

/**
 * A YAML text as a tree that knows where everything stands. What YAML has beyond plain data (anchors, tags, several
 * documents) is a mistake here. Undefined when the text is not YAML; that is then reported.
 */
export function readYaml(page: Page): Node | undefined {
  return readPlainYaml(page.source.text) ?? readAnyYaml(page);
}
