/** The client's settings: read once from the environment, frozen, every fault reported together. The only module that reads it. */
import { anyAddress, httpUrlFaults, readSettings, secret, str, wholeNumber } from '@iris/settings';

const HOUR_MS = 3_600_000;
const milliseconds = wholeNumber({ min: 0, max: HOUR_MS });

/** Every setting, with its default. `.env.example` says the same for people; a test compares the two. */
export const SETTINGS = {
  PORT: wholeNumber({ min: 1, max: 65_535 })({ default: 8501, desc: 'Port to listen on' }),
  HOST: str({ default: anyAddress(), desc: 'Address to listen on; all of them, of both families, by default' }),
  API_URL: str({ default: 'http://localhost:8000', desc: 'The prediction API' }),
  API_KEY: secret({ default: undefined, desc: 'Sent to the API as X-API-Key; never to a browser' }),
  API_TIMEOUT_MS: wholeNumber({ min: 100, max: HOUR_MS })({ default: 15_000, desc: 'Longest silence of the API' }),
  AGENT_URL: str({ default: undefined, desc: 'The agent that the chat page asks; without it there is no chat' }),
  AGENT_TIMEOUT_MS: wholeNumber({ min: 100, max: HOUR_MS })({ default: 30_000, desc: 'Longest silence of the agent' }),
  DRAIN_MS: milliseconds({ default: 5000, desc: 'On SIGTERM: how long to go on answering while the endpoints forget this pod' }),
  SHUTDOWN_MS: milliseconds({ default: 10_000, desc: 'After the drain: deadline for requests in flight' }),
} as const;

export type WebConfig = ReturnType<typeof readConfig>;

let current: WebConfig | undefined;

/**
 * Reads the configuration.
 *
 * @throws SettingsError with every fault.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>) {
  return readSettings(SETTINGS, environment, ({ API_URL, AGENT_URL }) => [
    ...httpUrlFaults('API_URL', API_URL),
    ...httpUrlFaults('AGENT_URL', AGENT_URL),
  ]);
}

/** The configuration of this process. */
export function config(): WebConfig {
  current ??= readConfig(process.env);
  return current;
}
