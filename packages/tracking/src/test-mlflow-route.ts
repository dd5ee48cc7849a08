/** What the routes of the stand-in are made of. */
import type { IncomingMessage } from 'node:http';

/** A request as a route sees it. */
export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly bytes: Buffer;
  /** The body as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: it stands for another program's code, which trusts its callers
  readonly body: any;
}

/** What a route answers: an object, or bytes. */
export type FakeAnswer = object | Buffer;

/** Answers a request, or leaves it to the next. @throws FakeError */
export type FakeRoute = (request: FakeRequest) => FakeAnswer | undefined;

/** An error as MLflow answers it. */
export class FakeError extends Error {
  readonly status: number;
  readonly errorCode: string;

  constructor(status: number, errorCode: string, message: string) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
  }
}
