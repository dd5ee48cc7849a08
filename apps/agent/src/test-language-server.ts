/**
 * A language-model server for tests: OpenAI-compatible, with one habit of a real server at a time. It calls `predict` once, then says what
 * came of it. Each habit is one that was reported of a server in use; where a report is public it is named.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What a request holds, as far as tests look at it. */
export interface ChatRequest {
  readonly model: string;
  readonly max_tokens?: number;
  readonly max_completion_tokens?: number;
  readonly stream_options?: { readonly include_usage: boolean };
  readonly tool_choice?: unknown;
  readonly messages: readonly {
    readonly role: string;
    readonly tool_call_id?: string;
    readonly tool_calls?: readonly { readonly id: string }[];
  }[];
  readonly tools?: readonly unknown[];
}

/** An answer: its events, or what is sent in their place. */
interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | readonly (string | Uint8Array)[];
  /** Leaves the connection open behind the last byte. */
  readonly staysOpen?: boolean;
}

/** How a server answers; `hasResult` once a tool's result is among the messages, `count` is the number of requests before. */
export type Habit = (request: {
  readonly body: ChatRequest;
  readonly hasResult: boolean;
  readonly count: number;
  readonly path: string;
}) => Reply;

export const SAMPLE = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
export const SAYS = 'The model says setosa (90.0 %).';
const INPUT = JSON.stringify(SAMPLE);
const USAGE = { prompt_tokens: 5, completion_tokens: 5, total_tokens: 10 };
const SSE = { 'content-type': 'text/event-stream' };
const JSON_TYPE = { 'content-type': 'application/json' };

type Event = Readonly<Record<string, unknown>>;

/** An event with one choice. */
export function event(delta: object, finish_reason: string | null | undefined = null, more: object = {}): Event {
  return {
    id: 'r',
    object: 'chat.completion.chunk',
    created: 0,
    model: 'm',
    choices: [{ index: 0, delta, finish_reason }],
    ...more,
  };
}

/** A call of `predict`, with changes to its usual form. */
export function toolCall(changes: object = {}, called: object = {}): object {
  return { index: 0, id: 'call_1', type: 'function', function: { name: 'predict', arguments: INPUT, ...called }, ...changes };
}

/** The events of a call. */
export function callEvents(calls: readonly object[] = [toolCall()], finish = 'tool_calls'): Event[] {
  return [event({ role: 'assistant', content: null, tool_calls: calls }), event({}, finish, { usage: USAGE })];
}

/** The events of what is said, word by word. */
export function sayEvents(text = SAYS, finish = 'stop'): Event[] {
  return [...text.split(/(?<= )/).map((content) => event({ role: 'assistant', content })), event({}, finish, { usage: USAGE })];
}

/** Events as they stand in a stream. */
export function stream(events: readonly Event[], { lineEnd = '\n', space = ' ', done = true } = {}): string {
  const lines = events.map((each) => `data:${space}${JSON.stringify(each)}${lineEnd}${lineEnd}`).join('');
  return done ? `${lines}data: [DONE]${lineEnd}${lineEnd}` : lines;
}

/** A habit of the stream's form: the same events, written otherwise. */
export function written(
  write: (events: readonly Event[]) => string | readonly (string | Uint8Array)[],
  headers: Reply['headers'] = SSE,
): Habit {
  return ({ hasResult }) => ({ headers, body: write(hasResult ? sayEvents() : callEvents()) });
}

/** A habit of the events: how calls and texts are told. */
export function told(call: readonly Event[] = callEvents(), say: readonly Event[] = sayEvents()): Habit {
  return ({ hasResult }) => ({ headers: SSE, body: stream(hasResult ? say : call) });
}

/** A refusal of what a request holds; nothing else of the server is unusual. */
export function refusing(isRefused: (body: ChatRequest) => boolean, status: number, error: unknown): Habit {
  return (request) => (isRefused(request.body) ? refusal(status, error) : told()(request));
}

/** A refusal. */
export function refusal(status: number, error: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(error) };
}

/** A document in the place of a stream. */
export const answersWhole: Habit = ({ hasResult }) => {
  const message = hasResult
    ? { role: 'assistant', content: SAYS }
    : { role: 'assistant', content: null, tool_calls: [toolCall()] };
  const choices = [{ index: 0, message, finish_reason: hasResult ? 'stop' : 'tool_calls' }];
  return {
    headers: JSON_TYPE,
    body: JSON.stringify({ id: 'x', object: 'chat.completion', created: 1, model: 'm', choices, usage: USAGE }),
  };
};

/** A server with a habit, and what it was asked. */
export interface LanguageServer {
  readonly url: string;
  readonly asked: readonly { readonly path: string; readonly body: ChatRequest }[];
  close(): void;
}

/** Starts one on a free port. */
export async function startLanguageServer(habit: Habit): Promise<LanguageServer> {
  const asked: { path: string; body: ChatRequest }[] = [];
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await json(request)) as ChatRequest;
    const path = request.url ?? '';
    const hasResult = body.messages.some(({ role }) => role === 'tool');
    const reply = habit({ body, hasResult, count: asked.length, path });
    asked.push({ path, body });
    response.writeHead(reply.status ?? 200, reply.headers);
    for (const part of typeof reply.body === 'string' ? [reply.body] : reply.body) {
      response.write(part);
      // Each part in a packet of its own.
      await new Promise(setImmediate);
    }
    if (!reply.staysOpen) response.end();
  }
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
