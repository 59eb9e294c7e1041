// SPDX-License-Identifier: BSD-3-Clause

import {posix} from 'node:path';
import type {FileFacts, Host} from './host.ts';
import {HostError} from './host-error.ts';

type Node =
  | {readonly kind: 'file'; readonly content: Uint8Array; readonly modified: number; executable: boolean}
  | {readonly kind: 'folder'; readonly modified: number}
  | {readonly kind: 'link'; readonly target: string; readonly modified: number};

type FileCalls = Pick<
  Host,
  | 'readFile'
  | 'readBytes'
  | 'writeFile'
  | 'writeFileIfChanged'
  | 'list'
  | 'facts'
  | 'openFile'
  | 'makeFolder'
  | 'remove'
  | 'rename'
  | 'copyFile'
  | 'chmod'
  | 'symlink'
  | 'readLink'
  | 'realPath'
  | 'makeTemporaryFolder'
>;

/** The file half of a memory host: one flat map from real path to node, and links resolved on the way in. */
export function memoryFiles(options: {
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly folders: readonly string[];
  readonly now: () => number;
}): FileCalls & {files(): Readonly<Record<string, string>>; addProgram(path: string): void} {
  const {now} = options;
  const nodes = new Map<string, Node>([['/', {kind: 'folder', modified: now()}]]);
  const programs = new Set<string>();
  let temporary = 0;

  /** The path with every link on the way resolved; the last one too, unless it is the thing itself that is wanted. */
  const resolve = (path: string, last: 'follow' | 'keep', hops = 0): string => {
    if (!path.startsWith('/')) throw new Error(`Internal error: '${path}' is not an absolute path`);
    if (hops > 40) throw new HostError(`Symbolic links go round in a circle: ${path}.`, 'ELOOP', path);
    const parts = posix
      .normalize(path)
      .split('/')
      .filter((part) => part !== '');
    let real = '/';
    for (const [index, part] of parts.entries()) {
      const next = posix.join(real, part);
      const node = nodes.get(next);
      if (node?.kind !== 'link' || (index === parts.length - 1 && last === 'keep')) {
        real = next;
        continue;
      }
      const rest = parts.slice(index + 1).join('/');
      return resolve(posix.join(posix.resolve(real, node.target), rest), last, hops + 1);
    }
    return real;
  };

  const addFolders = (path: string): void => {
    const node = nodes.get(path);
    if (node?.kind === 'folder') return;
    if (node !== undefined) throw new HostError(`Expected a folder, but was a file: ${path}.`, 'ENOTDIR', path);
    addFolders(posix.dirname(path));
    nodes.set(path, {kind: 'folder', modified: now()});
  };

  const put = (path: string, node: Node): void => {
    if (nodes.get(path)?.kind === 'folder')
      throw new HostError(`Expected a file, but was a folder: ${path}.`, 'EISDIR', path);
    addFolders(posix.dirname(path));
    nodes.set(path, node);
  };

  const write = (path: string, content: string | Uint8Array): void => {
    put(resolve(path, 'keep'), {
      kind: 'file',
      content: typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content),
      modified: now(),
      executable: false,
    });
  };

  const read = (path: string): Uint8Array | undefined => {
    const node = nodes.get(resolve(path, 'follow'));
    if (node?.kind === 'folder') throw new HostError(`Expected a file, but was a folder: ${path}.`, 'EISDIR', path);
    return node?.kind === 'file' ? node.content : undefined;
  };

  const under = (path: string): string[] =>
    [...nodes.keys()].filter((key) => key === path || key.startsWith(path === '/' ? '/' : `${path}/`));

  for (const folder of options.folders) addFolders(folder);
  for (const [path, content] of Object.entries(options.files)) write(path, content);

  return {
    readFile: async (path) => {
      const content = read(path);
      return content === undefined ? undefined : new TextDecoder('utf-8', {ignoreBOM: true}).decode(content);
    },
    readBytes: async (path) => read(path),
    writeFile: async (path, content) => write(path, content),
    writeFileIfChanged: async (path, content) => {
      const present = read(path);
      if (present !== undefined && Buffer.from(present).equals(Buffer.from(content))) return false;
      write(path, content);
      return true;
    },
    list: async (path) => {
      const folder = resolve(path, 'follow');
      const node = nodes.get(folder);
      if (node?.kind !== 'folder') return undefined;
      return under(folder)
        .filter((key) => key !== folder && posix.dirname(key) === folder)
        .map((key) => posix.basename(key))
        .sort();
    },
    facts: async (path) => {
      const node = nodes.get(resolve(path, 'keep'));
      return node === undefined ? undefined : factsOf(node);
    },
    openFile: async (path, access) => {
      if (access === 'create') {
        if (nodes.has(resolve(path, 'follow')))
          throw new HostError(`There is something already: ${path}.`, 'EEXIST', path);
        if (nodes.get(posix.dirname(resolve(path, 'follow')))?.kind !== 'folder') return undefined;
        write(path, '');
      }
      const content = read(path);
      if (content === undefined) return undefined;
      const resize = (size: number): Uint8Array => {
        const old = read(path) ?? new Uint8Array();
        const bytes = new Uint8Array(size);
        bytes.set(old.subarray(0, size));
        write(path, bytes);
        return read(path) ?? bytes;
      };
      return {
        size: content.length,
        read: async (offset, length) => Uint8Array.from((read(path) ?? content).subarray(offset, offset + length)),
        write: async (offset, bytes) => {
          const present = read(path) ?? content;
          const end = offset + bytes.length;
          (end > present.length ? resize(end) : present).set(bytes, offset);
        },
        resize: async (size) => void resize(size),
        sync: async () => {},
        close: async () => {},
      };
    },
    makeFolder: async (path) => addFolders(resolve(path, 'follow')),
    remove: async (path) => {
      for (const key of under(resolve(path, 'keep'))) nodes.delete(key);
    },
    rename: async (from, to) => {
      const [source, target] = [resolve(from, 'keep'), resolve(to, 'keep')];
      const node = nodes.get(source);
      if (node === undefined || nodes.get(posix.dirname(target))?.kind !== 'folder')
        throw new HostError(`There is no such file: ${from}.`, 'ENOENT', from);
      if (nodes.get(target)?.kind === 'folder' && (node.kind !== 'folder' || under(target).length > 1))
        throw new HostError(`The folder is not empty: ${from}.`, node.kind === 'folder' ? 'ENOTEMPTY' : 'EISDIR', from);
      const moved = under(source).map((key) => [target + key.slice(source.length), nodes.get(key)] as const);
      for (const key of under(source)) nodes.delete(key);
      for (const [key, one] of moved) if (one !== undefined) nodes.set(key, one);
    },
    copyFile: async (from, to) => {
      const content = read(from);
      if (content === undefined) throw new HostError(`There is no such file: ${from}.`, 'ENOENT', from);
      write(to, content);
    },
    chmod: async (path, mode) => {
      const node = nodes.get(resolve(path, 'follow'));
      if (node === undefined) throw new HostError(`There is no such file: ${path}.`, 'ENOENT', path);
      if (node.kind === 'file') node.executable = (mode & 0o111) !== 0;
    },
    symlink: async (target, path) => {
      const place = resolve(path, 'keep');
      if (nodes.has(place)) throw new HostError(`There is something already: ${path}.`, 'EEXIST', path);
      put(place, {kind: 'link', target, modified: now()});
    },
    readLink: async (path) => {
      const node = nodes.get(resolve(path, 'keep'));
      return node?.kind === 'link' ? node.target : undefined;
    },
    realPath: async (path) => {
      const real = resolve(path, 'follow');
      return nodes.has(real) ? real : undefined;
    },
    makeTemporaryFolder: async (prefix) => {
      temporary += 1;
      const path = `${posix.resolve('/tmp', prefix)}${String(temporary).padStart(6, '0')}`;
      addFolders(path);
      return path;
    },
    files: () =>
      Object.fromEntries(
        [...nodes]
          .flatMap(([path, node]) =>
            node.kind === 'file' && !programs.has(path)
              ? [[path, new TextDecoder().decode(node.content)] as const]
              : [],
          )
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
    addProgram: (path) => {
      programs.add(path);
      put(path, {kind: 'file', content: new Uint8Array(), modified: now(), executable: true});
    },
  };
}

function factsOf(node: Node): FileFacts {
  const size = node.kind === 'file' ? node.content.length : node.kind === 'link' ? node.target.length : 0;
  return {
    kind: node.kind,
    size,
    modified: node.modified,
    changed: node.modified,
    executable: node.kind !== 'link' && (node.kind === 'folder' || node.executable),
  };
}
