// SPDX-License-Identifier: BSD-3-Clause

/** The least -m in KiB, by steps of 4 KiB, with which `works` says that the guest does its job. */
export async function leastMemory(works: (kibibytes: number) => Promise<boolean>): Promise<number> {
  let enough = 64 * 1024;
  let tooLittle = 0;
  if (!(await works(enough))) throw new Error('the guest does not work with 64 MiB');
  while (enough - tooLittle > 4) {
    const middle = Math.ceil((enough + tooLittle) / 8) * 4;
    // Too little may also be refused before the guest starts.
    if (await works(middle).catch(() => false)) enough = middle;
    else tooLittle = middle;
  }
  return enough;
}
