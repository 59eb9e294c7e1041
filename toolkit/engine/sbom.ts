// SPDX-License-Identifier: BSD-3-Clause

import {join} from 'node:path';
import {fail, ok, type Result} from '../base/index.ts';
import type {Engine} from './engine.ts';
import {type PlanRequest, planProject} from './plan-project.ts';

export interface SbomRequest extends PlanRequest {
  readonly format: 'spdx' | 'cyclonedx';
}

/** What the image is made of, as a document of SPDX 2.3 or CycloneDX 1.5. Equal images have equal documents. */
export async function sbomOf(engine: Engine, request: SbomRequest): Promise<Result<object>> {
  const created = timeOf(engine.host.env.SOURCE_DATE_EPOCH);
  if (!created.ok) return created;
  const planned = await planProject(engine, request);
  if (!planned.ok) return planned;
  const {billOf, cycloneDxDocument, spdxDocument} = await import('../sbom/index.ts');
  const tool = {name: 'kraft-ts', version: await toolVersion(engine)};
  const bill = billOf({...planned.value, tool});
  return ok(request.format === 'spdx' ? spdxDocument(bill, created.value) : cycloneDxDocument(bill, created.value));
}

/** A document says when it was made; an equal one must say the same (https://reproducible-builds.org/specs/source-date-epoch). */
function timeOf(epoch: string | undefined): Result<string> {
  const seconds = epoch === undefined || epoch === '' ? 0 : Number(epoch);
  const latest = 253402300799; // the end of the year 9999
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= latest)
    return ok(new Date(seconds * 1000).toISOString().replace('.000Z', 'Z'));
  return fail([
    {
      severity: 'error',
      message: `Expected seconds since 1970 in SOURCE_DATE_EPOCH, but was "${epoch ?? ''}".`,
      help: 'Set it to what git log -1 --format=%ct says, or unset it.',
    },
  ]);
}

async function toolVersion({host, kit}: Engine): Promise<string> {
  const text = (await host.readFile(join(kit, 'package.json'))) ?? '';
  return /"version":\s*"([^"]*)"/.exec(text)?.[1] ?? '0.0.0';
}
