/** Reads JSON bodies: small ones at once, large ones in turn; none that nests deeply, or names something twice. */
import { nestsDeeperThan } from '@iris/http-server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from '../errors.ts';
import { repeatedName } from './repeated-name.ts';

/** Smaller texts are read and worked on in a few milliseconds. */
const LARGE_CHARACTERS = 65_536;
/** Nothing that is asked of this API nests deeper than five levels. */
const MAX_DEPTH = 64;
/** What is not longer than this cannot do harm by its depth, and most bodies are not. */
const FLAT_CHARACTERS = 1024;

type Done = (error: Error | null, value?: unknown) => void;

/** Parses a body, or calls back with why it cannot be. */
export type ParseJson = (request: FastifyRequest, text: string, done: Done) => void;

/**
 * Makes the parser. One large text is read at a time, and the next when others have had their turn: a batch of 10,000 samples takes 50 ms of one
 * processor and ten times its bytes of memory, and those of several clients that end together would make a request of one sample wait for all of them.
 */
export function createJsonParser(app: FastifyInstance): ParseJson {
  const parse = app.getDefaultJsonParser('error', 'error');
  let last: Promise<void> = Promise.resolve();

  function parseNow(request: FastifyRequest, text: string, done: Done): void {
    if (text.length > FLAT_CHARACTERS && nestsDeeperThan(text, MAX_DEPTH)) {
      done(fault('', `must not nest deeper than ${MAX_DEPTH} levels`));
      return;
    }
    // It calls back, and returns nothing; its type allows a promise for parsers of other kinds.
    void parse(request, text, (error, value) => {
      if (error) done(error);
      else refuseRepeated(text, value, done);
    });
  }

  return function parseJson(request, text, done) {
    if (text.length < LARGE_CHARACTERS) parseNow(request, text, done);
    else last = last.then(() => new Promise((resolve) => setImmediate(resolve))).then(() => parseNow(request, text, done));
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

/** JSON's own readers take the last value in silence (RFC 8259, 4). */
function refuseRepeated(text: string, value: unknown, done: Done): void {
  const pointer = repeatedName(text, value);
  if (pointer === undefined) done(null, value);
  else done(fault(pointer, 'is there twice'));
}

function fault(pointer: string, detail: string): ApiError {
  return new ApiError('VALIDATION_FAILED', "The request's body is not valid.", [{ pointer, detail }]);
}
