/** Keeps the pages made last: while the server is busy, it answers with the one that it made for the same question, under a nonce of its own. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { newNonce } from './lib/server/content-security-policy.ts';

/** A page that is younger need not be noted again. */
const YOUNG_MS = 1000;
/** A page that is older is made anew for the next who asks; others need not wait for that. */
const FRESH_MS = 5000;
/** Nobody gets an older one. */
const OLDEST_MS = 10_000;
/** The least recently asked for make room. */
const MOST_PAGES = 50;
/** Longer ones are not kept, whether that is seen when they are made or when they are decoded. */
const LONGEST_BYTES = 256 * 1024;

/**
 * What a request may say without another page being made for it. All other headers belong to the question: Next listens to many,
 * and nobody may make a page for others by one of them.
 */
const NO_MATTER =
  /^(user-agent|accept-encoding|connection|keep-alive|referer|sec-.*|dnt|cache-control|pragma|priority|upgrade-insecure-requests|traceparent|tracestate|via|forwarded|x-real-ip|x-request-id|x-forwarded-(for|port))$/;
const NONCE = /'nonce-([^']+)'/;
/** Of the connection and of the coding, which the next answer has anew. */
const NOT_COPIED = ['connection', 'content-encoding', 'content-length', 'date', 'keep-alive', 'transfer-encoding'];

const DECODERS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  identity: (bytes) => bytes,
  gzip: (bytes) => gunzipSync(bytes, { maxOutputLength: LONGEST_BYTES }),
  deflate: (bytes) => inflateSync(bytes, { maxOutputLength: LONGEST_BYTES }),
  br: (bytes) => brotliDecompressSync(bytes, { maxOutputLength: LONGEST_BYTES }),
};

interface KeptPage {
  readonly at: number;
  readonly headers: OutgoingHttpHeaders;
  readonly sent: Buffer;
  /** The decoded text, once it has been asked for. */
  text?: string;
  /** Whether somebody waits for the next one. */
  isRenewed?: boolean;
}

export interface KeptPages {
  /** Notes what is answered to this request, if it is a page that others may get too. */
  note(request: IncomingMessage, response: ServerResponse): void;
  /** Answers with the page that is kept for such a request; false where there is none. */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
}

/** @param clock milliseconds that only grow. */
export function keepPages(clock: () => number): KeptPages {
  /** The one asked for last comes last. */
  const pages = new Map<string, KeptPage>();

  function keep(key: string, page: KeptPage): void {
    pages.delete(key);
    pages.set(key, page);
    if (pages.size > MOST_PAGES) pages.delete(pages.keys().next().value!);
  }

  return {
    note(request, response) {
      const key = keyOf(request);
      if (key === undefined || clock() - (pages.get(key)?.at ?? Number.NEGATIVE_INFINITY) < YOUNG_MS) return;
      recordSent(response, (sent) => {
        if (mayBeKept(response)) keep(key, { at: clock(), headers: response.getHeaders(), sent });
      });
    },
    answer(request, response) {
      const key = keyOf(request);
      const page = key === undefined ? undefined : pages.get(key);
      if (page === undefined || isOld(page, clock())) return false;
      const text = textOf(page);
      if (text === undefined) {
        pages.delete(key!);
        return false;
      }
      keep(key!, page);
      send(page, text, response);
      return true;
    },
  };
}

/** Whether a page has to be made anew for the one who asks now. */
function isOld(page: KeptPage, now: number): boolean {
  const age = now - page.at;
  if (age <= FRESH_MS || (page.isRenewed && age <= OLDEST_MS)) return false;
  page.isRenewed = true;
  return true;
}

/** A page's text, decoded when it is first asked for; undefined for one that is too long. */
function textOf(page: KeptPage): string | undefined {
  try {
    page.text ??= DECODERS[codingOf(page.headers)]!(page.sent).toString('utf8');
  } catch {
    // Such as ERR_BUFFER_TOO_LARGE.
  }
  return page.text;
}

/** What two requests share that get the same page; undefined for those that get none. */
function keyOf({ method, url, headers }: IncomingMessage): string | undefined {
  if (method !== 'GET') return undefined;
  return JSON.stringify([url, ...Object.entries(headers).filter(([name]) => !NO_MATTER.test(name))]);
}

function mayBeKept(response: ServerResponse): boolean {
  return (
    response.statusCode === 200 &&
    NONCE.test(String(response.getHeader('content-security-policy'))) &&
    !response.hasHeader('set-cookie') &&
    codingOf(response.getHeaders()) in DECODERS
  );
}

function codingOf(headers: OutgoingHttpHeaders): string {
  return String(headers['content-encoding'] ?? 'identity');
}

/** Calls back with all bytes of an answer once they are on their way; not when its client left before, nor for long ones. */
function recordSent(response: ServerResponse, done: (sent: Buffer) => void): void {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  function note(piece: unknown, encoding: unknown): void {
    if (typeof piece !== 'string' && !(piece instanceof Uint8Array)) return;
    bytes += piece.length;
    if (bytes > LONGEST_BYTES) pieces.length = 0;
    else pieces.push(typeof piece === 'string' ? Buffer.from(piece, encoding as BufferEncoding) : piece);
  }
  for (const method of ['write', 'end'] as const) {
    const original = response[method] as (...args: unknown[]) => never;
    response[method] = (...args: unknown[]) => {
      note(args[0], typeof args[1] === 'string' ? args[1] : 'utf8');
      return original.apply(response, args);
    };
  }
  response.once('finish', () => {
    if (bytes <= LONGEST_BYTES) done(Buffer.concat(pieces));
  });
}

/** Sends a kept page with a nonce of this answer alone, in its text and in its headers. It is not compressed: that would take longer than all the rest. */
function send(page: KeptPage, text: string, response: ServerResponse): void {
  const old = NONCE.exec(String(page.headers['content-security-policy']))![1]!;
  const fresh = newNonce();
  for (const [name, value] of Object.entries(page.headers)) {
    if (value === undefined || NOT_COPIED.includes(name)) continue;
    response.setHeader(name, typeof value === 'string' ? value.replaceAll(old, fresh) : value);
  }
  response.end(text.replaceAll(old, fresh));
}
