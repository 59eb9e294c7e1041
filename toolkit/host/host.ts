// SPDX-License-Identifier: BSD-3-Clause

/** What a program run on the host came to. */
export interface ProcessResult {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface FileFacts {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  readonly executable: boolean;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Added to the host's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Bytes for standard input; absent: none. */
  readonly input?: Uint8Array;
  /** Called with each chunk as it comes; stdout and stderr are then still collected. */
  readonly onStdout?: (text: string) => void;
  readonly onStderr?: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** A process that goes on while the tool does. */
export interface RunningProcess {
  readonly pid: number;
  readonly exited: Promise<{readonly exitCode: number | null; readonly signal: string | null}>;
  kill(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void;
}

export interface SpawnOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** 'inherit' joins the terminal's; 'pipe' calls back. */
  readonly stdin: 'inherit' | 'ignore';
  readonly onStdout: (chunk: Uint8Array) => void;
  readonly onStderr: (chunk: Uint8Array) => void;
  /** A pipe at file descriptor 3, where the child may write. */
  readonly onStatus?: (chunk: Uint8Array) => void;
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
  /** Resolves symbolic links; undefined where nothing is. */
  realPath(path: string): Promise<string | undefined>;
  makeTemporaryFolder(prefix: string): Promise<string>;
  /** Runs a program to its end. A program that is not there is 'not-found'. */
  run(program: string, args: readonly string[], options?: RunOptions): Promise<ProcessResult | 'not-found'>;
  spawn(program: string, args: readonly string[], options: SpawnOptions): Promise<RunningProcess | 'not-found'>;
  /** Where a program is on PATH. */
  which(program: string): Promise<string | undefined>;
  /** Whether a TCP port of 127.0.0.1 can be listened on. */
  portIsFree(port: number): Promise<boolean>;
  /** The body of an http(s) GET, redirects followed. Throws a HostError that names URL and status. */
  download(url: string, onProgress?: (received: number, total: number | undefined) => void): Promise<Uint8Array>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  /** Milliseconds since 1970. */
  now(): number;
  readonly cores: number;
}
