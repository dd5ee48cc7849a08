/** The API's settings: read once from the environment, frozen, every fault reported together. */
import { checkAddress } from '@iris/prediction-log/postgres';
import { anyAddress, bool, readSettings, type SettingFault, secret, str, wholeNumber, word } from '@iris/settings';
import { TELEMETRY_SETTINGS, telemetryFaults } from '@iris/telemetry/settings';
import { parseModelUri } from '@iris/tracking/model-uri';
import { parseServerUrl } from '@iris/tracking/tracking-uri';

const HOUR_MS = 3_600_000;
const milliseconds = wholeNumber({ min: 0, max: HOUR_MS });

/** File that `MODEL_DIR` holds. */
export const MODEL_FILE_NAME = 'model.json';

/** Settings that say where the model is. */
export const MODEL_SETTINGS = {
  MODEL_URI: str({
    default: undefined,
    desc: 'Registered model of MLflow, followed: models:/NAME@ALIAS or models:/NAME/VERSION',
  }),
  MLFLOW_TRACKING_URI: str({ default: undefined, desc: 'The MLflow server that MODEL_URI is asked of' }),
  MLFLOW_TRACKING_USERNAME: str({ default: undefined, desc: 'User for MLflow' }),
  MLFLOW_TRACKING_PASSWORD: secret({ default: undefined, desc: 'Password for MLflow' }),
  MLFLOW_TRACKING_TOKEN: secret({ default: undefined, desc: 'Bearer token for MLflow, instead of user and password' }),
  MODEL_CACHE_DIR: str({ default: undefined, desc: 'Where the model of MODEL_URI is kept for a restart while MLflow is away' }),
  REGISTRY_DIR: str({ default: undefined, desc: 'Directory with current_model.txt, watched for a new model' }),
  MODEL_FILE: str({ default: undefined, desc: 'Model file to serve' }),
  MODEL_DIR: str({ default: undefined, desc: 'Directory that holds model.json' }),
  MODEL_NAME: str({ default: undefined, desc: 'Served name of the model; its algorithm by default' }),
} as const;

/** Every setting, with its default. `.env.example` says the same for people; a test compares the two. */
export const SETTINGS = {
  PORT: wholeNumber({ min: 0, max: 65_535 })({ default: 8000, desc: 'Port to listen on; 0 takes a free one' }),
  HOST: str({ default: anyAddress(), desc: 'Address to listen on; all of them, of both families, by default' }),
  ...MODEL_SETTINGS,
  API_NAME: str({ default: 'Iris API', desc: 'Name shown at / and in the documentation' }),
  API_DESCRIPTION: str({ default: 'Predictions from a trained model.', desc: 'Description shown at / and in the documentation' }),
  ENVIRONMENT: str({ default: 'development', desc: 'Shown at /version' }),
  BUILD: str({ default: 'development', desc: 'Source revision of this build, shown at /version' }),
  LOG_LEVEL: word(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])({ default: 'info', desc: 'In any case' }),
  API_KEY: secret({ default: undefined, desc: 'When set, X-API-Key is asked for' }),
  MONITORING_TOKEN: secret({ default: undefined, desc: 'When set, /metrics asks for it as a bearer token' }),
  CORS_ORIGINS: str({ default: undefined, desc: 'Origins whose pages may call, such as https://app.example; * is any' }),
  DATABASE_URL: secret({ default: undefined, desc: 'PostgreSQL that keeps the predictions' }),
  DATABASE_LIMIT_MB: wholeNumber({ min: 1, max: 1_000_000_000 })({
    default: undefined,
    desc: 'What the database may take in MiB; the log warns from four fifths of it on',
  }),
  PREDICTION_LOG: str({ default: undefined, desc: 'file:DIR keeps the predictions in files instead' }),
  SPOOL_DIR: str({ default: undefined, desc: 'Where predictions wait while the database is away' }),
  SPOOL_LASTS: bool({
    default: true,
    desc: 'false where SPOOL_DIR ends with its container: what is left in it at the end is printed, too',
  }),
  SPOOL_LIMIT_MB: wholeNumber({ min: 1, max: 1_000_000 })({
    default: 256,
    desc: 'Size of the spool in MiB; beyond it the oldest are dropped',
  }),
  BODY_LIMIT: wholeNumber({ min: 1024, max: 1_073_741_824 })({
    default: 2_097_152,
    desc: 'Largest buffered request body in bytes',
  }),
  BUFFER_LIMIT: wholeNumber({ min: 1024, max: 8_589_934_592 })({
    default: 4_194_304,
    desc: 'Bytes that all large bodies in flight may hold',
  }),
  MAX_EVENT_LOOP_DELAY_MS: milliseconds({
    default: 500,
    desc: 'Requests are shed with 503 while the event loop is later than this',
  }),
  MAX_CONNECTIONS: wholeNumber({ min: 1, max: 65_536 })({
    default: 1000,
    desc: 'Connections in service at a time; those beyond are refused with 503',
  }),
  MAX_REQUESTS_PER_CONNECTION: wholeNumber({ min: 1, max: 1_000_000 })({
    default: 100,
    desc: 'Connections end after this many, ±25 %',
  }),
  MAX_CONNECTION_AGE_MS: milliseconds({ default: 10_000, desc: 'Connections end at their first answer after 75–100 % of it' }),
  DRAIN_MS: milliseconds({ default: 5000, desc: 'On SIGTERM: how long to go on answering while the endpoints forget this pod' }),
  SHUTDOWN_MS: milliseconds({ default: 10_000, desc: 'After the drain: deadline for requests in flight and for the log' }),
  ...TELEMETRY_SETTINGS,
} as const;

