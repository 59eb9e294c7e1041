// SPDX-License-Identifier: BSD-3-Clause

/** What a program run on the host came to. */
export interface ProcessResult {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What is known of a file without opening it. A link is not followed. */
export interface FileFacts {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** Likewise, when content, rights or owner last changed: unlike `modified`, nobody can set it. */
  readonly changed: number;
  readonly executable: boolean;
}

/** A file that was opened, until it is closed. */
export interface OpenFile {
  /** Bytes, when it was opened. */
  readonly size: number;
  /** Fewer bytes only at the end. */
  read(offset: number, length: number): Promise<Uint8Array>;
  write(offset: number, bytes: Uint8Array): Promise<void>;
  resize(size: number): Promise<void>;
  /** What was written is on the disk when this settles. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** How a program is run to its end. */
export interface RunOptions {
  readonly cwd?: string;
  /** Added to the host's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Bytes for standard input; absent: none. */
  readonly input?: Uint8Array;
  /** Called with each chunk as it comes; stdout and stderr are then still collected. */
  readonly onStdout?: (text: string) => void;
  readonly onStderr?: (text: string) => void;
  /** Aborted: the program gets SIGTERM, and the result says so. */
  readonly signal?: AbortSignal;
}

/** A process that goes on while the tool does. */
export interface RunningProcess {
  readonly pid: number;
  readonly exited: Promise<{readonly exitCode: number | null; readonly signal: string | null}>;
  kill(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void;
}

/** How bytes and their end are told where nothing but bytes can be. */
export interface Encoding {
  readonly start: Uint8Array;
  chunk(bytes: Uint8Array): Uint8Array;
  readonly end: Uint8Array;
}

/** How a program is started that goes on. */
export interface SpawnOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /**
   * 'inherit' hands over the tool's own. 'forward' copies from it through a pipe, so that the child never sees a
   * terminal and cannot leave it in raw mode. With an encoding it copies what that makes of it, and the child never
   * sees an end. Bytes are written, then the end.
   */
  readonly stdin: 'inherit' | 'forward' | 'ignore' | Uint8Array | Encoding;
  readonly onStdout: (chunk: Uint8Array) => void;
  readonly onStderr: (chunk: Uint8Array) => void;
  /** Asked after each chunk of output: what to wait for before the next is read, if anything. */
  readonly drained?: (() => Promise<void> | undefined) | undefined;
  /** 'tool': the program dies with this process, however that dies, where the system can see to it. Default: 'own'. */
  readonly lifetime?: 'own' | 'tool';
  /** A pipe at file descriptor 3, where the child may write. */
  readonly onStatus?: (chunk: Uint8Array) => void;
  /** A pipe at file descriptor 4, likewise. */
  readonly onTrace?: (chunk: Uint8Array) => void;
}

/**
 * The world outside: the only way to it, and passed as an argument.
 *
 * Paths are absolute. A file that is not there is `undefined`, not an exception; every other failure of the
 * operating system is thrown as a HostError, with the path and the system's code.
 */
export interface Host {
  readFile(path: string): Promise<string | undefined>;
  readBytes(path: string): Promise<Uint8Array | undefined>;
  /** Makes the folders that are missing. Atomic: a reader sees the old content or the new. */
  writeFile(path: string, content: string | Uint8Array): Promise<void>;
  /** As writeFile, but leaves a file alone that has this content already. Returns whether it wrote. */
  writeFileIfChanged(path: string, content: string | Uint8Array): Promise<boolean>;
  /** Names in a folder, sorted; undefined where there is none. */
  list(path: string): Promise<readonly string[] | undefined>;
  facts(path: string): Promise<FileFacts | undefined>;
  makeFolder(path: string): Promise<void>;
  /** A file or a folder with all that is in it. Does nothing where there is none. */
  remove(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  copyFile(from: string, to: string): Promise<void>;
  chmod(path: string, mode: number): Promise<void>;
  symlink(target: string, path: string): Promise<void>;
  /** What a symbolic link says; undefined where there is no link. */
  readLink(path: string): Promise<string | undefined>;
  /** Resolves symbolic links; undefined where nothing is. */
  realPath(path: string): Promise<string | undefined>;
  /**
   * A file to read and write anywhere; undefined where it is not there. 'create' makes an empty one, in a folder that is
   * there, and fails where something is.
   */
  openFile(path: string, access: 'read' | 'write' | 'create'): Promise<OpenFile | undefined>;
  /** Whether a file or device can be opened for reading and writing. */
  canOpen(path: string): Promise<boolean>;
  /** Whether files there can have extended attributes of a user's; false where that is not certain. */
  keepsAttributes(path: string): Promise<boolean>;
  /** A new, empty folder: beside other files where `prefix` is absolute, else where the system keeps such things. */
  makeTemporaryFolder(prefix: string): Promise<string>;
  /** Runs a program to its end. A program that is not there is 'not-found'. */
  run(program: string, args: readonly string[], options?: RunOptions): Promise<ProcessResult | 'not-found'>;
  spawn(program: string, args: readonly string[], options: SpawnOptions): Promise<RunningProcess | 'not-found'>;
  /** Where a program is on PATH. */
  which(program: string): Promise<string | undefined>;
  /** Whether a port of 127.0.0.1 can be listened on; TCP unless said otherwise. */
  portIsFree(port: number, protocol?: 'tcp' | 'udp'): Promise<boolean>;
  /**
   * The body of an http(s) GET, redirects followed, http_proxy, https_proxy and no_proxy honoured. Throws a
   * HostError that names the URL and, as its code, the HTTP status or what the network said. A body that is
   * shorter than the server promised is an error.
   */
  download(url: string, onProgress?: (received: number, total: number | undefined) => void): Promise<Uint8Array>;
  /** Waits, on the host's clock. Aborted: returns early. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether what the tool reads is typed at a terminal. */
  readonly inputIsTerminal: boolean;
  readonly cwd: string;
  readonly home: string;
  /** Milliseconds since 1970. */
  now(): number;
  readonly cores: number;
  /** The processor's kind, as `uname -m` says it. */
  readonly arch: string;
}
