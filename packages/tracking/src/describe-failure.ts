/** Says in one sentence what went wrong between us and the server, and what to do. */
import { TrackingError } from './errors.ts';

/** Longest text of a server's own that is repeated. */
const MAX_QUOTE = 200;
/** With these, the request never left: see getaddrinfo(3) and connect(2). */
const NEVER_ARRIVED = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;

/** An answer that is an error. */
export function describeAnswer(url: string, path: string, status: number, text: string): TrackingError {
  const { errorCode, message } = readMlflowError(text);
  const details = { status, path, ...(errorCode !== undefined && { errorCode }) };
  // The text of MLflow's security middleware, which knows hosts with their port only.
  if (status === 403 && /invalid host header/i.test(text)) {
    const cure = `start it with --allowed-hosts ${new URL(url).host}`;
    return new TrackingError('TRACKING_HOST_REFUSED', `MLflow at ${url} does not serve under this name: ${cure}`, details);
  }
  if (status === 401 || status === 403) {
    const cure = 'set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN';
    return new TrackingError('TRACKING_UNAUTHORIZED', `MLflow at ${url} refuses who asks (${status}): ${cure}`, details);
  }
  const said = `${status}${message === '' ? '' : `: ${message}`}`;
  if (status >= 500) return new TrackingError('TRACKING_FAILED', `MLflow at ${url} failed (${said})`, details);
  const isMissing = status === 404 || errorCode === 'RESOURCE_DOES_NOT_EXIST';
  return new TrackingError(isMissing ? 'TRACKING_NOT_FOUND' : 'TRACKING_REFUSED', `MLflow at ${url} answers ${said}`, details);
}

/** No answer, or only a part of one. */
export function describeNoAnswer(url: string, path: string, error: unknown, signal: AbortSignal | undefined): TrackingError {
  if (signal?.aborted) {
    return new TrackingError('TRACKING_UNREACHABLE', `MLflow at ${url} took too long`, { path, reason: 'deadline' }, error);
  }
  const { name, message, cause } = error as Error & { readonly cause?: NodeJS.ErrnoException };
  const reason = name === 'TimeoutError' ? 'no answer in time' : (cause?.code ?? cause?.message ?? message);
  const details = { path, reason, arrived: NEVER_ARRIVED.test(reason) ? 'no' : 'unknown' };
  return new TrackingError('TRACKING_UNREACHABLE', `MLflow at ${url} cannot be reached (${reason})`, details, error);
}

/** MLflow's `{"error_code", "message"}`, or what another server says. */
function readMlflowError(text: string): { readonly errorCode: string | undefined; readonly message: string } {
  try {
    const { error_code: code, message } = JSON.parse(text) as { readonly error_code?: unknown; readonly message?: unknown };
    return { errorCode: typeof code === 'string' ? code : undefined, message: quote(String(message ?? '')) };
  } catch {
    return { errorCode: undefined, message: text.trimStart().startsWith('<') ? '' : quote(text) };
  }
}

function quote(text: string): string {
  const [line = ''] = text.trim().split('\n');
  return line.length > MAX_QUOTE ? `${line.slice(0, MAX_QUOTE)} …` : line;
}
