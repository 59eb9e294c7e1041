// SPDX-License-Identifier: BSD-3-Clause

import type {Diagnostic} from '../base/index.ts';
import type {Host} from '../host/index.ts';
import type {Machine} from './machine.ts';
import {portOwner} from './port-owner.ts';

/** What a machine's ports collide with, before it is started. */
export async function checkPorts(host: Host, {ports, gdb}: Machine): Promise<readonly Diagnostic[]> {
  const wrong: Diagnostic[] = [];
  for (const forward of ports) {
    const {host: port, protocol} = forward;
    if (await host.portIsFree(port, protocol)) continue;
    const other = port + 1 <= 65535 ? port + 1 : port - 1;
    wrong.push(
      await taken(host, {port, protocol, another: `-p ${other}:${forward.guest}${protocol === 'udp' ? '/udp' : ''}`}),
    );
  }
  if (gdb !== undefined && !(await host.portIsFree(gdb))) {
    wrong.push(await taken(host, {port: gdb, protocol: 'tcp', another: `--gdb ${gdb + 1}`}));
  }
  return wrong;
}

async function taken(
  host: Host,
  {port, protocol, another}: {readonly port: number; readonly protocol: 'tcp' | 'udp'; readonly another: string},
): Promise<Diagnostic> {
  const owner = await portOwner(host, {port, protocol});
  const shown = `Port ${port}${protocol === 'udp' ? '/udp' : ''} of this machine`;
  if (owner === undefined && port < 1024) {
    return {
      severity: 'error',
      message: `${shown} may be opened by root only.`,
      help: `Take another: ${another.replace(/\d+/, String(port + 8000))}`,
    };
  }
  if (owner === undefined || owner.process === undefined) {
    return {severity: 'error', message: `${shown} is in use.`, help: `Take another: ${another}`};
  }
  const {id, name} = owner.process;
  return {
    severity: 'error',
    message: `${shown} is in use by ${name} (process ${id}).`,
    help: `End that with 'kill ${id}', or take another: ${another}`,
  };
}
