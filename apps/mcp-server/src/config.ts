/** The MCP server's settings: read once from the environment, frozen, every fault reported together. */
import { isIP } from 'node:net';
import { anyAddress, httpUrlFaults, readSettings, type SettingFault, secret, str, wholeNumber, word } from '@iris/settings';
import { TELEMETRY_SETTINGS, telemetryFaults } from '@iris/telemetry/settings';
import { isPrivateAddress } from './transports/private-addresses.ts';

const HOUR_MS = 3_600_000;
const milliseconds = wholeNumber({ min: 0, max: HOUR_MS });
/** Whoever guesses the key can have messages sent to any private address. */
const MIN_KEY_LENGTH = 32;
const LOCAL_NAMES = 'localhost,127.0.0.1,[::1]';

/** What the program needs whichever transport it speaks. */
const API_SETTINGS = {
  API_URL: str({ default: 'http://localhost:8000', desc: 'Where the API is' }),
  API_KEY: secret({ default: undefined, desc: 'Sent to the API as X-API-Key' }),
  API_TIMEOUT_MS: milliseconds({ default: 15_000, desc: 'Longest wait for an answer of the API' }),
  MODEL_POLL_MS: wholeNumber({ min: 100, max: HOUR_MS })({
    default: 5000,
    desc: 'Between two looks whether the API serves another dataset',
  }),
  LOG_LEVEL: word(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])({ default: 'info', desc: 'In any case' }),
  ...TELEMETRY_SETTINGS,
} as const;

/** Every setting, with its default. `.env.example` says the same for people; a test compares the two. */
export const SETTINGS = {
  ...API_SETTINGS,
  PORT: wholeNumber({ min: 0, max: 65_535 })({ default: 8001, desc: 'Port to listen on; 0 takes a free one' }),
  HOST: str({ default: anyAddress(), desc: 'Address to listen on; all of them, of both families, by default' }),
  MCP_TOKEN: secret({ default: undefined, desc: 'When set, the MCP routes ask for it as a bearer token' }),
  OAUTH_ISSUER: str({
    default: undefined,
    desc: 'When set, the MCP routes take tokens that this authorization server signed for them',
  }),
  OAUTH_AUDIENCE: str({ default: undefined, desc: 'What a token must be for; PUBLIC_URL and the addresses below it by default' }),
  OAUTH_SCOPE: str({ default: undefined, desc: 'Scope that a token must have' }),
  PUBLIC_URL: str({ default: undefined, desc: 'Address under which clients know the server, such as https://mcp.example' }),
  ALLOWED_HOSTS: str({ default: LOCAL_NAMES, desc: 'Names that a request may be addressed to, without port; * is any' }),
  ALLOWED_ORIGINS: str({ default: LOCAL_NAMES, desc: 'Hosts whose pages may call; * is any' }),
  POD_IP: str({ default: undefined, desc: 'Address at which the other replicas reach this one' }),
  PEER_KEY: secret({ default: undefined, desc: 'Shared by the replicas: signs the address that a session belongs to' }),
  BODY_LIMIT: wholeNumber({ min: 1024, max: 67_108_864 })({ default: 1_048_576, desc: 'Largest request body in bytes' }),
  BUFFER_LIMIT: wholeNumber({ min: 1024, max: 8_589_934_592 })({
    default: 8_388_608,
    desc: 'Bytes that all large bodies in flight may hold',
  }),
  RATE_LIMIT: wholeNumber({ min: 0, max: 1_000_000 })({
    default: 1000,
    desc: 'Requests per second of one address, with bursts of as many; 0 is no limit',
  }),
  MAX_CONNECTIONS: wholeNumber({ min: 1, max: 65_536 })({
    default: 1000,
    desc: 'Connections in service at a time, streams among them; those beyond are refused with 503',
  }),
  MAX_STREAMS: wholeNumber({ min: 1, max: 65_536 })({
    default: 500,
    desc: 'Streams of /sse at a time, fewer than connections: their messages need some too',
  }),
  MAX_REQUESTS_PER_CONNECTION: wholeNumber({ min: 1, max: 1_000_000 })({
    default: 100,
    desc: 'Connections end after this many, ±25 %',
  }),
  MAX_CONNECTION_AGE_MS: milliseconds({ default: 10_000, desc: 'Connections end at their first answer after 75–100 % of it' }),
  MAX_STREAM_AGE_MS: wholeNumber({ min: 1000, max: 24 * HOUR_MS })({
    default: HOUR_MS,
    desc: 'Streams of /sse end at this age, between two calls; their clients open another',
  }),
  KEEP_ALIVE_MS: wholeNumber({ min: 100, max: 25_000 })({
    default: 15_000,
    desc: 'Between two comments on a stream, so that no idle limit on the way cuts it',
  }),
  DRAIN_MS: milliseconds({ default: 5000, desc: 'On SIGTERM: how long to go on answering while the endpoints forget this pod' }),
  SHUTDOWN_MS: milliseconds({ default: 10_000, desc: 'After the drain: deadline for calls in flight' }),
} as const;

