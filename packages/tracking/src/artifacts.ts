/** Files of a run or model, through the server's artifact proxy: it keeps the store's credentials, clients need none. */
import { setTimeout as sleep } from 'node:timers/promises';
import { listAt, valueAt } from './answer.ts';
import type { Connection } from './connection.ts';
import { TrackingError } from './errors.ts';

const ATTEMPTS = 3;
const PAUSE_MS = 500;
/** Such as `mlflow-artifacts:/1/abc/artifacts`, or with the server's own name in between. */
const PROXIED = /^mlflow-artifacts:(?:\/\/[^/]*)?\/*(?<path>.+)$/;

/** A file to keep. */
export interface Artifact {
  /** Path below the artifacts of its run or model, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Uploads a file; after a failure, only if it did not arrive.
 *
 * @param root `artifact_uri` of the run or model.
 * @param mayBeThere whether an earlier process may have sent it.
 * @throws TrackingError as the connection does, or `TRACKING_REFUSED` where the server passes no artifacts on.
 */
export async function uploadArtifact(
  connection: Connection,
  root: string,
  artifact: Artifact,
  mayBeThere: boolean,
): Promise<void> {
  const path = `${proxiedPath(root)}/${artifact.path}`;
  if (mayBeThere && (await isThere(connection, path, artifact.bytes))) return;
  for (let attempt = 1; ; attempt++) {
    try {
      await connection.bytes({ method: 'PUT', path: artifactUrl(path), body: artifact.bytes, isRepeatable: false });
      return;
    } catch (error) {
      if (attempt === ATTEMPTS || !isPassing(error)) throw error;
    }
    await sleep(PAUSE_MS * attempt);
    // The answer may have been lost, not the file.
    if (await isThere(connection, path, artifact.bytes)) return;
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof TrackingError && ['TRACKING_UNREACHABLE', 'TRACKING_FAILED'].includes(error.code);
}

/** Compares the content too: a file that was cut short, or another of that length, is sent anew. */
async function isThere(connection: Connection, path: string, bytes: Uint8Array): Promise<boolean> {
  if ((await sizeOf(connection, path)) !== bytes.length) return false;
  const found = await connection.bytes({ method: 'GET', path: artifactUrl(path), isRepeatable: true, maxBytes: bytes.length });
  return Buffer.from(found).equals(bytes);
}

async function sizeOf(connection: Connection, path: string): Promise<number | undefined> {
  const slash = path.lastIndexOf('/');
  const query = `path=${encodeURIComponent(path.slice(0, slash))}`;
  const folder = await connection.json({
    method: 'GET',
    path: `api/2.0/mlflow-artifacts/artifacts?${query}`,
    isRepeatable: true,
  });
  const entry = listAt(folder, 'files').find((file) => valueAt(file, 'path') === path.slice(slash + 1));
  const size = valueAt(entry, 'file_size');
  // 64-bit integers may come as text.
  return size === undefined ? undefined : Number(size);
}

function artifactUrl(path: string): string {
  return `api/2.0/mlflow-artifacts/artifacts/${path.split('/').map(encodeURIComponent).join('/')}`;
}

function proxiedPath(root: string): string {
  const path = PROXIED.exec(root)?.groups?.path;
  if (path !== undefined) return path.replace(/\/+$/, '');
  const scheme = root.split(':')[0]!;
  const message = `MLflow keeps this experiment's artifacts where only ${scheme} reaches: make it with --serve-artifacts, or name another experiment`;
  throw new TrackingError('TRACKING_REFUSED', message, { scheme });
}
