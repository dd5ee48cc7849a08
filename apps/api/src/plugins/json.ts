/** Reads JSON bodies: a name that an object has twice is a fault, where JSON's own readers take the last value in silence (RFC 8259, 4). */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from '../errors.ts';
import { repeatedName } from './repeated-name.ts';

type Done = (error: Error | null, value?: unknown) => void;

/** Parses a body, or calls back with why it cannot be. */
export type ParseJson = (request: FastifyRequest, text: string, done: Done) => void;

/** Makes the parser. */
export function createJsonParser(app: FastifyInstance): ParseJson {
  const parse = app.getDefaultJsonParser('error', 'error');
  return function parseJson(request, text, done) {
    // It calls back, and returns nothing; its type allows a promise for parsers of other kinds.
    void parse(request, text, (error, value) => {
      if (error) done(error);
      else refuseRepeated(text, value, done);
    });
  };
}

/** Lets an app read JSON so. */
export function installJson(app: FastifyInstance): void {
  const parse = createJsonParser(app);
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) =>
    parse(request, body, done),
  );
}

function refuseRepeated(text: string, value: unknown, done: Done): void {
  const pointer = repeatedName(text, value);
  if (pointer === undefined) done(null, value);
  else done(new ApiError('VALIDATION_FAILED', "The request's body is not valid.", [{ pointer, detail: 'is there twice' }]));
}
