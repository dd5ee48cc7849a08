/** The client's settings: read once from the environment, frozen, every fault reported together. The only module that reads it. */
import {
  anyAddress,
  bool,
  httpUrlFaults,
  readSettings,
  type Secret,
  type SettingFault,
  secret,
  str,
  wholeNumber,
  word,
} from '@iris/settings';
import { TELEMETRY_SETTINGS, telemetryFaults } from '@iris/telemetry/settings';

const HOUR_MS = 3_600_000;
const milliseconds = wholeNumber({ min: 0, max: HOUR_MS });

/** Every setting, with its default. `.env.example` says the same for people; a test compares the two. */
export const SETTINGS = {
  PORT: wholeNumber({ min: 1, max: 65_535 })({ default: 8501, desc: 'Port to listen on' }),
  HOST: str({ default: anyAddress(), desc: 'Address to listen on; all of them, of both families, by default' }),
  API_URL: str({ default: 'http://localhost:8000', desc: 'The prediction API' }),
  API_KEY: secret({ default: undefined, desc: 'Sent to the API as X-API-Key; never to a browser' }),
  LOGIN_PASSWORD: secret({ default: undefined, desc: 'Asked for before any page is shown; needed where API_KEY is set' }),
  LOGIN: word(['password', 'none'])({ default: 'password', desc: 'none: whoever reaches the page uses the key' }),
  TRUST_PROXY: bool({ default: false, desc: 'Believe X-Forwarded-Host, -Proto and -For: a proxy of yours sets them' }),
  API_TIMEOUT_MS: wholeNumber({ min: 100, max: HOUR_MS })({ default: 15_000, desc: 'Longest silence of the API' }),
  AGENT_URL: str({ default: undefined, desc: 'The agent that the chat page asks; without it there is no chat' }),
  AGENT_TIMEOUT_MS: wholeNumber({ min: 100, max: HOUR_MS })({ default: 30_000, desc: 'Longest silence of the agent' }),
  DRAIN_MS: milliseconds({ default: 5000, desc: 'On SIGTERM: how long to go on answering while the endpoints forget this pod' }),
  SHUTDOWN_MS: milliseconds({ default: 10_000, desc: 'After the drain: deadline for requests in flight' }),
  ...TELEMETRY_SETTINGS,
} as const;

export type WebConfig = ReturnType<typeof readConfig>;

let current: WebConfig | undefined;

/**
 * Reads the configuration.
 *
 * @throws SettingsError with every fault.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>) {
  return readSettings(SETTINGS, environment, (settings) => [
    ...httpUrlFaults('API_URL', settings.API_URL),
    ...httpUrlFaults('AGENT_URL', settings.AGENT_URL),
    ...loginFaults(settings),
    ...telemetryFaults(settings),
  ]);
}

/** Guessing a shorter one is a matter of days, even at the pace that the log-in allows. */
const MIN_PASSWORD_CHARACTERS = 12;
/** Nobody but programs of this machine, or of this pod, reaches it there. */
const LOOPBACK = /^(localhost|127\.[\d.]+|::1)$/;

interface LoginSettings {
  readonly API_KEY?: Secret | undefined;
  readonly LOGIN_PASSWORD?: Secret | undefined;
  readonly LOGIN?: 'password' | 'none' | undefined;
  readonly HOST?: string | undefined;
}

/** A key without a log-in would be everybody's who reaches the page: rather no page. */
function loginFaults({ API_KEY, LOGIN_PASSWORD, LOGIN, HOST = '' }: LoginSettings): SettingFault[] {
  const length = LOGIN_PASSWORD?.reveal().length;
  if (length !== undefined && length < MIN_PASSWORD_CHARACTERS) {
    return [{ key: 'LOGIN_PASSWORD', detail: `must have ${MIN_PASSWORD_CHARACTERS} characters or more` }];
  }
  if (API_KEY === undefined || LOGIN_PASSWORD !== undefined || LOGIN === 'none' || LOOPBACK.test(HOST)) return [];
  return [
    {
      key: 'LOGIN_PASSWORD',
      detail:
        'is needed with API_KEY, or everybody who reaches the page would use the key (LOGIN=none if a proxy logs people in)',
    },
  ];
}

/** The configuration of this process. */
export function config(): WebConfig {
  current ??= readConfig(process.env);
  return current;
}
