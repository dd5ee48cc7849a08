/** The app as tests build it: the rules model and tools inside the test, unless a test says otherwise. */
import { NO_TELEMETRY } from '@iris/telemetry';
import { readUIMessageStream, type UIMessage, type UIMessageChunk } from 'ai';
import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.ts';
import { readConfig } from './config.ts';
import type { AppDependencies } from './dependencies.ts';
import { createMetrics } from './metrics.ts';
import { createRulesModel } from './rules/rules-model.ts';
import { createTestTools, IRIS, type TestToolServer } from './test-tools.ts';
import { runTurn, type TurnDependencies, type TurnEvent } from './turn/run-turn.ts';
import { createTurns } from './turns.ts';

/** The moment that tests take place at. */
export const NOW = new Date('2026-11-21T12:00:00.000Z');

/** Dependencies of a turn, with what was observed. */
export function turnDependencies(changes: Partial<TurnDependencies> = {}) {
  const events: TurnEvent[] = [];
  const dependencies: TurnDependencies = {
    model: createRulesModel(() => NOW),
    server: createTestTools(IRIS),
    limits: readConfig({}),
    closing: new AbortController().signal,
    approvalKey: 'key of the tests',
    observe: (event) => events.push(event),
    ...changes,
  };
  return { ...dependencies, events };
}

/** A message of the user. */
export function ask(text: string, id = 'question'): UIMessage {
  return { id, role: 'user', parts: [{ type: 'text', text }] };
}

/** Runs a turn to its end. */
export async function finishTurn(dependencies: TurnDependencies, messages: UIMessage[], signal = new AbortController().signal) {
  const chunks: UIMessageChunk[] = [];
  for await (const chunk of runTurn(dependencies, messages, signal)) chunks.push(chunk);
  const last = messages.at(-1);
  // An answer to what was asked goes on in the same message.
  const begun = last?.role === 'assistant' ? last : undefined;
  const stream = ReadableStream.from(chunks) as ReadableStream<UIMessageChunk>;
  let answer: UIMessage = begun ?? { id: '', role: 'assistant', parts: [] };
  for await (const message of readUIMessageStream({ stream, ...(begun && { message: begun }) })) answer = message;
  return { chunks, answer, text: textOf(answer) };
}

/** The message with the user's answer to each call that it asks about. */
export function answerApproval(message: UIMessage, approved: boolean): UIMessage {
  const parts = message.parts.map((part) =>
    part.type === 'dynamic-tool' && part.state === 'approval-requested'
      ? { ...part, state: 'approval-responded' as const, approval: { ...part.approval, approved } }
      : part,
  );
  return { ...message, parts };
}

/** The text of a message. */
function textOf({ parts }: UIMessage): string {
  return parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

/** Builds the app. */
export async function createTestApp(
  environment: Readonly<Record<string, string>> = {},
  changes: Partial<AppDependencies> = {},
): Promise<{ readonly app: FastifyInstance; readonly dependencies: AppDependencies; readonly server: TestToolServer }> {
  const server = createTestTools(IRIS);
  const turns = createTurns();
  const metrics = createMetrics({ turnsInFlight: turns.inFlight, isConnected: () => true, connectionsOpened: () => 1 });
  const config = readConfig(environment);
  const dependencies: AppDependencies = {
    ...turnDependencies({ server, limits: config, observe: metrics.observe }),
    config,
    turns,
    metrics,
    telemetry: NO_TELEMETRY,
    lifecycle: { draining: false },
    logger: { error: () => undefined } as unknown as AppDependencies['logger'],
    clock: () => performance.now(),
    ...changes,
  };
  return { app: await buildApp(dependencies), dependencies, server };
}
