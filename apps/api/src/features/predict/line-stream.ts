/** NDJSON: an instance on each line in; on each line out an answer, or an error, with the number of its line. */
import type { ModelScope } from '../../model-scope.ts';
import { repeatedName } from '../../plugins/repeated-name.ts';
import type { ReadInstance } from './instance-reader.ts';
import { MAX_LINE_CHARS, splitLines } from './lines.ts';
import { keepPace } from './pace.ts';
import type { RowOptions } from './predictor.ts';

const NOT_JSON: ReadInstance = { faults: [{ pointer: '', detail: 'is not JSON' }] };
const TOO_LONG: ReadInstance = { faults: [{ pointer: '', detail: `is longer than ${MAX_LINE_CHARS} characters` }] };

/** Answers lines; blank ones are passed over but counted. */
export async function* answerLines(
  { readInstance, predictor, log }: ModelScope,
  body: NodeJS.ReadableStream,
  options: RowOptions,
): AsyncGenerator<string> {
  let number = 0;
  for await (const lines of splitLines(body as AsyncIterable<Uint8Array>)) {
    let answered = '';
    for (const line of lines) {
      number++;
      if (line.trim() === '') continue;
      const read = readLine(line, readInstance);
      const answer = read.faults ? lineError(read.faults) : predictor(read.sample, { requestId: read.requestId, ...options });
      answered += `${JSON.stringify({ line: number, ...answer })}\n`;
    }
    if (options.logged) await keepPace(log);
    if (answered !== '') yield answered;
  }
}

function readLine(line: string, readInstance: (value: unknown) => ReadInstance): ReadInstance {
  if (line.length >= MAX_LINE_CHARS) return TOO_LONG;
  const value = parseLine(line);
  if (value === undefined) return NOT_JSON;
  const pointer = repeatedName(line, value);
  return pointer === undefined ? readInstance(value) : { faults: [{ pointer, detail: 'is there twice' }] };
}

/** Undefined, which no JSON is, when it is none. */
function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function lineError(errors: ReadInstance['faults']) {
  return { error: { code: 'VALIDATION_FAILED', errors } };
}
