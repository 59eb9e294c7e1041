// SPDX-License-Identifier: BSD-3-Clause
// QEMU's user network listens with a backlog of one (`listen(s, 1)` in libslirp). Of many clients who connect in the same
// instant, the host's kernel lets all but a few try again after 1, 3, 7 … seconds, and the guest never hears of them. A
// client that cannot pace itself goes through here: each connection begins once QEMU has taken the one before.

import {readFileSync} from 'node:fs';
import net from 'node:net';
import {setTimeout as pause} from 'node:timers/promises';

interface Passage {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on a port of 127.0.0.1, and hands each connection on to `port`. */
export async function oneByOne(port: number): Promise<Passage> {
  const open = new Set<net.Socket>();
  let before: Promise<void> = Promise.resolve();
  const server = net.createServer({noDelay: true, pauseOnConnect: true}, (client) => {
    keep(open, client);
    before = before.then(async () => {
      if (client.destroyed) return;
      const guest = net.connect({port, host: '127.0.0.1', noDelay: true});
      keep(open, guest);
      client.once('close', () => guest.destroy());
      guest.once('close', () => client.destroy());
      client.pipe(guest);
      guest.pipe(client);
      client.resume();
      await new Promise((resolve) => guest.once('connect', resolve).once('close', resolve));
      while (waitingAt(port) > 0) await pause(1);
    });
  });
  await new Promise<void>((resolve) => server.listen({port: 0, host: '127.0.0.1', backlog: 511}, resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Internal error: no port');
  return {
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

function keep(open: Set<net.Socket>, socket: net.Socket): void {
  open.add(socket);
  socket.on('error', () => socket.destroy());
  socket.once('close', () => open.delete(socket));
}

/** Connections that nobody has accepted, at whoever listens on `port`: the receive queue that Linux tells of a listener. */
function waitingAt(port: number): number {
  const local = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  for (const line of readFileSync('/proc/net/tcp', 'latin1').split('\n')) {
    const [, address, , state, queues] = line.trim().split(/\s+/);
    if (address === local && state === '0A') return Number.parseInt(queues?.split(':')[1] ?? '0', 16);
  }
  return 0;
}
