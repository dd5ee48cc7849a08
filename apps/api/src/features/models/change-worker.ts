/** The program of the thread of one change: reading and checking a model of many MiB holds up nothing there. */
import { parentPort, workerData } from 'node:worker_threads';
import type { RegistryErrorCode } from '@iris/registry/catalogue';
import { type Changed, type ChangeTask, makeChange } from './change.ts';

/** Why there was no change, as far as it passes between threads. */
export interface ChangeFailure {
  /** Of another error than the registry's, undefined. */
  readonly code: RegistryErrorCode | undefined;
  readonly message: string;
  /** What the file system said, such as `ENOSPC`. */
  readonly systemCode: string | undefined;
}

/** What the thread answers. */
export type ChangeOutcome = { readonly changed: Changed } | { readonly failure: ChangeFailure };

parentPort?.postMessage(await attempt(workerData));

async function attempt(task: ChangeTask): Promise<ChangeOutcome> {
  try {
    return { changed: await makeChange(task) };
  } catch (error) {
    const { name, code, message, cause } = error as Error & { readonly code?: string };
    const isRegistry = name === 'RegistryError';
    const systemCode = isRegistry ? (cause as NodeJS.ErrnoException | undefined)?.code : code;
    return { failure: { code: isRegistry ? (code as RegistryErrorCode) : undefined, message, systemCode } };
  }
}
