/** The real chain of processes behind the agent: API, MCP server, agent, each found by the port that it announces. */
import { once } from 'node:events';
import { join } from 'node:path';
import { readUIMessageStream, type UIMessage, type UIMessageChunk } from 'ai';
import { vi } from 'vitest';
import { answerApproval } from '../../../../apps/agent/src/test-app.ts';
import { CONDITION_MS } from '../../../conditions.ts';
import { type ApiProcess, startApiProcess } from '../../support/api-process.ts';
import { type RunningProcess, startNode } from '../../support/processes.ts';

const LOCAL = { HOST: '127.0.0.1', DRAIN_MS: '0' };

/** A program that listens. */
export interface Server extends RunningProcess {
  readonly url: string;
  readonly port: number;
  /** SIGTERM; resolves with the exit code. */
  terminate(): Promise<number | NodeJS.Signals>;
}

/** An answer of the agent, as a chat page would hold it. */
export interface Answer {
  readonly status: number;
  readonly message: UIMessage;
  readonly text: string;
  readonly calls: readonly { readonly tool: string; readonly input: unknown; readonly output: unknown; readonly state: string }[];
  /** The stream came to its proper end. */
  readonly complete: boolean;
}

/** Starts the API with the iris forest, or another model, and a log in a directory. */
export function startApi(models: string, directory: string, model = 'iris-rf'): Promise<ApiProcess> {
  return startApiProcess({ MODEL_FILE: join(models, `${model}.json`), PREDICTION_LOG: `file:${directory}` });
}

/** Starts the MCP server, on a port of its own or on the one given. */
export function startMcpServer(apiUrl: string, settings: Readonly<Record<string, string>> = {}): Promise<Server> {
  return startServer('apps/mcp-server/src/main.ts', { ...LOCAL, PORT: '0', API_URL: apiUrl, ...settings });
}

/** Starts the agent. */
export function startAgent(mcpServerUrl: string, settings: Readonly<Record<string, string>> = {}): Promise<Server> {
  return startServer('apps/agent/src/main.ts', { ...LOCAL, PORT: '0', MCP_SERVER_URL: mcpServerUrl, ...settings });
}

/** Starts the agent and waits until it has its tools. */
export async function startReadyAgent(mcpServerUrl: string, settings: Readonly<Record<string, string>> = {}): Promise<Server> {
  const agent = await startAgent(mcpServerUrl, settings);
  await untilReady(agent).catch(async (error: unknown) => {
    await agent.terminate();
    throw error;
  });
  return agent;
}

/** Waits until `/ready` is 200, or says why it is not. */
export async function untilReady({ url }: Pick<Server, 'url'>): Promise<void> {
  await vi.waitFor(
    async () => {
      const response = await fetch(`${url}/ready`);
      if (!response.ok) throw new Error(await response.text());
    },
    { timeout: CONDITION_MS, interval: 50 },
  );
}

async function startServer(entry: string, environment: Readonly<Record<string, string>>): Promise<Server> {
  const program = startNode([entry], environment);
  const port = await announcedPort(entry, program);
  return {
    ...program,
    port,
    url: `http://127.0.0.1:${port}`,
    terminate: () => {
      program.child.kill('SIGTERM');
      return program.ended;
    },
  };
}

async function announcedPort(entry: string, { child, lines, ended }: RunningProcess): Promise<number> {
  const over = ended.then((code) => {
    throw new Error(`${entry} ended with ${code}:\n${lines.join('\n')}`);
  });
  for (;;) {
    const line = lines.find((each) => each.includes('"msg":"listening"'));
    if (line !== undefined) return JSON.parse(line).port;
    await Promise.race([once(child.stdout!, 'data'), over]);
  }
}

/** A message of the user. */
export function say(text: string): UIMessage {
  return { id: crypto.randomUUID(), role: 'user', parts: [{ type: 'text', text }] };
}

/** Asks the agent, after the messages before. */
export function ask(agent: Pick<Server, 'url'>, text: string, before: readonly UIMessage[] = []): Promise<Answer> {
  return send(agent, [...before, say(text)]);
}

/** Asks, and approves the call that the agent asks about. */
export async function askAndApprove(
  agent: Pick<Server, 'url'>,
  text: string,
  before: readonly UIMessage[] = [],
): Promise<Answer> {
  const messages = [...before, say(text)];
  const { message } = await send(agent, messages);
  return send(agent, [...messages, answerApproval(message, true)]);
}

async function send(agent: Pick<Server, 'url'>, messages: readonly UIMessage[]): Promise<Answer> {
  const body = JSON.stringify({ messages });
  const response = await fetch(`${agent.url}/chat`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const last = messages.at(-1);
  return readAnswer(response.status, await response.text(), last?.role === 'assistant' ? last : undefined);
}

/** Reads a whole stream of UI messages; `begun` is the message that it goes on with. */
export async function readAnswer(status: number, body: string, begun?: UIMessage): Promise<Answer> {
  const events = [...body.matchAll(/^data: (.*)$/gm)].map(([, data]) => data!);
  const chunks = events.filter((data) => data !== '[DONE]').map((data) => JSON.parse(data) as UIMessageChunk);
  const stream = ReadableStream.from(chunks) as ReadableStream<UIMessageChunk>;
  let message: UIMessage = begun ?? { id: '', role: 'assistant', parts: [] };
  for await (const each of readUIMessageStream({ stream, ...(begun && { message: begun }) })) message = each;
  return {
    status,
    message,
    text: message.parts.map((part) => (part.type === 'text' ? part.text : '')).join(''),
    calls: message.parts.flatMap((part) =>
      part.type === 'dynamic-tool' ? [{ tool: part.toolName, input: part.input, output: part.output, state: part.state }] : [],
    ),
    complete: events.at(-1) === '[DONE]',
  };
}