export type ServerConfig = ReturnType<typeof readConfig>;
export type ApiConfig = ReturnType<typeof readApiConfig>;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration of the HTTP server.
 *
 * @throws SettingsError with every fault.
 */
export function readConfig(environment: Environment) {
  return readSettings(SETTINGS, environment, (settings) => [
    ...httpUrlFaults('API_URL', settings.API_URL),
    ...issuerFaults(settings),
    ...streamFaults(settings.MAX_STREAMS, settings.MAX_CONNECTIONS),
    ...peerFaults(settings.POD_IP, settings.PEER_KEY?.reveal()),
    ...telemetryFaults(settings),
  ]);
}

/**
 * Reads what the stdio program needs.
 *
 * @throws SettingsError with every fault.
 */
export function readApiConfig(environment: Environment) {
  return readSettings(API_SETTINGS, environment, (settings) => [
    ...httpUrlFaults('API_URL', settings.API_URL),
    ...telemetryFaults(settings),
  ]);
}

/** The names of a list such as `localhost,[::1]`. */
export function namesOf(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
}

type IssuerSettings = { readonly [K in 'OAUTH_ISSUER' | 'OAUTH_AUDIENCE' | 'OAUTH_SCOPE' | 'PUBLIC_URL']?: string | undefined };

function issuerFaults({ OAUTH_ISSUER, OAUTH_AUDIENCE, OAUTH_SCOPE, PUBLIC_URL }: IssuerSettings): SettingFault[] {
  const faults = [...httpUrlFaults('OAUTH_ISSUER', OAUTH_ISSUER), ...httpUrlFaults('PUBLIC_URL', PUBLIC_URL)];
  if (OAUTH_ISSUER === undefined && (OAUTH_AUDIENCE ?? OAUTH_SCOPE) !== undefined)
    faults.push({ key: 'OAUTH_ISSUER', detail: 'is needed with OAUTH_AUDIENCE or OAUTH_SCOPE' });
  if (OAUTH_ISSUER !== undefined && PUBLIC_URL === undefined)
    faults.push({ key: 'PUBLIC_URL', detail: 'is needed with OAUTH_ISSUER: tokens are made for it' });
  return faults;
}

function streamFaults(streams: number | undefined, connections: number | undefined): SettingFault[] {
  if (streams === undefined || connections === undefined || streams < connections) return [];
  return [{ key: 'MAX_STREAMS', detail: 'must be less than MAX_CONNECTIONS' }];
}

function peerFaults(address: string | undefined, key: string | undefined): SettingFault[] {
  const faults: SettingFault[] = [];
  if (key !== undefined && key.length < MIN_KEY_LENGTH)
    faults.push({
      key: 'PEER_KEY',
      detail: `must have ${MIN_KEY_LENGTH} characters or more, as openssl rand -hex 32 gives them`,
    });
  if (address === undefined) return faults;
  if (isIP(address) === 0 || !isPrivateAddress(address)) faults.push({ key: 'POD_IP', detail: 'must be a private IP address' });
  if (key === undefined)
    faults.push({ key: 'PEER_KEY', detail: 'is needed with POD_IP: other replicas must be able to trust the address' });
  return faults;
}
