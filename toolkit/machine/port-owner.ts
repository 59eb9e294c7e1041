// SPDX-License-Identifier: BSD-3-Clause

import {basename} from 'node:path';
import type {Host} from '../host/index.ts';

/** Who has a port. The process is known only where this account may look at it. */
export interface PortOwner {
  readonly process?: {readonly id: number; readonly name: string};
}

/** Finds who listens on a port through Linux's /proc: the socket in its tables, then the process that holds it. */
export async function portOwner(
  host: Host,
  {port, protocol}: {readonly port: number; readonly protocol: 'tcp' | 'udp'},
): Promise<PortOwner | undefined> {
  const tables = await Promise.all([protocol, `${protocol}6`].map((name) => host.readFile(`/proc/net/${name}`)));
  const socket = tables.map((table) => listener(table ?? '', port)).find((one) => one !== undefined);
  if (socket === undefined) return undefined;
  for (const id of (await host.list('/proc').catch(nothing)) ?? []) {
    if (!/^\d+$/.test(id) || !(await holds(host, id, socket))) continue;
    const words = await host.readFile(`/proc/${id}/cmdline`).catch(nothing);
    const [program = ''] = (words ?? '').split('\0');
    return {process: {id: Number(id), name: program === '' ? 'a program' : basename(program)}};
  }
  return {};
}

/** The inode of the socket that listens on a port: state 0A is LISTEN, 07 an unconnected UDP socket. */
function listener(table: string, port: number): string | undefined {
  const hexadecimal = port.toString(16).toUpperCase().padStart(4, '0');
  for (const line of table.split('\n')) {
    const fields = line.trim().split(/\s+/);
    if (fields[1]?.endsWith(`:${hexadecimal}`) && (fields[3] === '0A' || fields[3] === '07')) return fields[9];
  }
  return undefined;
}

async function holds(host: Host, id: string, socket: string): Promise<boolean> {
  for (const file of (await host.list(`/proc/${id}/fd`).catch(nothing)) ?? []) {
    if ((await host.readLink(`/proc/${id}/fd/${file}`).catch(nothing)) === `socket:[${socket}]`) return true;
  }
  return false;
}

/** Processes end while one looks, and others' are closed to this account. */
function nothing(): undefined {
  return undefined;
}
