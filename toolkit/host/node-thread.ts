// SPDX-License-Identifier: BSD-3-Clause

import {isMainThread, parentPort, Worker, workerData} from 'node:worker_threads';

/** The other end of a conversation with a thread: plain data goes to and fro. */
export interface Port {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The thread ended, though nobody asked it to. */
  onError(listener: (error: Error) => void): void;
  close(): void;
}

/** Starts a thread that runs a file. What it is given, it finds in `thisThread`. */
export function startThread(file: string, data: unknown): Port {
  const worker = new Worker(file, {workerData: data, stdin: false});
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => void worker.on('message', listener),
    onError: (listener) => void worker.on('error', listener),
    close: () => void worker.terminate(),
  };
}

/** The thread that this is run by, where somebody started it. */
export function thisThread(): {readonly port: Port; readonly data: unknown} {
  const port = parentPort;
  if (isMainThread || port === null) throw new Error('Internal error: this is the main thread');
  return {
    data: workerData,
    port: {
      post: (message) => port.postMessage(message),
      onMessage: (listener) => void port.on('message', listener),
      onError: () => undefined,
      close: () => port.close(),
    },
  };
}