export type ApiConfig = ReturnType<typeof readConfig>;

/**
 * Reads the configuration.
 *
 * @throws SettingsError with every fault.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>) {
  return readSettings(SETTINGS, environment, (settings) => [
    ...modelFaults(settings),
    ...logFaults(settings.DATABASE_URL?.reveal(), settings.PREDICTION_LOG),
    ...originFaults(settings.CORS_ORIGINS),
    ...telemetryFaults(settings),
  ]);
}

function originFaults(list: string | undefined): SettingFault[] {
  const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text && !text.includes('*');
  const wrong = originsOf(list).find((text) => text !== '*' && !isOrigin(text));
  return wrong === undefined
    ? []
    : [{ key: 'CORS_ORIGINS', detail: `${JSON.stringify(wrong)} is no origin such as https://app.example` }];
}

/** The origins of a list such as `https://app.example,http://localhost:3000`. */
export function originsOf(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '');
}

interface ModelPlaces {
  readonly MODEL_URI?: string | undefined;
  readonly MLFLOW_TRACKING_URI?: string | undefined;
  readonly REGISTRY_DIR?: string | undefined;
  readonly MODEL_FILE?: string | undefined;
  readonly MODEL_DIR?: string | undefined;
}

/** What is wrong with the place of the model. */
export function modelFaults({ MODEL_URI, MLFLOW_TRACKING_URI, ...others }: ModelPlaces): SettingFault[] {
  if (MODEL_URI !== undefined) {
    return [
      ...faultOf('MODEL_URI', () => parseModelUri(MODEL_URI)),
      // Without MODEL_URI, the address may be one that the trainer alone can use.
      ...faultOf('MLFLOW_TRACKING_URI', () => requireServer(MLFLOW_TRACKING_URI)),
    ];
  }
  const place = others.REGISTRY_DIR ?? others.MODEL_FILE ?? others.MODEL_DIR;
  return place === undefined
    ? [{ key: 'MODEL_FILE', detail: 'set it, or MODEL_DIR, REGISTRY_DIR or MODEL_URI: there is no model to serve' }]
    : [];
}

function requireServer(uri: string | undefined): void {
  if (uri === undefined) throw new Error('set it: MODEL_URI is asked of MLflow');
  parseServerUrl(uri);
}

function faultOf(key: string, check: () => void): SettingFault[] {
  try {
    check();
    return [];
  } catch (error) {
    return [{ key, detail: (error as Error).message.replace(`${key} `, '') }];
  }
}

/** What is wrong with the place of the log. */
export function logFaults(databaseUrl: string | undefined, predictionLog: string | undefined): SettingFault[] {
  const faults = databaseUrl === undefined ? [] : faultOf('DATABASE_URL', () => checkAddress(databaseUrl));
  if (predictionLog !== undefined && !/^file:.+/.test(predictionLog)) {
    faults.push({ key: 'PREDICTION_LOG', detail: 'must be file:DIR' });
  }
  if (databaseUrl !== undefined && predictionLog !== undefined) {
    faults.push({ key: 'PREDICTION_LOG', detail: 'cannot be set together with DATABASE_URL' });
  }
  return faults;
}
