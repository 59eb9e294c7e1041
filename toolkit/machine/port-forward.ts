// SPDX-License-Identifier: BSD-3-Clause

import {fail, ok, type Result} from '../base/index.ts';
import type {PortForward} from './machine.ts';

/** `8080:80`, `5353:53/udp`: a port of this machine, then the guest's. */
export function parsePortForward(text: string): Result<PortForward> {
  const match = /^(\d{1,5}):(\d{1,5})(?:\/(tcp|udp))?$/.exec(text.trim());
  const [host, guest] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || ![host, guest].every((port) => port >= 1 && port <= 65535)) {
    return fail([
      {
        severity: 'error',
        message: `Expected two ports between 1 and 65535, this machine's and the guest's, but was '${text}'.`,
        help: 'For example: -p 8080:80, or -p 5353:53/udp',
      },
    ]);
  }
  return ok({host, guest, protocol: match[3] === 'udp' ? 'udp' : 'tcp'});
}
