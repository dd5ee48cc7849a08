/** Says what went wrong between us and a bucket, whichever SDK said it. */
import { TrackingError, type TrackingErrorCode } from '../errors.ts';

/** How the SDKs tell it. */
interface SdkError {
  readonly name?: string;
  readonly message?: string;
  /** Of Google's: a status, or a system's code. */
  readonly code?: number | string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** @param address such as `s3://bucket`. */
export function describeStoreError(address: string, error: unknown): TrackingError {
  const { name = '', message = '', code, $metadata } = error as SdkError;
  const status = $metadata?.httpStatusCode ?? (typeof code === 'number' ? code : undefined);
  // Google's says the whole request before its reason.
  const [line = ''] = message.replace(/^request to .* reason: /, '').split('\n');
  const reason = line === '' || line === 'UnknownError' ? name : line;
  const explained = explain(status, `${name} ${message}`);
  const details = { address, ...(status !== undefined && { status }) };
  return new TrackingError(
    explained.code,
    `${address} ${explained.words} (${status ?? reason}${status ? `: ${reason}` : ''})`,
    details,
    error,
  );
}

function explain(status: number | undefined, text: string): { readonly code: TrackingErrorCode; readonly words: string } {
  if (/credential/i.test(text)) return { code: 'TRACKING_UNAUTHORIZED', words: 'needs credentials, by the variables of its SDK' };
  if (status === 401 || status === 403) return { code: 'TRACKING_UNAUTHORIZED', words: 'refuses who writes' };
  if (status === 404) return { code: 'TRACKING_NOT_FOUND', words: 'is not there' };
  if (status !== undefined && status < 500) return { code: 'TRACKING_REFUSED', words: 'refuses the file' };
  if (status !== undefined) return { code: 'TRACKING_FAILED', words: 'failed' };
  return { code: 'TRACKING_UNREACHABLE', words: 'cannot be reached' };
}
