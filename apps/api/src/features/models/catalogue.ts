/** The registry, read for callers: in turn, and not for longer than a caller waits. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../../errors.ts';
import { explainFailure } from './failures.ts';
import { createQueue } from './queue.ts';

/** Longest wait for the disk, and for those who asked before. */
const READ_MS = 10_000;
/** Callers that may wait for the one whose turn it is. */
const MAX_WAITING = 20;

/** Reads. @throws ApiError that says what is wrong with the registry. */
type ReadRegistry = <T>(question: () => Promise<T>) => Promise<T>;

/** @param onFailure is told what callers may not see, such as paths; and of each who waited in vain. */
export function createReader(onFailure: (failure: unknown) => void, readMs = READ_MS): ReadRegistry {
  const inTurn = createQueue(MAX_WAITING);
  return async function readRegistry(question) {
    const waiting = new AbortController();
    const late = sleep(readMs, undefined, { signal: waiting.signal }).then(() => {
      const failure = new ApiError('REGISTRY_UNREADABLE', 'The disk of the registry does not answer in time.');
      onFailure(failure);
      throw failure;
    });
    late.catch(() => undefined);
    try {
      return await Promise.race([inTurn(question), late]);
    } catch (error) {
      throw explain(error, onFailure);
    } finally {
      waiting.abort();
    }
  };
}

function explain(error: unknown, onFailure: (failure: unknown) => void): unknown {
  if (error instanceof ApiError) return error;
  onFailure(error);
  const { name, code, message } = error as Error & { readonly code?: string };
  if (name === 'RegistryError') return explainFailure({ code: code as 'REGISTRY_MISSING', message, systemCode: undefined });
  return code === undefined ? error : explainFailure({ code: undefined, message, systemCode: code });
}
