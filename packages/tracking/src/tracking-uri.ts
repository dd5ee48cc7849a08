/** What `MLFLOW_TRACKING_URI` asks for, and who asks: MLflow's own variables, read as its Python client reads them. */
import { TrackingError } from './errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where runs go. */
export type TrackingTarget =
  | { readonly kind: 'server'; readonly url: string }
  /** A store on disk, `mlflow.db` and `mlartifacts` in a folder, as `mlflow ui` run there has it. */
  | { readonly kind: 'local'; readonly directory: string }
  | { readonly kind: 'object-store'; readonly scheme: 's3' | 'gs'; readonly bucket: string; readonly prefix: string };

/** The folder of the local store where none is named. */
const LOCAL_DIRECTORY = '.data/mlflow';
const LOCAL_FILE = 'mlflow.db';
const FORMS =
  'http://HOST:PORT, https://HOST, s3://BUCKET/PREFIX, gs://BUCKET/PREFIX, sqlite:///FOLDER/mlflow.db, or empty for .data/mlflow';

/**
 * Reads a tracking URI.
 *
 * @returns undefined for one that is not set: nothing is tracked. One that is set and empty is the local store.
 * @throws TrackingError `TRACKING_ADDRESS`; the message does not repeat the URI, which may hold a password.
 */
export function parseTrackingUri(uri: string | undefined): TrackingTarget | undefined {
  if (uri === undefined) return undefined;
  const text = uri.trim();
  if (text === '') return { kind: 'local', directory: LOCAL_DIRECTORY };
  if (text.startsWith('sqlite:///')) return parseLocal(text.slice('sqlite:///'.length));
  return parseObjectStore(text) ?? { kind: 'server', url: parseServerUrl(text) };
}

/**
 * The address of an MLflow server, without a slash at its end.
 *
 * @throws TrackingError `TRACKING_ADDRESS`
 */
export function parseServerUrl(uri: string): string {
  if (!/^https?:\/\//i.test(uri) || !URL.canParse(uri)) throw wrongUri(`must be ${FORMS}`);
  const { origin, pathname, username, password, search, hash } = new URL(uri);
  if (username !== '' || password !== '') {
    const cure = 'set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD instead: addresses stand in logs';
    throw wrongUri(`must not hold a user or password; ${cure}`);
  }
  if (search !== '' || hash !== '') throw wrongUri('must have no query and no fragment');
  return origin + pathname.replace(/\/+$/, '');
}

function parseLocal(path: string): TrackingTarget {
  const slash = path.lastIndexOf('/');
  if (path.slice(slash + 1) !== LOCAL_FILE) throw wrongUri(`must name a file ${LOCAL_FILE}: its folder holds the artifacts, too`);
  return { kind: 'local', directory: slash === 0 ? '/' : path.slice(0, Math.max(slash, 0)) || '.' };
}

function parseObjectStore(text: string): TrackingTarget | undefined {
  const {
    scheme,
    bucket,
    prefix = '',
  } = /^(?<scheme>s3|gs):\/\/(?<bucket>[a-z0-9][a-z0-9._-]+)(\/(?<prefix>[^?#]*))?$/.exec(text)?.groups ?? {};
  if (bucket === undefined) return undefined;
  return { kind: 'object-store', scheme: scheme as 's3' | 'gs', bucket, prefix: prefix.replace(/^\/+|\/+$/g, '') };
}

function wrongUri(detail: string): TrackingError {
  return new TrackingError('TRACKING_ADDRESS', `MLFLOW_TRACKING_URI ${detail}`);
}

/**
 * The value of the `Authorization` header: user and password before the token, as MLflow's Python client chooses.
 *
 * @returns undefined where the environment names neither.
 * @see https://mlflow.org/docs/latest/self-hosting/security/basic-http-auth/
 */
export function readAuthorization({
  MLFLOW_TRACKING_USERNAME: user,
  MLFLOW_TRACKING_PASSWORD: password,
  MLFLOW_TRACKING_TOKEN: token,
}: Environment): string | undefined {
  if (user && password) return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return token ? `Bearer ${token}` : undefined;
}
