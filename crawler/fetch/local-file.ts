import { type FileHandle, open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { table } from '../../schema/index.ts';
import { ConfigError, RetryLater, SourceBroken } from '../errors.ts';
import { decodedBody } from './decode-body.ts';
import { overLimit } from './fetch-failure.ts';
import type { GateResponse } from './gate-contract.ts';
import { defaultLimits, type FetchLimits, withLimits } from './limits.ts';

/**
 * A file that the operator named, in the shape of an answer of the gate. Only for a path from the command line: nothing that
 * a feed says may lead here.
 * @throws ConfigError if it is not a file that can be read
 */
export async function openLocalFile(
  path: string,
  { limits = {}, signal }: { limits?: Partial<FetchLimits>; signal?: AbortSignal } = {},
): Promise<GateResponse> {
  signal?.throwIfAborted();
  const url = pathToFileURL(resolve(path));
  const all = withLimits(defaultLimits, limits);
  const file = await open(path, 'r').catch((error) => {
    throw fileError(path, error);
  });
  const bytes = { wire: 0, decoded: 0 };
  let size: number;
  let modified: string;
  try {
    const stat = await file.stat();
    if (stat.isDirectory()) {
      throw new ConfigError(`${path} is a directory`, 'Name one file in it; for many, call harvest once for each.');
    }
    if (!stat.isFile()) throw new ConfigError(`${path} is not a regular file`, 'Save the feed to a file first.');
    if (stat.size > all.wireBytes) throw overLimit(url, `the file has ${stat.size} bytes`, 'wireBytes');
    size = stat.size;
    modified = stat.mtime.toUTCString();
  } catch (error) {
    await file.close();
    throw error;
  }
  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of decodedBody(chunksOf(file, bytes, signal), undefined, { url, limits: all, bytes })) {
        signal?.throwIfAborted();
        yield chunk;
      }
    } catch (error) {
      if (!(error instanceof RetryLater)) throw error;
      throw new SourceBroken(`${path}: the compressed file is cut short`, 'Download or pack it again.', {
        cause: error,
      });
    } finally {
      await file.close();
    }
  }
  const body = read();
  return {
    status: 200,
    url: url.href,
    headers: { 'content-length': String(size) },
    notModified: false,
    lastModified: modified,
    body: { [Symbol.asyncIterator]: () => body },
    bytes,
    framed: true,
    dispose: () => file.close(),
  };
}

async function* chunksOf(
  file: FileHandle,
  bytes: { wire: number },
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  while (true) {
    signal?.throwIfAborted();
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(64 * 1024), 0, 64 * 1024, null);
    if (bytesRead === 0) return;
    bytes.wire += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

function fileError(path: string, error: NodeJS.ErrnoException): Error {
  const reasons = table({
    ENOENT: 'there is no such file',
    EACCES: 'the file may not be read',
    EISDIR: 'it is a directory',
    ENOTDIR: 'there is no such file',
  });
  const reason = reasons.get(error.code ?? '') ?? `it cannot be opened (${error.code ?? error.message})`;
  return new ConfigError(`${path}: ${reason}`, 'Check the path; for a directory, name one file in it.', {
    cause: error,
  });
}
