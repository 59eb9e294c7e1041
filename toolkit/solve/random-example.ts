// SPDX-License-Identifier: BSD-3-Clause

/** Numbers that look random and are the same every time (mulberry32). */
export function randomSource(seed: number): {
  below(limit: number): number;
  chance(share: number): boolean;
  of<T>(values: readonly T[]): T;
} {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    chance: (share) => next() < share,
    of(values) {
      const value = values[below(values.length)];
      if (value === undefined) throw new Error('Internal error: nothing to choose from');
      return value;
    },
  };
}

/** A small question in the examples' language, with a bit of everything that can go wrong. */
export function randomExample(seed: number): string {
  const random = randomSource(seed);
  const interfaces = ['i', 'j', 'k', 'l'].slice(0, 2 + random.below(3));
  const libs = ['a', 'b', 'c', 'd', 'e', 'f'].slice(0, 3 + random.below(4));
  const range = (): string => random.of(['*', '*', '*', '*', '^1', '^1', '^2', '>=1.1.0']);
  const lines: string[] = [];
  for (const name of interfaces) lines.push(`${random.chance(0.5) ? 'any' : 'one'} ${name}`);
  lines.push('arch x86_64', 'platform kvm', '  provides boot', '  option x boolean false');
  if (random.chance(0.5)) lines.push(`  needs ${random.of(interfaces)}`);
  if (random.chance(0.4)) lines.push('platform sim', `  provides ${random.of(['boot', random.of(interfaces)])}`);
  const condition = (): string =>
    random.chance(0.3)
      ? ` when ${random.of(['x = true', 'x = false', 'platform = kvm', 'platform = sim', 'x = true, platform = kvm'])}`
      : '';
  for (const name of libs) {
    const count = random.of([1, 1, 2]);
    const hasOption = random.chance(0.5);
    for (let index = 0; index < count; index++) {
      lines.push(
        `lib ${name} ${random.of([`1.${index}.0`, `${index + 1}.0.0`, random.chance(0.1) ? `1.${index}.0-rc.1` : `1.${index}.0`])}`,
      );
      for (const offered of interfaces)
        if (random.chance(0.4))
          lines.push(`  provides ${offered} ${random.of(['1.0.0', '1.0.0', '1.1.0', '1.1.0', '2.0.0'])}`);
      if (hasOption)
        lines.push(
          random.chance(0.7) ? `  option x boolean ${random.of(['true', 'false'])}` : '  option y integer 1..3 = 2',
        );
      for (const needed of interfaces) {
        if (!random.chance(0.2)) continue;
        const asks = random.chance(0.3) ? ` with ${random.of(['x = true', 'x = false', 'y = 1', 'y = 4'])}` : '';
        const count = random.chance(0.16) ? ` at-least ${random.of([0, 2])}` : '';
        lines.push(`  needs ${needed} ${range()}${count}${asks}${condition()}`);
      }
      if (random.chance(0.15)) lines.push(`  excludes ${random.of(libs)} ${range()}${condition()}`);
      if (random.chance(0.1)) lines.push(`  only-for platform ${random.of(['kvm', 'sim', 'kvm sim'])}`);
      if (random.chance(0.2)) lines.push('  recommended');
      if (random.chance(0.1)) lines.push('  only-by-name');
      lines.push(`  figures size ${random.below(4)} boot ${random.below(3)} memory ${random.of([1, 1, 2, 5])}`);
    }
  }
  const wanted = libs.filter(() => random.chance(0.2));
  for (const name of wanted) lines.push(`want ${name} ${range()}`);
  for (const name of wanted)
    if (random.chance(0.3)) lines.push(`set ${name} ${random.of(['x = true', 'x = false', 'y = 3', 'y = 9'])}`);
  if (random.chance(0.1)) lines.push('want kvm', `set kvm ${random.of(['x = true', 'y = 1'])}`);
  if (random.chance(0.1) && lines.includes('platform sim')) lines.push('want sim ^2', 'set sim x = true');
  for (const name of interfaces) if (random.chance(0.5)) lines.push(`need ${name} ${range()}`);
  if (random.chance(0.12)) lines.push(`choose ${random.of(interfaces)} = ${random.of(libs)}`);
  if (random.chance(0.3)) lines.push(`prefer ${[...new Set([random.of(libs), random.of(libs)])].join(' ')}`);
  const budget = random.chance(0.25) ? `budget ${random.of(['size', 'memory'])} ${random.below(8) + 1}` : undefined;
  if (budget !== undefined) lines.push(budget);
  if (random.chance(0.3)) lines.push(`minimize ${random.of(['size', 'boot', 'size boot'])}`);
  return `${lines.join('\n')}\n`;
}
