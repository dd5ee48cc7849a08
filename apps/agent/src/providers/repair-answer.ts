/** A server's answer as the stream of events that was asked for, whatever its content type says and in whatever form it comes. */
import { type EventSourceMessage, EventSourceParserStream } from 'eventsource-parser/stream';
import { isRecord } from '../tools/json-schema.ts';
import { ModelAnswerError } from './model-answer-error.ts';
import { errorChunk, faultIn, repairChunk } from './repair-chunk.ts';

/** Longest answer to one request: far above what `MAX_STEP_TOKENS` tokens are in any server's events. */
const MAX_ANSWER_BYTES = 16_777_216;
const DONE = '[DONE]';

/**
 * Repairs an answer, and the words of a refusal.
 *
 * @throws ModelAnswerError for a web page.
 */
export async function repairAnswer(response: Response): Promise<Response> {
  if (response.body === null) return response;
  if (!response.ok) return repairRefusal(response);
  const text = response.body.pipeThrough(boundBytes()).pipeThrough(new TextDecoderStream());
  const { start, whole } = await peek(text);
  // By what it is: proxies and servers name any content type.
  if (start === '<')
    throw new ModelAnswerError('a web page answers at this address, not a language model: is LLM_BASE_URL right?');
  const events =
    start === '{' ? toEvents(await readAll(whole)) : whole.pipeThrough(new EventSourceParserStream()).pipeThrough(repairEvents());
  return new Response(events.pipeThrough(new TextEncoderStream()), {
    headers: { 'content-type': 'text/event-stream' },
  });
}

/** A refusal in the form that the SDK reads the message of. */
async function repairRefusal(response: Response): Promise<Response> {
  const text = await readAll(response.body!.pipeThrough(boundBytes()).pipeThrough(new TextDecoderStream()));
  const fault = faultIn(parse(text)) ?? text;
  return new Response(JSON.stringify(errorChunk(fault)), { status: response.status, headers: response.headers });
}

function boundBytes(): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let size = 0;
  return new TransformStream({
    transform(chunk, controller) {
      size += chunk.length;
      if (size > MAX_ANSWER_BYTES) controller.error(new ModelAnswerError(`the answer is longer than ${MAX_ANSWER_BYTES} bytes`));
      else controller.enqueue(chunk);
    },
  });
}

/** The first character that is no space, and the whole text again. */
async function peek(
  text: ReadableStream<string>,
): Promise<{ readonly start: string | undefined; readonly whole: ReadableStream<string> }> {
  const reader = text.getReader();
  const read: string[] = [];
  let start: string | undefined;
  while (start === undefined) {
    const { done, value } = await reader.read();
    if (done) break;
    read.push(value);
    start = value.trimStart()[0];
  }
  const whole = new ReadableStream<string>({
    async pull(controller) {
      const next = read.shift() ?? (await reader.read()).value;
      if (next === undefined) controller.close();
      else controller.enqueue(next);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { start, whole };
}

async function readAll(text: ReadableStream<string>): Promise<string> {
  let all = '';
  for await (const part of text) all += part;
  return all;
}

/** A document in the place of a stream: some gateways cannot stream. */
function toEvents(document: string): ReadableStream<string> {
  return ReadableStream.from([eventOf(repairChunk(parse(document)))]);
}

function repairEvents(): TransformStream<EventSourceMessage, string> {
  let isFinished = false;
  let called = false;
  return new TransformStream({
    transform({ data }, controller) {
      if (data.trim() !== DONE) {
        const chunk = repairChunk(parse(data));
        const [choice] = (chunk.choices ?? []) as readonly { readonly delta: object; readonly finish_reason: string | null }[];
        isFinished ||= 'error' in chunk || typeof choice?.finish_reason === 'string';
        called ||= choice !== undefined && 'tool_calls' in choice.delta;
        return controller.enqueue(eventOf(chunk));
      }
      // Some say that they are done and not why.
      const finish_reason = called ? 'tool_calls' : 'stop';
      if (!isFinished) controller.enqueue(eventOf({ choices: [{ index: 0, delta: {}, finish_reason }] }));
      // What keeps the connection open behind its last word is not waited for.
      controller.terminate();
    },
  });
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : errorChunk('the server sent something that is no event of a chat');
  } catch {
    return errorChunk('the server sent something that is not JSON');
  }
}

function eventOf(chunk: object): string {
  return `data: ${JSON.stringify(chunk)}\n\n`;
}
