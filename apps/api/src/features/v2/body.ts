/** Request bodies of the protocol: JSON, or JSON with binary tensors behind it; compressed or not; under several content types. */
import type { FastifyRequest } from 'fastify';
import { ApiError } from '../../errors.ts';
import type { TypedApp } from '../../model-scope.ts';
import { decodeBody } from './content-coding.ts';

/** Header field with the length of the JSON when binary data follows it. */
export const JSON_LENGTH_HEADER = 'inference-header-content-length';

const BINARY = 'binaryTensors';
const NO_BYTES = Buffer.alloc(0);

type Done = (error: Error | null, body?: unknown) => void;

/** Lets the routes of this scope take such bodies, and nothing else. */
export function acceptInferenceBodies(app: TypedApp): void {
  app.decorateRequest(BINARY, null);
  app.removeAllContentTypeParsers();

  function parse(request: FastifyRequest, body: Buffer, done: Done): void {
    const { headers, routeOptions } = request;
    const plain = decodeBody(body, headers['content-encoding'], routeOptions.bodyLimit);
    const jsonLength = readJsonLength(headers[JSON_LENGTH_HEADER], plain.length);
    request.setDecorator(BINARY, plain.subarray(jsonLength));
    app.parseJson(request, plain.subarray(0, jsonLength), done);
  }

  // tritonclient's asynchronous client names every body `application/octet-stream`, its other one names none at all.
  app.addContentTypeParser(['application/json', 'application/octet-stream'], { parseAs: 'buffer' }, parse);
  app.addContentTypeParser('*', { parseAs: 'buffer' }, function parseUnnamed(request, body: Buffer, done) {
    if (request.headers['content-type'] === undefined) parse(request, body, done);
    else done(new ApiError('MEDIA_TYPE_UNSUPPORTED', 'The content type must be application/json or application/octet-stream.'));
  });
}

/** The bytes that followed the request's JSON. */
export function binaryTensors(request: FastifyRequest): Buffer {
  return request.getDecorator<Buffer | null>(BINARY) ?? NO_BYTES;
}

/**
 * Lets go of a body that has been read or refused.
 *
 * A request holds it until its answer has been sent; of many large ones that arrive together only one at a time would
 * be worked on, but all would be in memory.
 */
export function dropBody(request: FastifyRequest): void {
  request.body = undefined;
  request.setDecorator(BINARY, null);
}

function readJsonLength(header: string | string[] | undefined, bodyLength: number): number {
  if (header === undefined) return bodyLength;
  const length = /^\d{1,10}$/.test(String(header)) ? Number(header) : Number.POSITIVE_INFINITY;
  if (length > bodyLength) {
    throw new ApiError('BAD_REQUEST', 'Inference-Header-Content-Length must be the length of the JSON at the start of the body.');
  }
  return length;
}
