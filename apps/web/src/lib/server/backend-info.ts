/** Who answers now: version, health and readiness of one instance, asked over one fresh connection. */
import type { BackendInfo, HealthAnswer, VersionAnswer } from '../api/types.ts';
import { type ApiClient, ApiFailure, type Ask } from './api-client.ts';

/** Asks an instance of the API who it is and how it is. */
export function askBackendInfo(client: Pick<ApiClient, 'onFreshConnection'>, signal: AbortSignal): Promise<BackendInfo> {
  return client.onFreshConnection(async (ask) => {
    const version = await readJson<VersionAnswer>(ask, '/version', signal);
    const health = await readJson<HealthAnswer>(ask, '/health', signal);
    return { version, health, readiness: await askReadiness(ask, signal) };
  });
}

async function readJson<T>(ask: Ask, path: string, signal: AbortSignal): Promise<T> {
  const answer = await ask(path, { signal });
  if (!answer.ok) throw new ApiFailure('API_ANSWER_INVALID');
  return parse<T>(answer);
}

async function askReadiness(ask: Ask, signal: AbortSignal): Promise<string> {
  const answer = await ask('/ready', { signal });
  const { code } = await parse<{ readonly code?: string }>(answer);
  return answer.ok ? 'READY' : (code ?? 'UNKNOWN');
}

async function parse<T>(answer: { json(): Promise<unknown> }): Promise<T> {
  try {
    return (await answer.json()) as T;
  } catch (error) {
    throw new ApiFailure('API_ANSWER_INVALID', { cause: error });
  }
}
