/** The connection to the agent, if there is one, made of the configuration at the first request. */
import { type ApiClient, createApiClient } from './api-client.ts';
import { config } from './config.ts';
import { sharedTelemetry } from './telemetry.ts';

let client: ApiClient | undefined;

/** The connection to the agent that `AGENT_URL` names; undefined where none is named. */
export function agent(): ApiClient | undefined {
  const { AGENT_URL: url, AGENT_TIMEOUT_MS: timeoutMs } = config();
  if (url !== undefined)
    client ??= createApiClient({ url, key: undefined, timeoutMs, keepAlive: false, telemetry: sharedTelemetry() });
  return client;
}
