// SPDX-License-Identifier: BSD-3-Clause

import {expect, test} from 'vitest';
import {type LibName, libName, versionRange} from '../base/index.ts';
import {readExample} from './example.ts';
import type {Question} from './pose.ts';
import {randomExample, randomSource} from './random-example.ts';
import {openSession, type Pick} from './session.ts';
import {solve} from './solve.ts';

test('says after each pick what is forced, as solving each case does', async () => {
  let looked = 0;
  for (let seed = 1; seed <= 35; seed++) {
    const question = readExample(randomExample(seed));
    if ((await solve(question)).kind === 'conflict') continue;
    const visible = [
      ...new Set(
        question.catalog.libs.filter((lib) => lib.kind === 'lib' && lib.onlyByName !== true).map((lib) => lib.name),
      ),
    ];
    const session = await openSession(question, visible);
    const random = randomSource(seed);
    const picks = new Map<LibName, Pick>();
    for (let step = 0; step < 3; step++) {
      const lib = random.of(visible);
      const pick = random.of<Pick>(['in', 'out', 'either']);
      picks.set(lib, pick);
      const standing = session.pick(lib, pick);
      looked++;
      if (standing.kind === 'clash') {
        expect(await possible(question, visible, picks), `${seed}`).toBe(false);
        for (const name of standing.picks) expect(picks.get(name)).not.toBe('either');
        break;
      }
      for (const name of visible) {
        const canBeIn = await possible(
          question,
          visible,
          new Map([...picks, [name, picks.get(name) === 'out' ? 'neither' : 'in']]),
        );
        const canBeOut = await possible(
          question,
          visible,
          new Map([...picks, [name, picks.get(name) === 'in' ? 'neither' : 'out']]),
        );
        expect(standing.forced.get(name), `problem ${seed}, ${name}, ${JSON.stringify([...picks])}`).toBe(
          canBeIn ? (canBeOut ? undefined : 'in') : 'out',
        );
      }
    }
    session.dispose();
  }
  expect(looked).toBeGreaterThan(15);
}, 120_000);

/** Whether some image has these in and these out: tried with every set of other libs asked for. */
async function possible(
  question: Question,
  visible: readonly LibName[],
  picks: ReadonlyMap<LibName, Pick | 'neither'>,
): Promise<boolean> {
  if ([...picks.values()].includes('neither')) return false;
  const free = visible.filter((name) => (picks.get(name) ?? 'either') === 'either');
  for (let mask = 0; mask < 1 << free.length; mask++) {
    const wanted = [
      ...visible.filter((name) => picks.get(name) === 'in'),
      ...free.filter((_, index) => (mask >> index) % 2 === 1),
    ];
    const out = visible.filter((name) => picks.get(name) === 'out');
    const {spec, catalog} = question;
    const request = (name: LibName) => ({name, version: versionRange('*'), options: [], at: question.target.at});
    const answer = await solve({
      ...question,
      spec: {...spec, libraries: [...spec.libraries, ...wanted.map(request)]},
      catalog: {...catalog, libs: catalog.libs.filter((lib) => !out.includes(lib.name))},
    });
    if (answer.kind === 'solution') return true;
  }
  return false;
}

test('a lib that nobody showed cannot be picked', async () => {
  const session = await openSession(readExample('arch x86_64\nplatform kvm'), []);
  expect(() => session.pick(libName('a'), 'in')).toThrow('not visible');
  session.dispose();
});
