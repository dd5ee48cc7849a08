/** Content codings of requests and answers (RFC 9110, 8.4 and 12.5.3): gzip and deflate. */
import { promisify } from 'node:util';
import { deflate, gunzipSync, gzip, inflateSync } from 'node:zlib';
import { ApiError } from '../../errors.ts';

/** Smaller answers do not gain what compressing them costs. */
const MIN_COMPRESSED_BYTES = 1024;

const DECODERS = { gzip: gunzipSync, deflate: inflateSync } as const;
const ENCODERS = { gzip: promisify(gzip), deflate: promisify(deflate) } as const;

/** A coding that is understood both ways. */
export type ContentCoding = keyof typeof DECODERS;

/**
 * Decodes a body.
 *
 * Synchronous: so that of many compressed bodies that arrive together only one at a time takes its full size in memory.
 *
 * @param coding the `Content-Encoding` field.
 * @param maxBytes bound of the decoded size: decoding stops there.
 * @throws ApiError `BODY_TOO_LARGE` beyond the bound, `MEDIA_TYPE_UNSUPPORTED` for another coding, `BAD_REQUEST` for damaged data.
 */
export function decodeBody(body: Buffer, coding: string | undefined, maxBytes: number): Buffer {
  const name = coding?.trim().toLowerCase() ?? 'identity';
  if (name === 'identity') return body;
  if (!isCoding(name)) throw new ApiError('MEDIA_TYPE_UNSUPPORTED', 'The content encoding must be gzip or deflate.');
  try {
    return DECODERS[name](body, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new ApiError('BODY_TOO_LARGE', 'The decompressed body is larger than this route takes.');
    }
    throw new ApiError('BAD_REQUEST', `The body is not valid ${name}.`);
  }
}

/** Encodes an answer when the client accepts a coding and the answer is long enough to gain by it. */
export async function encodeBody(
  body: Buffer,
  acceptEncoding: string | undefined,
): Promise<{ readonly body: Buffer; readonly coding?: ContentCoding }> {
  const coding = body.length < MIN_COMPRESSED_BYTES ? undefined : acceptedCoding(acceptEncoding);
  return coding ? { body: await ENCODERS[coding](body), coding } : { body };
}

/** The coding that the client likes best; gzip where it does not mind. */
export function acceptedCoding(acceptEncoding = ''): ContentCoding | undefined {
  const weights = new Map(acceptEncoding.split(',').map(parseWeight));
  const weightOf = (coding: ContentCoding) => weights.get(coding) ?? weights.get('*') ?? 0;
  const best = weightOf('deflate') > weightOf('gzip') ? 'deflate' : 'gzip';
  return weightOf(best) > 0 ? best : undefined;
}

function parseWeight(item: string): [coding: string, weight: number] {
  const [coding = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='));
  return [coding, weight === undefined ? 1 : Number(weight.slice(2))];
}

function isCoding(name: string): name is ContentCoding {
  return Object.hasOwn(DECODERS, name);
}
