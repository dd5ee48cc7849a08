/** Reads what has one meaning only, although the protocol writes it otherwise: a batch of one, arguments that are null or a text, an empty header. */
import type { FastifyInstance } from 'fastify';

type Json = Readonly<Record<string, unknown>>;

const VERSION_HEADER = 'mcp-protocol-version';

/** Installs the reading in a scope; the guards come before. */
export function readLeniently(scope: FastifyInstance): void {
  scope.addHook('onRequest', async function forgetEmptyVersion({ raw: { headers } }) {
    if (String(headers[VERSION_HEADER] ?? '').trim() === '') delete headers[VERSION_HEADER];
  });
  scope.addHook('preHandler', async function readMessage(request) {
    request.body = readArguments(Array.isArray(request.body) ? request.body[0] : request.body);
  });
}

/** A call without arguments has none; one whose arguments are the text of an object has that object. */
function readArguments(message: unknown): unknown {
  if (!isRecord(message) || message.method !== 'tools/call' || !isRecord(message.params)) return message;
  const { arguments: given, ...params } = message.params;
  if (given === undefined || isRecord(given)) return message;
  const read = given === null || given === '' ? {} : typeof given === 'string' ? parse(given) : given;
  return { ...message, params: { ...params, arguments: read } };
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : text;
  } catch {
    return text;
  }
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
