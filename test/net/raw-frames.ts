// SPDX-License-Identifier: BSD-3-Clause
// Ethernet frames by the byte, right ones, for tests that then make them wrong.

export const guest = {mac: [0x52, 0x54, 0, 0x12, 0x34, 0x56], ip: [10, 0, 2, 15]} as const;
export const peer = {mac: [0x52, 0x55, 10, 0, 2, 2], ip: [10, 0, 2, 2]} as const;

/** Offsets in a frame: of the IP header, and of what it carries where it has no options. */
export const at = {type: 12, ip: 14, payload: 34, payload6: 54} as const;

export const flag = {fin: 1, syn: 2, reset: 4, push: 8, ack: 16} as const;

export interface Segment {
  readonly from: number;
  readonly sequence: number;
  readonly acknowledged?: number;
  readonly flags: number;
  readonly options?: readonly number[];
  readonly text?: string;
}

function ethernet(type: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([...guest.mac, ...peer.mac, type >> 8, type & 0xff]), body]);
}

/** Without checksums; see `mended`. */
export function ipv4(protocol: number, body: Buffer, {id = 0, fragment = 0} = {}): Buffer {
  const header = Buffer.alloc(20);
  header[0] = 0x45;
  header.writeUInt16BE(20 + body.length, 2);
  header.writeUInt16BE(id, 4);
  header.writeUInt16BE(fragment, 6);
  header.set([64, protocol], 8);
  header.set([...peer.ip, ...guest.ip], 12);
  return ethernet(0x0800, Buffer.concat([header, body]));
}

/** To all nodes of the link. */
export function ipv6(next: number, body: Buffer): Buffer {
  const header = Buffer.alloc(40);
  header[0] = 0x60;
  header.writeUInt16BE(body.length, 4);
  header.set([next, 255, 0xfe, 0x80], 6);
  header[23] = 2;
  header.set([0xff, 2], 24);
  header[39] = 1;
  return ethernet(0x86dd, Buffer.concat([header, body]));
}

export function tcp({from, sequence, acknowledged = 0, flags, options = [], text = ''}: Segment): Buffer {
  const body = Buffer.alloc(20);
  body.writeUInt16BE(from, 0);
  body.writeUInt16BE(80, 2);
  body.writeUInt32BE(sequence >>> 0, 4);
  body.writeUInt32BE(acknowledged >>> 0, 8);
  body.set([((20 + options.length) / 4) << 4, flags], 12);
  body.writeUInt16BE(65535, 14);
  return mended(ipv4(6, Buffer.concat([body, Buffer.from(options), Buffer.from(text)])));
}

export function udp(port: number, payload: Buffer): Buffer {
  const body = Buffer.alloc(8);
  body.writeUInt16BE(4000, 0);
  body.writeUInt16BE(port, 2);
  body.writeUInt16BE(8 + payload.length, 4);
  return mended(ipv4(17, Buffer.concat([body, payload])));
}

export function ping(size: number, where: {id?: number; fragment?: number} = {}): Buffer {
  return mended(ipv4(1, Buffer.concat([Buffer.from([8, 0, 0, 0, 0, 1, 0, 1]), Buffer.alloc(size, 'p')]), where));
}

export function ping6(): Buffer {
  return mended(ipv6(58, Buffer.concat([Buffer.from([128, 0, 0, 0, 0, 1, 0, 1]), Buffer.alloc(8)])));
}

export function arp(operation: 1 | 2): Buffer {
  const body = Buffer.from([0, 1, 8, 0, 6, 4, 0, operation, ...peer.mac, ...peer.ip, ...guest.mac, ...guest.ip]);
  return ethernet(0x0806, Buffer.concat([body, Buffer.alloc(18)])); // the least that an Ethernet carries
}

/** A copy with other bytes at an offset. */
export function patched(frame: Buffer, offset: number, ...bytes: readonly number[]): Buffer {
  const copy = Buffer.from(frame);
  copy.set(bytes, offset);
  return copy;
}

/** A copy whose checksums are right, as far as it has any that can be found. */
export function mended(frame: Buffer): Buffer {
  const copy = Buffer.from(frame);
  const type = copy.length >= at.ip ? copy.readUInt16BE(at.type) : 0;
  const ip = copy.subarray(at.ip);
  if (type === 0x86dd && ip.length >= 40) mendPayload(ip.subarray(40), ip[6] ?? 0, sum(ip.subarray(8, 40)));
  const head = ((ip[0] ?? 0) & 15) * 4;
  if (type !== 0x0800 || head < 20 || head > ip.length) return copy;
  ip.writeUInt16BE(0, 10);
  ip.writeUInt16BE(folded(sum(ip.subarray(0, head))), 10);
  const total = ip.readUInt16BE(2);
  if (total >= head && total <= ip.length) mendPayload(ip.subarray(head, total), ip[9] ?? 0, sum(ip.subarray(12, 20)));
  return copy;
}

function mendPayload(payload: Buffer, protocol: number, pseudo: number): void {
  const place = {1: 2, 6: 16, 17: 6, 58: 2}[protocol];
  if (place === undefined || place + 2 > payload.length) return;
  payload.writeUInt16BE(0, place);
  const around = protocol === 1 ? 0 : pseudo + protocol + payload.length;
  payload.writeUInt16BE(folded(around + sum(payload)), place);
}

function sum(bytes: Uint8Array): number {
  return bytes.reduce((total, byte, index) => total + (index % 2 === 0 ? byte << 8 : byte), 0);
}

function folded(total: number): number {
  let rest = total;
  while (rest > 0xffff) rest = (rest >>> 16) + (rest & 0xffff);
  return ~rest & 0xffff;
}
