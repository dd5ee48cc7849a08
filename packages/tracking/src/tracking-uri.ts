/** What `MLFLOW_TRACKING_URI` asks for, and who asks: MLflow's own variables, read as its Python client reads them. */
import { TrackingError } from './errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where runs go. */
export type TrackingTarget = { readonly kind: 'server'; readonly url: string };

/**
 * Reads a tracking URI.
 *
 * @returns undefined for one that is not set: nothing is tracked.
 * @throws TrackingError `TRACKING_ADDRESS`; the message does not repeat the URI, which may hold a password.
 */
export function parseTrackingUri(uri: string | undefined): TrackingTarget | undefined {
  if (uri === undefined || uri.trim() === '') return undefined;
  const text = uri.trim();
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    throw new TrackingError('TRACKING_ADDRESS', 'MLFLOW_TRACKING_URI must be http://HOST:PORT or https://HOST');
  }
  const { origin, pathname, username, password, search, hash } = new URL(text);
  if (username !== '' || password !== '') {
    const cure = 'set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD instead: addresses stand in logs';
    throw new TrackingError('TRACKING_ADDRESS', `MLFLOW_TRACKING_URI must not hold a user or password; ${cure}`);
  }
  if (search !== '' || hash !== '') {
    throw new TrackingError('TRACKING_ADDRESS', 'MLFLOW_TRACKING_URI must have no query and no fragment');
  }
  return { kind: 'server', url: origin + pathname.replace(/\/+$/, '') };
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
