/** The one client of this process, made of its configuration at the first request. */
import { type ApiClient, createApiClient } from './api-client.ts';
import { config } from './config.ts';
import { sharedTelemetry } from './telemetry.ts';

let client: ApiClient | undefined;

/** The connection to the API that `API_URL` names. */
export function api(): ApiClient {
  client ??= createApiClient({
    url: config().API_URL,
    key: config().API_KEY?.reveal(),
    timeoutMs: config().API_TIMEOUT_MS,
    telemetry: sharedTelemetry(),
  });
  return client;
}
