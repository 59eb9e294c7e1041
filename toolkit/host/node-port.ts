// SPDX-License-Identifier: BSD-3-Clause

import {createSocket} from 'node:dgram';
import {createServer} from 'node:net';
import {hostError, systemCode} from './node-error.ts';

/** Tries it: listens for a moment. */
export function portIsFree(port: number, protocol: 'tcp' | 'udp'): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => {
      const code = systemCode(error);
      if (code === 'EADDRINUSE' || code === 'EACCES') resolve(false);
      else reject(hostError(error, `127.0.0.1:${port}`));
    };
    if (protocol === 'udp') {
      const socket = createSocket('udp4');
      socket.once('error', failed);
      socket.bind({port, address: '127.0.0.1', exclusive: true}, () => socket.close(() => resolve(true)));
      return;
    }
    const server = createServer();
    server.once('error', failed);
    server.listen({port, host: '127.0.0.1', exclusive: true}, () => server.close(() => resolve(true)));
  });
}
