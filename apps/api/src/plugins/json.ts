/** Reads JSON bodies: small ones at once, large ones in turn; none that nests deeply, has very wide objects, or names something twice. */
import type { ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { answerInFlight, exceededBound } from '@iris/http-server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiError } from '../errors.ts';
import { repeatedName } from './repeated-name.ts';

/** Smaller bodies are read and worked on in a few milliseconds. */
const LARGE_BYTES = 65_536;
const BEYOND = { levels: 'must not nest deeper than 64 levels', names: 'must not have objects of more than 10,000 names' };
/** What is not longer than this cannot do harm by its shape, and most bodies are not. */
const FLAT_CHARACTERS = 1024;

type Done = (error: Error | null, value?: unknown) => void;

/** Parses a body, or calls back with why it cannot be. */
type ParseJson = (request: FastifyRequest, body: Buffer, done: Done) => void;

declare module 'fastify' {
  interface FastifyInstance {
    /** For bodies that are JSON under another content type. */
    parseJson: ParseJson;
  }
}

/** Lets an app read JSON so. */
export function installJson(app: FastifyInstance): void {
  const parse = createJsonParser(app);
  app.decorate('parseJson', parse);
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) =>
    parse(request, body, done),
  );
}

/**
 * Makes the parser. One large text is worked on at a time, from its parsing to its answer, and the next when others have had their turn: a batch
 * of 10,000 samples takes 40 ms of one processor and 18 MiB, and what several clients send together would fill the memory.
 */
function createJsonParser(app: FastifyInstance): ParseJson {
  const parse = app.getDefaultJsonParser('error', 'error');
  let last: Promise<void> = Promise.resolve();

  function parseNow(request: FastifyRequest, body: Buffer, done: Done): void {
    const text = body.toString();
    const exceeded = text.length > FLAT_CHARACTERS ? exceededBound(text) : undefined;
    if (exceeded) {
      done(fault('', BEYOND[exceeded]));
      return;
    }
    // It calls back, and returns nothing; its type allows a promise for parsers of other kinds.
    void parse(request, text, (error, value) => {
      if (error) done(error);
      else refuseRepeated(text, value, done);
    });
  }

  async function parseInTurn(turn: Promise<void>, request: FastifyRequest, body: Buffer, done: Done): Promise<void> {
    await turn;
    await setImmediate();
    const answer = answerInFlight(request.raw.socket);
    const isMade = answer && untilMade(answer);
    parseNow(request, body, done);
    await isMade;
  }

  return function parseJson(request, body, done) {
    if (body.length < LARGE_BYTES) parseNow(request, body, done);
    else last = parseInTurn(last, request, body, done);
  };
}

/** Resolves when an answer is complete, whether or not its client has read it, or when the client has left. */
function untilMade(answer: ServerResponse): Promise<void> {
  if (answer.closed) return Promise.resolve();
  return new Promise((resolve) => {
    answer.once('prefinish', resolve).once('close', resolve);
  });
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
