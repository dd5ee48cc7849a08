/** `POST /chat`: a turn of a conversation, streamed in the AI SDK's UI-message protocol. */

import { createTokenBucket } from '@iris/http-server';
import { pipeUIMessageStreamToResponse, type UIMessage } from 'ai';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AppDependencies } from '../../dependencies.ts';
import { AgentError } from '../../errors.ts';
import { answeredCalls } from '../../turn/approvals.ts';
import { runTurn } from '../../turn/run-turn.ts';
import { refuseLongConversation } from './bounds.ts';
import { readMessages, textOf } from './messages.ts';
import { ChatBody, MAX_QUESTION } from './schema.ts';

/** A comment in the stream while a model thinks: nobody on the way takes the connection for dead. */
const KEEP_ALIVE_MS = 10_000;
/** The part of a minute's turns that may begin at once. */
const BURST = 0.2;

/** Registers the route. */
export function registerChat(app: FastifyInstance, dependencies: AppDependencies): void {
  const { config, server, turns, clock } = dependencies;
  const perMinute = config.CHATS_PER_MINUTE;
  const takeTurn = createTokenBucket(Math.ceil(BURST * perMinute), perMinute / 60, clock);

  function admit(reply: FastifyReply): void {
    if (turns.inFlight() >= config.MAX_CHATS) throw new AgentError('OVERLOADED', 'Too many questions at once; ask again.');
    if (server.tools() === undefined)
      throw new AgentError('TOOLS_UNAVAILABLE', 'The MCP server cannot be reached now; ask again.');
    // Last: who was told to ask again has not used up a turn.
    const waitS = takeTurn();
    if (waitS > 0) {
      reply.header('retry-after', Math.ceil(waitS));
      throw new AgentError('RATE_LIMITED', 'Too many questions in a minute; wait and ask again.');
    }
  }

  const options = {
    schema: { body: ChatBody },
    // Before the schema is asked: it reads every part.
    preValidation: async ({ body }: FastifyRequest) => refuseLongConversation(body),
  };
  app.post<{ Body: ChatBody }>('/chat', options, async (request, reply) => {
    const messages = readMessages(request.body);
    refuseQuestions(messages);
    admit(reply);
    reply.hijack();
    const response = reply.raw;
    const gone = new AbortController();
    response.once('close', () => !response.writableFinished && gone.abort());
    const stream = runTurn(dependencies, messages, gone.signal);
    await turns.follow(pipeUIMessageStreamToResponse({ response, stream, keepAliveMs: KEEP_ALIVE_MS }));
  });
}

/** What the user said: a question now, and each one before, since the rules read all that is still open. */
function refuseQuestions(messages: readonly UIMessage[]): void {
  const last = messages.length - 1;
  const fault = (index: number, detail: string) =>
    new AgentError('VALIDATION_FAILED', "The request's body is not valid.", [{ pointer: `/messages/${index}`, detail }]);
  const question = messages[last];
  const isAnswer = answeredCalls(question).length > 0;
  if (question?.role !== 'user' && !isAnswer) throw fault(last, 'the last message must be the user’s');
  if (!isAnswer && textOf(question!).trim() === '') throw fault(last, 'has no text');
  const long = messages.findIndex((message) => message.role === 'user' && textOf(message).length > MAX_QUESTION);
  if (long >= 0) throw fault(long, `must be at most ${MAX_QUESTION} characters`);
}
