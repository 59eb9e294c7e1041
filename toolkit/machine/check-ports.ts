// SPDX-License-Identifier: BSD-3-Clause

import type {Diagnostic} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import type {Machine} from './machine.ts';
import {portOwner} from './port-owner.ts';

/** What a machine's ports collide with, before it is started. */
export async function checkPorts(host: Host, {ports, gdb}: Machine): Promise<readonly Diagnostic[]> {
  const wrong: Diagnostic[] = [];
  for (const {host: port, guest, protocol} of ports) {
    if (await host.portIsFree(port, protocol)) continue;
    const option = (another: number): string => `-p ${another}:${guest}${protocol === 'udp' ? '/udp' : ''}`;
    wrong.push(await taken(host, {port, protocol, option}));
  }
  if (gdb !== undefined && !(await host.portIsFree(gdb))) {
    wrong.push(await taken(host, {port: gdb, protocol: 'tcp', option: (another) => `--gdb ${another}`}));
  }
  return wrong;
}

async function taken(
  host: Host,
  {
    port,
    protocol,
    option,
  }: {
    readonly port: number;
    readonly protocol: 'tcp' | 'udp';
    /** The option with another port. */
    readonly option: (another: number) => string;
  },
): Promise<Diagnostic> {
  const owner = await portOwner(host, {port, protocol});
  const shown = `Port ${port}${protocol === 'udp' ? '/udp' : ''} of this machine`;
  if (owner === undefined && port < 1024) {
    return {
      severity: 'error',
      message: `${shown} may be opened by root only.`,
      help: `Take another: ${option(port + 8000)}`,
    };
  }
  const another = `take another: ${option(port < 65535 ? port + 1 : port - 1)}`;
  if (owner?.process === undefined) {
    return {severity: 'error', message: `${shown} is in use.`, help: another.replace('t', 'T')};
  }
  const {id, name} = owner.process;
  return {
    severity: 'error',
    message: `${shown} is in use by ${name} (process ${id}).`,
    help: `End that with 'kill ${id}', or ${another}`,
  };
}
