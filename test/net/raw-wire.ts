// SPDX-License-Identifier: BSD-3-Clause

import {createServer, type Socket} from 'node:net';
import {arp, flag, type Segment, tcp} from './raw-frames.ts';

/** The other end of a guest's network card: QEMU's `-netdev stream` over a unix socket. */
export interface Wire {
  /** What QEMU is told. */
  readonly netdev: string;
  /** Settles when QEMU has connected. */
  readonly connected: Promise<void>;
  put(frame: Buffer): void;
  /** A whole request from a port of ours; the answer, or what there is of it when the time is over. */
  request(from: number, text: string): Promise<string>;
  close(): void;
}

/** What was heard of one connection. */
interface Heard {
  synchronised?: {readonly sequence: number};
  expected: number;
  text: string;
}

/** A segment of the guest's. */
interface Received {
  readonly to: number;
  readonly sequence: number;
  readonly flags: number;
  readonly text: string;
}

export function openWire(path: string): Wire {
  const heard = new Map<number, Heard>();
  let socket: Socket | undefined;
  const server = createServer();
  const connected = new Promise<void>((resolve) =>
    server.once('connection', (one) => {
      socket = one;
      one.on('error', () => {});
      readFrames(one, receive);
      resolve();
    }),
  );
  server.listen(path);
  return {netdev: `stream,id=net,server=off,addr.type=unix,addr.path=${path}`, connected, put, request, close};

  function put(frame: Buffer): void {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(frame.length);
    socket?.write(Buffer.concat([length, frame]));
  }

  function receive(frame: Buffer): void {
    if (frame.readUInt16BE(12) === 0x0806 && frame[21] === 1) return put(arp(2));
    const segment = segmentOf(frame);
    const connection = segment === undefined ? undefined : heard.get(segment.to);
    if (segment === undefined || connection === undefined) return;
    if ((segment.flags & flag.syn) !== 0) {
      connection.synchronised = {sequence: segment.sequence};
      connection.expected = (segment.sequence + 1) >>> 0;
      return;
    }
    if (segment.text === '' || segment.sequence !== connection.expected) return;
    connection.text += segment.text;
    connection.expected = (connection.expected + segment.text.length) >>> 0;
  }

  async function request(from: number, text: string): Promise<string> {
    const connection: Heard = {expected: 0, text: ''};
    heard.set(from, connection);
    const mine = from * 1000;
    const say = (more: Partial<Segment>): void =>
      put(tcp({from, sequence: mine + 1, acknowledged: connection.expected, flags: flag.ack, ...more}));
    await until(
      () => connection.synchronised !== undefined,
      () => put(tcp({from, sequence: mine, flags: flag.syn, options: [2, 4, 5, 0xb4]})),
    );
    await until(
      () => connection.text.endsWith('</h1>\n'),
      () => say({flags: flag.ack | flag.push, text}),
    );
    say({sequence: mine + 1 + text.length, flags: flag.reset | flag.ack});
    heard.delete(from);
    return connection.text;
  }

  function close(): void {
    socket?.destroy();
    server.close();
  }
}

/** Tries again each second, as TCP would; gives up after ten. */
async function until(done: () => boolean, attempt: () => void): Promise<void> {
  for (let turn = 0; turn < 2000 && !done(); turn++) {
    if (turn % 200 === 0) attempt();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Frames come with their length in four bytes before them. */
function readFrames(socket: Socket, take: (frame: Buffer) => void): void {
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32BE(0)) {
      const size = rest.readUInt32BE(0);
      take(rest.subarray(4, 4 + size));
      rest = rest.subarray(4 + size);
    }
  });
}

function segmentOf(frame: Buffer): Received | undefined {
  if (frame.length < 54 || frame.readUInt16BE(12) !== 0x0800 || frame[23] !== 6) return undefined;
  const body = frame.subarray(34);
  const end = frame.readUInt16BE(16) - 20;
  return {
    to: body.readUInt16BE(2),
    sequence: body.readUInt32BE(4),
    flags: body[13] ?? 0,
    text: body.subarray(((body[12] ?? 0) >> 4) * 4, end).toString('latin1'),
  };
}
